import type { Listing } from "../../src/cams";
import type { Desired } from "../../src/membership/types";
import { lessLeftOut, outputsOf, reported } from "../../src/run/outputs";
import { planRun, type PlannedGroup } from "../../src/run/plan-run";
import { ANA, BUDI, CITRA, desire, DEWI, EKO, full, members } from "../membership/world";
import { ref } from "../execution/world";
import { lastRun, type Kept } from "./state";

let mockPreview = false;
jest.mock("@pulumi/pulumi", () => ({
  runtime: { isDryRun: () => mockPreview },
  output: (value: unknown) => value,
  unknown: "unknown",
}));
afterEach(() => (mockPreview = false));

const declared: Partial<Desired> = { members: members(ANA, BUDI) };
const ops: Kept = { name: "jakarta/ops", group: ref.group, members: { [ANA]: "", [BUDI]: "" } };

/** The outputs of a run over one group. */
async function outputs(
  there: readonly string[] | "doubtful",
  state: readonly Kept[] | undefined,
  over: Partial<Desired> = {},
  show = full,
) {
  const listing: Listing =
    there === "doubtful"
      ? { kind: "doubtful", why: "rows short of Total" }
      : { kind: "whole", participants: there, unidentified: 0 };
  const last = state === undefined ? undefined : lastRun(...state);
  const seen = await planRun([{ ref, desired: desire({ ...declared, ...over }) }], {
    reader: { listParticipants: () => Promise.resolve(listing) },
    limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
    show,
    last,
    concurrency: 1,
  });
  return outputsOf(seen, { groups: 1 } as never, show, last);
}

test("people are told under the resource's name, as settings write their numbers", async () => {
  const state = [{ ...ops, lastLook: {} }];
  const over: Partial<Desired> = { members: members(ANA, BUDI, CITRA), undeclared: "report" };
  expect(await outputs([BUDI, DEWI], state, over)).toEqual({
    summary: { groups: 1 },
    awaiting: { "jakarta/ops": { [CITRA]: "" } },
    left: { "jakarta/ops": { [ANA]: "" } },
    spared: { "jakarta/ops": { [DEWI]: "report" } },
  });
  const masked = (number: string) => `~${number.slice(-2)}`;
  expect(await outputs([BUDI, DEWI], state, over, masked)).toMatchObject({
    awaiting: { "jakarta/ops": { "~03": "" } },
    left: { "jakarta/ops": { "~01": "" } },
    spared: { "jakarta/ops": { "~04": "report" } },
  });
});

test("a group of which there is nothing to tell is not there", async () => {
  expect(await outputs([ANA, BUDI], [{ ...ops, lastLook: {} }])).toEqual({
    summary: { groups: 1 },
    awaiting: {},
    left: {},
    spared: {},
  });
});

test("a roster may have any name", async () => {
  const told = await outputs([ANA], [], { name: "__proto__" });
  expect(JSON.parse(JSON.stringify(told.awaiting))).toEqual(JSON.parse(`{"__proto__":{"${BUDI}":""}}`));
  expect(Object.keys(told.awaiting as object)).toEqual(["__proto__"]);
});

test("a preview leaves them open: who is in a group changes by the hour, and a plan would be violated", async () => {
  mockPreview = true;
  const told = await outputs([ANA], []);
  expect(Object.keys(told)).toEqual(["summary", "awaiting", "left", "spared"]);
  expect(await Promise.all(Object.values(told))).toEqual(Array(4).fill("unknown"));
});

/** Then the memory of the last look is told. */
describe("a group that could not be listed", () => {
  const lastLook = { awaiting: BUDI, left: ANA, adoption: `${CITRA} ${DEWI}`, protect: EKO };

  test("is told of as the last look saw it", async () => {
    expect(await outputs("doubtful", [{ ...ops, lastLook }])).toMatchObject({
      awaiting: { "jakarta/ops": { [BUDI]: "" } },
      left: { "jakarta/ops": { [ANA]: "" } },
      spared: { "jakarta/ops": { [CITRA]: "adoption", [DEWI]: "adoption", [EKO]: "protect" } },
    });
  });

  test("is told of under its new name", async () => {
    expect(await outputs("doubtful", [{ ...ops, name: "before", lastLook }])).toMatchObject({
      awaiting: { "jakarta/ops": { [BUDI]: "" } },
    });
  });

  test("says nothing of people who were dropped or declared since", async () => {
    const over = { members: members(ANA, CITRA) };
    expect(await outputs("doubtful", [{ ...ops, lastLook }], over)).toMatchObject({
      awaiting: {},
      left: { "jakarta/ops": { [ANA]: "" } },
      spared: { "jakarta/ops": { [DEWI]: "adoption", [EKO]: "protect" } },
    });
  });

  test.each<[string, readonly Kept[] | undefined]>([
    ["the group is new", []],
    ["the state could not be read", undefined],
    ["another group has that name", [{ ...ops, group: "EA1", lastLook }]],
  ])("says nothing where nothing is known: %s", async (_, state) => {
    expect(await outputs("doubtful", state)).toMatchObject({ awaiting: {}, left: {}, spared: {} });
  });
});

test("of a group that was not looked at, the same", async () => {
  const state = lastRun({ ...ops, lastLook: { left: BUDI } });
  const seen = await planRun([{ ref, desired: desire(declared) }], {
    reader: { listParticipants: () => Promise.reject(new Error("not asked for")) },
    limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
    show: full,
    last: state,
    concurrency: 1,
    only: new Set(),
  });
  expect(outputsOf(seen, {} as never, full, state)).toMatchObject({ left: { "jakarta/ops": { [BUDI]: "" } } });
});

describe("of groups themselves and of links", () => {
  const upkeep = { create: true, set: {}, link: { kind: "make", why: "there is none" } } as const;
  const plan = { name: "new", group: "", present: [], awaiting: [], left: [], remove: [], spared: [], unidentified: 0 };
  const one = {
    desired: desire({ name: "new", group: "" }),
    verdict: { kind: "held", plan, refusals: [] },
    ...{ wish: { subject: "Brand new" }, upkeep },
  } as unknown as PlannedGroup;

  test("reports know what is done, and what a group that is made is called", () => {
    expect(reported({ groups: [one], refusals: [], reviewed: undefined }, 0)).toEqual([
      { plan, held: true, subject: "Brand new", upkeep },
    ]);
  });

  test("what Pulumi was told to leave out is not counted as done", () => {
    const none = { groups: 3, removals: 0, awaiting: 0, left: 0, spared: 0, unidentified: 0, refusals: 0 };
    const set = { ...one, desired: desire({ name: "set" }), upkeep: { ...upkeep, create: false } };
    const counts = { ...none, newGroups: 2, links: 3, invitations: 0 };
    expect(
      lessLeftOut(counts, { people: [], groups: ["new", "set"], links: ["new"], invitations: [] }, [one, set]),
    ).toEqual({ ...none, newGroups: 1, links: 2, invitations: 0 });
  });
});
