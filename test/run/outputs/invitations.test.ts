import type { InviteWish, Standing } from "../../../src/invitations/types";
import type { Digits } from "../../../src/membership/types";
import type { LastRun } from "../../../src/run/last-run";
import { lessLeftOut, outputsOf, reported } from "../../../src/run/outputs";
import type { PlannedInvitations } from "../../../src/run/planned-invitations";
import { planRun, type PlannedGroup, type RunPlan } from "../../../src/run/plan-run";
import { ref } from "../../execution/world";
import { ANA, BUDI, CITRA, desire, full } from "../../membership/world";
import { first, invitation, NOW } from "../../report/inviting";
import { lastRun } from "../state";

let mockPreview = false;
jest.mock("@pulumi/pulumi", () => ({
  runtime: { isDryRun: () => mockPreview },
  output: (value: unknown) => value,
  unknown: "unknown",
}));
afterEach(() => (mockPreview = false));

const wish: InviteWish = {
  ...{ consent: new Map(), template: { code: "invite", language: "en", parameters: { link: "link" } } },
  ...{ requireConsent: true, remindAfterDays: 0, maxReminders: 1, lapsesAfterDays: 30 },
};
const members = new Map([
  [ANA, "Ana"],
  [BUDI, "Budi"],
  [CITRA, "Citra"],
]);

/** A run over one group in which Citra is, and Ana and Budi are awaited. */
async function run({
  standings,
  template = true,
  last,
  looked = true,
}: {
  readonly standings?: readonly (readonly [Digits, Standing])[];
  readonly template?: boolean;
  readonly last?: LastRun;
  readonly looked?: boolean;
}): Promise<RunPlan> {
  const seen = await planRun([{ ref, desired: desire({ members }), ...(template ? { invite: wish } : {}) }], {
    reader: { listParticipants: () => Promise.resolve({ kind: "whole", participants: [CITRA], unidentified: 0 }) },
    limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
    ...{ show: full, last, concurrency: 1, only: looked ? undefined : new Set<string>() },
  });
  return standings === undefined ? seen : { ...seen, groups: seen.groups.map((one) => inviting(one, standings)) };
}

const inviting = (one: PlannedGroup, standings: readonly (readonly [Digits, Standing])[]): PlannedGroup => {
  const nothing = { invited: new Map(), ended: [], changed: new Map() };
  const invitations: PlannedInvitations = {
    ...{ ...nothing, standings: new Map(standings) },
    invite: standings.flatMap(([number, { kind }]) => (kind === "to invite" ? [first(number, "Ana")] : [])),
  };
  return { ...one, invitations };
};

const standings: readonly (readonly [Digits, Standing])[] = [
  [ANA, { kind: "to invite", purpose: "first", invitation: undefined }],
  [BUDI, { kind: "invited", invitation: invitation({ state: "read" }) }],
];
const summary = { groups: 1 } as never;

test("how it stands with whoever is awaited, in words that stay true; names stay in `awaiting`", async () => {
  expect(outputsOf(await run({ standings }), summary, full, lastRun())).toEqual({
    summary: { groups: 1 },
    awaiting: { "jakarta/ops": { [ANA]: "Ana", [BUDI]: "Budi" } },
    ...{ left: {}, spared: {} },
    invitations: {
      "jakarta/ops": {
        [ANA]: "to be invited by this run: the next run tells what became of it",
        [BUDI]: "invited on 2026-11-28, read, not joined",
      },
    },
  });
  const masked = (number: string) => `~${number.slice(-2)}`;
  expect(outputsOf(await run({ standings }), summary, masked, lastRun())).toMatchObject({
    invitations: { "jakarta/ops": { "~01": expect.any(String) as string, "~02": expect.any(String) as string } },
  });
});

test("without a template there is no such output; with one there always is, so that a plan binds", async () => {
  const without = await run({ template: false });
  expect(outputsOf(without, summary, full, lastRun())).not.toHaveProperty("invitations");
  expect(outputsOf(await run({}), summary, full, undefined)).toMatchObject({ invitations: {} });
  mockPreview = true;
  expect(Object.keys(outputsOf(await run({}), summary, full, undefined))).toEqual([
    ...["summary", "awaiting", "left", "spared", "invitations"],
  ]);
  expect(Object.keys(outputsOf(without, summary, full, undefined))).toEqual(["summary", "awaiting", "left", "spared"]);
});

test("a group that was not looked at: what is on record, of whoever was awaited and is declared today", async () => {
  const { id: _, ...record } = invitation();
  const known = lastRun({
    ...{ name: "jakarta/ops", group: ref.group, members: Object.fromEntries(members) },
    lastLook: {
      awaiting: `${ANA} ${BUDI}`,
      invitations: {
        invited: { [ANA]: record, [CITRA]: record, "628119999999": record },
        attempt: {
          ...{ at: "2026-11-30T08:00:00.000Z", template: "invite" },
          people: [{ number: BUDI, purpose: "first" }],
        },
      },
    },
  });
  const skipped = await run({ last: known, looked: false });
  expect(skipped.groups[0]?.skipped).toBe(true);
  expect(outputsOf(skipped, summary, full, known).invitations).toEqual({
    "jakarta/ops": {
      [ANA]: "invited on 2026-11-28, delivered, not joined",
      [BUDI]: "invited on 2026-11-30, not known whether it was sent, not joined",
    },
  });
});

test("reports know what is planned, and when that was", async () => {
  const [one] = reported(await run({ standings }), NOW);
  expect(one?.invitations).toMatchObject({ now: NOW, invite: [{ number: ANA, purpose: "first" }] });
  expect([...(one?.invitations?.standings.keys() ?? [])]).toEqual([ANA, BUDI]);
  expect(reported(await run({ template: false }), NOW)[0]).not.toHaveProperty("invitations");
});

test("people of a group that Pulumi was told to leave out are not counted as invited, each once", async () => {
  const { groups } = await run({ standings });
  const counts = { groups: 1, removals: 0, awaiting: 2, left: 0, spared: 0, unidentified: 0, refusals: 0 };
  const all = { ...counts, newGroups: 0, links: 0, invitations: 3 };
  const notDone = { people: [], groups: [], links: [], invitations: ["jakarta/ops", "jakarta/ops"] };
  expect(lessLeftOut(all, notDone, groups)).toEqual({ ...all, invitations: 2 });
  expect(lessLeftOut(all, { ...notDone, invitations: ["sales"] }, groups)).toEqual(all);
});
