import type { Listing } from "../../src/cams";
import type { Desired } from "../../src/membership/types";
import type { ReviewedGroup, ReviewedPlan } from "../../src/run/reviewed-plan";
import { planRun, type PlanRunOptions } from "../../src/run/plan-run";
import { ANA, BUDI, CITRA, desire, DEWI, EKO, full, members, numbersOf } from "../membership/world";
import { ref } from "../execution/world";
import { lastRun, type Kept } from "./state";

const TEAM = { [ANA]: "", [BUDI]: "" };
const kept = (over: Partial<Kept> = {}): Kept => ({
  ...{ name: "ops", group: "G1", members: TEAM, lastLook: {} },
  ...over,
});

interface World {
  /** GroupId → who is in it, look by look; the last one goes on. */
  readonly there: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Roster name → GroupId. */
  readonly rosters?: Readonly<Record<string, string>>;
  readonly state?: readonly Kept[] | undefined;
  readonly over?: Partial<Desired>;
}

async function plannedRun(world: World, options: Partial<PlanRunOptions> = {}) {
  const { there, rosters = { ops: "G1" }, state = [kept()], over } = world;
  const asked: string[] = [];
  const seen = await planRun(
    Object.entries(rosters).map(([name, group]) => ({
      ref: { ...ref, group },
      desired: desire({ name, group, members: members(ANA, BUDI), ...over }),
    })),
    {
      reader: {
        listParticipants: ({ group }): Promise<Listing> => {
          const looks = there[group] ?? [];
          const participants = looks[asked.filter((one) => one === group).length] ?? looks.at(-1) ?? [];
          asked.push(group);
          return Promise.resolve({ kind: "whole", participants, unidentified: 0 });
        },
      },
      limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
      show: full,
      last: lastRun(...state),
      concurrency: 1,
      ...options,
    },
  );
  return { seen, asked, groups: Object.fromEntries(seen.groups.map((one) => [one.desired.name, one])) };
}

const nothing = new Set<string>();

describe("a run that a change concerns leaves alone what git says is the same", () => {
  test("where the state knows these very people", async () => {
    const { asked, groups } = await plannedRun({ there: {} }, { only: nothing });
    expect({ asked, skipped: groups.ops?.skipped }).toEqual({ asked: [], skipped: true });
  });

  test.each<[string, Partial<World>]>([
    ["the state does not know the group", { state: [] }],
    ["the state knows one more", { state: [kept({ members: { ...TEAM, [CITRA]: "" } })] }],
    ["the state knows one less", { state: [kept({ members: { [ANA]: "" } })] }],
    ["the state knows as many others", { state: [kept({ members: { [ANA]: "", [CITRA]: "" } })] }],
    ["a removal did not come to its end", { state: [kept({ outputs: { failed: "Budi was not removed" } })] }],
    ["the state knows one by another name", { state: [kept({ members: { [ANA]: "Ana", [BUDI]: "" } })] }],
    ["the state knows another business number", { state: [kept({ inputs: { businessNumber: "8613900000000" } })] }],
    ["the state knows another sub-account", { state: [kept({ inputs: { custSpaceId: "cams-other" } })] }],
    ["somebody stayed since they were only reported", { state: [kept({ lastLook: { report: CITRA } })] }],
    ["somebody stayed who was protected then", { state: [kept({ lastLook: { protect: CITRA } })] }],
    ["the last plan was held", { state: [kept({ lastLook: { declared: TEAM } })] }],
    ["the group was never looked at", { state: [kept({ lastLook: { adopted: false } })] }],
    ["the group is another stack's in the state", { state: [kept({ of: { project: "rollcall", stack: "prod" } })] }],
  ])("but looks, whatever git says, where %s", async (_, over) => {
    const { asked, groups } = await plannedRun({ there: { G1: [[ANA, BUDI]] }, ...over }, { only: nothing });
    expect({ asked, skipped: groups.ops?.skipped }).toEqual({ asked: ["G1"], skipped: undefined });
  });

  test.each<[string, Partial<World>]>([
    ["are still only reported", { state: [kept({ lastLook: { report: CITRA } })], over: { undeclared: "report" } }],
    ["are still protected", { state: [kept({ lastLook: { protect: CITRA } })], over: { protect: new Set([CITRA]) } }],
    ["were spared by adoption: the next whole run is theirs", { state: [kept({ lastLook: { adoption: CITRA } })] }],
  ])("where those who stayed %s", async (_, over) => {
    expect((await plannedRun({ there: {}, ...over }, { only: nothing })).asked).toEqual([]);
  });

  test("but looks where the state could not be read", async () => {
    expect((await plannedRun({ there: {} }, { only: nothing, last: undefined })).asked).toEqual(["G1"]);
  });

  test("but looks at both groups that claim one record", async () => {
    const world = {
      there: {},
      rosters: { ops: "G2", hr: "G1" },
      state: [kept(), kept({ name: "hr", group: "G2" })],
    };
    const { seen, asked } = await plannedRun(world, { only: nothing });
    expect([...asked].sort()).toEqual(["G1", "G2"]);
    for (const { verdict } of seen.groups)
      expect(verdict).toMatchObject({ kind: "held", refusals: [{ rule: "belongs-elsewhere" }] });
  });
});

test("a group that another stack declares, too, is held", async () => {
  const elsewhere = new Map([["G1", { stack: "prod", file: "stacks/prod/ops.yaml", sure: true }]]);
  const { groups } = await plannedRun({ there: { G1: [[ANA, BUDI, CITRA]] } }, { elsewhere });
  expect(groups.ops?.verdict).toMatchObject({ kind: "held", refusals: [{ rule: "belongs-elsewhere" }] });
});

describe("a listing that lacks most of those who were there", () => {
  const five = [ANA, BUDI, CITRA, DEWI, EKO];
  const world = (...looks: (readonly string[])[]): World => ({
    there: { G1: looks },
    state: [kept({ members: Object.fromEntries(five.map((number) => [number, ""])) })],
    over: { members: members(...five) },
  });

  test("is read a second time, and the second one counts", async () => {
    const { asked, groups } = await plannedRun(world([ANA], five));
    expect(asked).toEqual(["G1", "G1"]);
    expect(groups.ops?.verdict).toMatchObject({ kind: "approved" });
  });

  test("is held where the second says the same", async () => {
    const { asked, groups } = await plannedRun(world([ANA]));
    expect(asked).toEqual(["G1", "G1"]);
    expect(groups.ops?.verdict).toMatchObject({ kind: "held", refusals: [{ rule: "suspicious-listing" }] });
  });
});

describe("a run that a reviewed plan binds", () => {
  const planned = (name: string, over: Partial<ReviewedGroup> = {}): readonly [string, ReviewedGroup] => [
    name,
    { name, inputs: {}, removals: {}, invitations: {}, lookedAt: true, held: false, writes: true, ...over },
  ];
  const plan = (...all: readonly (readonly [string, ReviewedGroup])[]): ReviewedPlan => ({
    day: "2026-11-25",
    ...{ groups: new Map(all), chatGroups: new Map(), links: new Map(), invitations: new Map() },
  });

  test("removes whom the plan names, and spares whoever else is there", async () => {
    const options = {
      reviewed: plan(planned("ops", { removals: { [CITRA]: "never declared", [EKO]: "never declared" } })),
    };
    const { groups } = await plannedRun({ there: { G1: [[ANA, BUDI, CITRA, DEWI]] } }, options);
    const { verdict } = groups.ops!;
    expect(numbersOf(verdict.kind === "approved" ? verdict.approved.remove : [])).toEqual([CITRA]);
    expect(verdict.plan?.spared).toEqual([{ number: DEWI, name: "", because: "plan" }]);
  });

  test("finds them by masked number, where the plan is masked", async () => {
    const show = (number: string) => `~${number.slice(-2)}`;
    const options = { show, reviewed: plan(planned("ops", { removals: { [show(CITRA)]: "never declared" } })) };
    const { groups } = await plannedRun({ there: { G1: [[ANA, BUDI, CITRA, DEWI]] } }, options);
    const { verdict } = groups.ops!;
    expect(numbersOf(verdict.kind === "approved" ? verdict.approved.remove : [])).toEqual([CITRA]);
  });

  test("looks at no group that the plan leaves as it was, or does not know", async () => {
    const world = {
      there: { G1: [[ANA, BUDI]] },
      rosters: { ops: "G1", held: "G2", unknown: "G3" },
      state: [kept(), kept({ name: "held", group: "G2" }), kept({ name: "unknown", group: "G3" })],
    };
    const { asked, groups, seen } = await plannedRun(world, {
      reviewed: plan(planned("ops"), planned("held", { lookedAt: false })),
    });
    expect(asked).toEqual(["G1"]);
    expect([groups.held?.skipped, groups.unknown?.skipped]).toEqual([true, true]);
    expect(seen.reviewed?.groups.size).toBe(2);
  });

  test("a group that a guard held when the plan was made is refused, without a look: it must not look done", async () => {
    const world = { there: { G1: [[ANA, BUDI]] }, rosters: { ops: "G1" }, state: [kept()] };
    const { asked, groups } = await plannedRun(world, {
      reviewed: plan(planned("ops", { lookedAt: false, held: true })),
    });
    expect(asked).toEqual([]);
    expect(groups.ops?.skipped).toBeUndefined();
    expect(groups.ops?.verdict).toMatchObject({ kind: "held", refusals: [{ rule: "held-in-plan", name: "ops" }] });
  });

  test("guards hold a planned removal all the same", async () => {
    const options = { reviewed: plan(planned("ops", { removals: { [CITRA]: "never declared" } })) };
    const { groups } = await plannedRun({ there: { G1: [[ANA, BUDI, CITRA]] }, over: { maxRemovals: 0 } }, options);
    expect(groups.ops?.verdict).toMatchObject({ kind: "held", refusals: [{ rule: "max-removals-per-group" }] });
  });
});
