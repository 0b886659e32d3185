import type { InvitationsOrder } from "../../src/provider/invitations";
import { ORDER } from "../../src/provider/order";
import { carryOut } from "../../src/run/carry-out";
import type { PlannedGroup } from "../../src/run/plan-run";
import { ref } from "../execution/world";
import { group, person, wish } from "../invitations/world";
import { ANA, desire, full } from "../membership/world";
import { lastRun } from "./state";

jest.mock("@pulumi/pulumi", () => ({ runtime: { isDryRun: () => false } }));

/** The outputs of a resource, by its type; undefined: Pulumi left it out, and they never come to anything. */
let mockBecame: Record<string, { readonly run?: string; readonly failed?: string } | undefined> = {};
const mockMade: { readonly type: string; readonly args: Readonly<Record<string, unknown>> }[] = [];
function mockResource(type: string) {
  return function (name: string, args: Readonly<Record<string, unknown>>): object {
    mockMade.push({ type, args });
    const became = mockBecame[type];
    const value = <T>(told: T, isKnown = became !== undefined) => ({
      isKnown: Promise.resolve(isKnown),
      apply: (tell: (value: T) => void) => (isKnown ? tell(told) : undefined),
    });
    return { urn: value(name, true), failed: value(became?.failed), run: value(became?.run) };
  };
}
jest.mock("../../src/provider/resource", () => ({ ChatGroupParticipants: mockResource("people") }));
jest.mock("../../src/provider/invitations-resource", () => ({ ChatGroupInvitations: mockResource("invitations") }));
jest.mock("../../src/provider/upkeep-resources", () => ({}));

beforeEach(() => {
  mockMade.length = 0;
  mockBecame = {};
});

const plan = group({ name: "ops", group: "G1" });
const inviting = {
  ...{ ref: { ...ref, group: "G1" }, desired: desire({ name: "ops", group: "G1", members: new Map([[ANA, "Ana"]]) }) },
  ...{ invite: wish(), history: { kind: "new", memory: undefined }, reviewed: undefined },
  observed: { kind: "whole", participants: [], unidentified: 0 },
  verdict: { kind: "approved", plan, approved: { remove: [] } },
  invitations: {
    invite: [{ ...person(ANA), purpose: "first" }],
    ...{ standings: new Map(), invited: new Map(), ended: [], changed: new Map() },
  },
} as unknown as PlannedGroup;

/** The order for the invitations, and what the run tells. */
async function carriedOut() {
  const ended = await carryOut(
    {
      ...{ root: "/project", run: "run-1", at: "2026-12-01T08:00:00.000Z", show: full, groupOf: () => "G1" },
      plan: { groups: [inviting], refusals: [], reviewed: undefined },
      last: lastRun({ name: "ops", group: "G1", members: { [ANA]: "Ana" }, lastLook: {} }),
    },
    () => Promise.resolve(),
  );
  const made = mockMade.find(({ type }) => type === "invitations");
  return { ended, order: JSON.parse(String(made?.args[ORDER])) as InvitationsOrder };
}

const attemptIn = (order: InvitationsOrder) => (order.kind === "carry out" ? order.attempt : "left alone");
const RUN = { run: "run-1" };

test("messages are sent once the attempt is on record and all before them is done", async () => {
  mockBecame = { people: RUN, invitations: RUN };
  const { order, ended } = await carriedOut();
  expect(attemptIn(order)).toMatchObject({ at: "2026-12-01T08:00:00.000Z", people: [{ number: ANA }] });
  expect(ended.leftOut.invitations).toEqual([]);
});

test("where removals were not completed, the attempt that is on record ends without a message", async () => {
  mockBecame = { people: { ...RUN, failed: "somebody is still listed" }, invitations: RUN };
  expect(attemptIn((await carriedOut()).order)).toMatchObject({ at: "2026-12-01T08:00:00.000Z", people: [] });
});

test.each([
  ["was left out", undefined],
  ["failed, and its state is that of an earlier run", { run: "run-0" }],
])("where the people's step %s, there is no attempt, and how the last one ended stays on record", async (_, became) => {
  mockBecame = { people: became, invitations: RUN };
  const { order, ended } = await carriedOut();
  expect(order).toMatchObject({ kind: "carry out", change: { [ANA]: "Ana" } });
  expect(attemptIn(order)).toBeNull();
  expect(ended.leftOut.invitations).toEqual(["ops"]);
});
