import type { Declared } from "../../src/run/desired";
import { differences, readPlan, readPlanText, type PlanText, type ReviewedPlan } from "../../src/run/reviewed-plan";
import { rosterMark } from "../../src/provider/roster-mark";
import { TYPE, UNKNOWN } from "../pulumi";
import type { Desired } from "../../src/membership/types";
import { ANA, BUDI, CITRA, desire, full } from "../membership/world";
import { ref } from "../execution/world";
import { hidden, lastRun, OWN, secret, type Kept } from "./state";

/** What `pulumi preview --save-plan` of CLI 3.255.0 writes of one resource, as far as it differs between them. */
interface Saved {
  readonly inputDiff: {
    readonly adds?: Readonly<Record<string, unknown>>;
    readonly updates?: Readonly<Record<string, unknown>>;
    readonly deletes?: readonly string[];
  };
  readonly steps: readonly string[];
}

const STACK = "urn:pulumi:main::rollcall::pulumi:pulumi:Stack::rollcall-main";
const TIME = "2026-11-25T16:25:50.350887382Z";
const PROVIDER_TEXT =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("cams-rollcall/provider")';

function saved(resources: Readonly<Record<string, Saved>>, over: Readonly<Record<string, unknown>> = {}, of = "main") {
  const goal = (type: string, name: string) => ({ type, name, protect: false, customTimeouts: {} });
  const groups = Object.entries(resources).map(([name, { inputDiff, steps }]) => {
    const dependencies = { __provider: [], businessNumber: [], custSpaceId: [], group: [], members: [], order: [] };
    const of_ = { ...goal(TYPE, name), custom: true, parent: STACK, propertyDependencies: dependencies };
    const plan = { goal: { ...of_, inputDiff, outputDiff: {} }, steps, state: {}, seed: "fmTPUat14uni" };
    return [`urn:pulumi:${of}::rollcall::${TYPE}::${name}`, plan] as const;
  });
  return JSON.stringify({
    manifest: { time: TIME, magic: "2f2373b7", version: "v3.255.0" },
    config: {},
    resourcePlans: {
      ...Object.fromEntries(groups),
      [STACK]: { goal: { ...goal("pulumi:pulumi:Stack", "rollcall-main"), inputDiff: {} }, steps: ["same"], seed: "" },
    },
    ...over,
  });
}

const account = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
const both = { [ANA]: "Ana", [BUDI]: "Budi" };

/** Ops drops Budi, sales stays the same, new is adopted, and held stays as it was. */
const PLAN: Readonly<Record<string, Saved>> = {
  ops: {
    inputDiff: {
      adds: { removals: { [BUDI]: "dropped from roster" } },
      updates: { lastLook: UNKNOWN, members: { [ANA]: "Ana" } },
    },
    steps: ["update"],
  },
  sales: { inputDiff: { updates: { lastLook: UNKNOWN }, deletes: ["removals"] }, steps: ["same"] },
  new: {
    inputDiff: { adds: { __provider: PROVIDER_TEXT, ...account, group: "G3", lastLook: UNKNOWN, members: both } },
    steps: ["create"],
  },
  held: { inputDiff: { adds: { held: true } }, steps: ["same"] },
};
/** What a plan says of a group that no change concerned, and of one that Pulumi was told to leave out (`--target`). */
const LEFT_ALONE: Saved = { inputDiff: { adds: { held: false } }, steps: ["same"] };
const LEFT_OUT: Saved = { inputDiff: {}, steps: ["same"] };
const STATE: readonly Kept[] = [
  { name: "ops", group: "G1", members: both, lastLook: {} },
  {
    name: "sales",
    group: "G2",
    members: both,
    lastLook: { removing: { [CITRA]: ["Citra", "expired"] } },
    inputs: { removals: { [CITRA]: "expired" } },
  },
  { name: "held", group: "G4", members: both, lastLook: {}, inputs: { removals: { [CITRA]: "expired" } } },
];

const roster = (
  name: string,
  group: string,
  members: Readonly<Record<string, string>>,
  over: Partial<Desired> = {},
) => ({ ref: { ...ref, group }, desired: desire({ name, group, members: new Map(Object.entries(members)), ...over }) });
const ROSTERS: readonly Declared[] = [
  roster("ops", "G1", { [ANA]: "Ana" }),
  roster("sales", "G2", both),
  roster("new", "G3", both),
  roster("held", "G4", { [ANA]: "Ana" }),
];

function read(text: string): PlanText {
  const found = readPlanText(text, OWN);
  if (found.kind === "fault") throw new Error(found.why);
  return found;
}
const planOf = (resources = PLAN, rosters = ROSTERS, state = STATE): ReviewedPlan =>
  readPlan(read(saved(resources)), rosters, lastRun(...state));

describe("a plan's file", () => {
  test("says of which day it is, and which groups it names", () => {
    const { day, resources } = read(saved(PLAN));
    expect([day, [...resources.keys()]]).toEqual(["2026-11-25", ["ops", "sales", "new", "held"]]);
  });

  test("says its day in UTC, as dates in rosters are judged", () => {
    const manifest = { time: "2026-11-26T01:30:00+07:00" };
    expect(read(saved(PLAN, { manifest })).day).toBe("2026-11-25");
  });

  test("may name groups with any name that a roster can have", () => {
    expect([...read(saved({ "jakarta/ops": PLAN.held!, "a:b": PLAN.held! })).resources.keys()]).toEqual([
      "jakarta/ops",
      "a:b",
    ]);
  });

  test.each<[string, string, RegExp]>([
    ["is no JSON", "resourcePlans", /^it is no plan that `pulumi preview --save-plan` wrote$/],
    ["is empty", "", /^it is no plan/],
    ["is another JSON", "{}", /^it is no plan/],
    ["is the output of `pulumi preview --json`", `{"steps":[],"changeSummary":{}}`, /^it is no plan/],
    ["has no time", saved(PLAN, { manifest: { time: "soon" } }), /^it does not say when it was made$/],
    ["names no group", saved({}), /^it names no group$/],
    [
      "only deletes groups",
      saved(PLAN).replaceAll(/"goal":\{"type":"pulumi-nodejs/g, '"goal":{"type":"other'),
      /no group/,
    ],
    [
      "is of another stack",
      saved(PLAN, {}, "prod"),
      /^it is a plan of the stack prod in the project rollcall, and this is main in rollcall$/,
    ],
  ])("is refused when it %s", (_, text, why) => {
    expect(readPlanText(text, OWN)).toEqual({ kind: "fault", why: expect.stringMatching(why) as string });
  });

  test("is refused when one of its groups is of another project", () => {
    const text = saved(PLAN).replace(
      "urn:pulumi:main::rollcall::pulumi-nodejs",
      "urn:pulumi:main::shop::pulumi-nodejs",
    );
    expect(readPlanText(text, OWN)).toMatchObject({
      kind: "fault",
      why: expect.stringMatching(/the project shop/) as string,
    });
  });

  test("may have resources without a goal: those are deleted", () => {
    const plan = JSON.parse(saved(PLAN)) as { resourcePlans: Record<string, object> };
    plan.resourcePlans[`urn:pulumi:main::rollcall::${TYPE}::gone`] = { goal: null, steps: ["delete"], seed: "" };
    expect([...read(JSON.stringify(plan)).resources.keys()]).not.toContain("gone");
  });
});

describe("what a plan says of a group, with the state that it was made from", () => {
  const { groups } = planOf();

  test("adds and updates: the inputs with the removals that were reviewed", () => {
    expect(groups.get("ops")).toEqual({
      name: "ops",
      inputs: {
        ...account,
        group: "G1",
        members: { [ANA]: "Ana" },
        lastLook: UNKNOWN,
        removals: { [BUDI]: "dropped from roster" },
      },
      removals: { [BUDI]: "dropped from roster" },
      invitations: {},
      lookedAt: true,
      held: undefined,
      writes: true,
    });
  });

  test("deletes and same: nobody is to go any more, and the resource may not be written", () => {
    expect(groups.get("sales")).toMatchObject({ removals: {}, lookedAt: true, writes: false });
    expect(groups.get("sales")?.inputs).not.toHaveProperty("removals");
  });

  test("a new group: all of its inputs are in the plan", () => {
    expect(groups.get("new")).toMatchObject({
      inputs: { ...account, group: "G3", members: both },
      removals: {},
      lookedAt: true,
      held: undefined,
      writes: true,
    });
  });

  test("a group that was held, or not looked at, when the plan was made: it stays as it was", () => {
    expect(groups.get("held")).toMatchObject({ lookedAt: false, held: true, writes: false });
    expect(planOf({ held: LEFT_ALONE }).groups.get("held")).toMatchObject({ lookedAt: false, held: false });
    expect(planOf({ held: LEFT_OUT }).groups.get("held")).toMatchObject({ lookedAt: false, held: undefined });
  });

  test("a replaced resource is written", () => {
    const steps = ["create-replacement", "replace", "delete-replaced"];
    expect(planOf({ ops: { ...PLAN.ops!, steps } }).groups.get("ops")?.writes).toBe(true);
  });

  test("a renamed roster goes on with what the state knows of its group", () => {
    const state = STATE.map((one) => (one.name === "ops" ? { ...one, name: "before" } : one));
    expect(planOf(PLAN, ROSTERS, state).groups.get("ops")?.inputs).toMatchObject({ group: "G1", ...account });
  });
});

describe("a plan of other rosters", () => {
  const differ = (rosters: readonly Declared[], resources = PLAN, state = STATE, show = full) =>
    differences(planOf(resources, rosters, state), rosters, lastRun(...state), show);
  const changed = (name: string, over: (one: Declared) => Declared) =>
    ROSTERS.map((one) => (one.desired.name === name ? over(one) : one));

  test("of the same rosters nothing differs, and a held group may be declared otherwise by now", () => {
    expect(differ(ROSTERS)).toEqual([]);
  });

  test.each<[string, readonly Declared[], readonly string[]]>([
    [
      "somebody was declared since",
      changed("ops", () => roster("ops", "G1", both)),
      [`ops: declared now, and not in the plan: Budi (${BUDI})`],
    ],
    [
      "somebody was dropped since",
      changed("sales", () => roster("sales", "G2", { [ANA]: "Ana" })),
      [`sales: declared in the plan, and not now: Budi (${BUDI})`],
    ],
    [
      "somebody has another name",
      changed("new", () => roster("new", "G3", { ...both, [BUDI]: "Bud" })),
      [
        `new: declared in the plan, and not now: Budi (${BUDI})`,
        `new: declared now, and not in the plan: Bud (${BUDI})`,
      ],
    ],
    [
      "a roster is for another group",
      changed("ops", () => roster("ops", "G9", { [ANA]: "Ana" })),
      ["ops: group is G9, and G1 in the plan"],
    ],
    [
      "a group has another account",
      changed("ops", (one) => ({
        ...one,
        ref: { ...one.ref, custSpaceId: "cams-2", businessNumber: "8613800000001" },
      })),
      [
        "ops: businessNumber is 8613800000001, and 8613800000000 in the plan",
        "ops: custSpaceId is cams-2, and cams-8c8e in the plan",
      ],
    ],
    ["a roster is gone", ROSTERS.slice(1), ["ops: the plan has it, and there is no such roster now"]],
    [
      "a roster is new",
      [...ROSTERS, roster("more", "G5", both)],
      ["more: there is a roster, and the plan does not know it"],
    ],
  ])("%s: it is named", (_, rosters, lines) => {
    expect(differ(rosters)).toEqual(lines);
  });

  test("a group that the plan left alone may not be declared otherwise either", () => {
    const resources = { ...PLAN, held: LEFT_ALONE };
    expect(differ(ROSTERS, resources)).toEqual([`held: declared in the plan, and not now: Budi (${BUDI})`]);
    expect(differ([...ROSTERS.slice(0, 3), roster("held", "G4", both)], resources)).toEqual([]);
  });

  test("a group that Pulumi was told to leave out (`--target`) may be declared otherwise", () => {
    expect(differ(ROSTERS, { ...PLAN, held: LEFT_OUT })).toEqual([]);
  });

  test("everything that differs is told at once, by name", () => {
    const rosters = [roster("more", "G5", both), roster("sales", "G2", {}), ...ROSTERS.slice(2)];
    expect(differ(rosters).map((line) => line.split(":")[0])).toEqual(["more", "ops", "sales"]);
  });

  test("a held group that belongs to another roster's resource was in no plan, and is no difference", () => {
    const { ops, ...rest } = PLAN;
    const rosters = [roster("other", "G1", { [ANA]: "Ana" }), ...ROSTERS.slice(1)];
    expect(ops).toBeDefined();
    expect(differ(rosters, rest)).toEqual([]);
  });
});

/** Numbers are masked, members and the look are secrets, and the plan shows neither: their digest tells. */
describe("a masked plan", () => {
  const masked = (number: string) => `6281••••••${number.slice(-2)}~0123abcd`;
  const mark = (members: Readonly<Record<string, string>>, show = masked) => rosterMark(Object.entries(members), show);
  const plan: Readonly<Record<string, Saved>> = {
    ops: {
      inputDiff: {
        adds: { removals: { [masked(BUDI)]: "dropped from roster" } },
        updates: { lastLook: hidden, members: hidden, rosterMark: mark({ [ANA]: "Ana" }) },
      },
      steps: ["update"],
    },
    sales: { inputDiff: { updates: { lastLook: hidden } }, steps: ["same"] },
  };
  const state = ["ops", "sales"].map((name, i): Kept => ({
    ...{ name, group: `G${i + 1}`, members: {} },
    inputs: { members: secret(both), lastLook: secret({}), rosterMark: mark(both) },
  }));
  const rosters = [roster("ops", "G1", { [ANA]: "Ana" }), roster("sales", "G2", both)];
  const differ = (now: readonly Declared[], show = masked, resources = plan) =>
    differences(planOf(resources, now, state), now, lastRun(...state), show);

  test("names removals by masked number, and was looked at though the look is a secret", () => {
    const { groups } = planOf(plan, rosters, state);
    expect(groups.get("ops")).toMatchObject({
      removals: { [masked(BUDI)]: "dropped from roster" },
      lookedAt: true,
      held: undefined,
      writes: true,
    });
    expect(groups.get("sales")).toMatchObject({ removals: {}, lookedAt: true, writes: false });
  });

  test("of the same rosters nothing differs", () => {
    expect(differ(rosters)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["somebody was declared since", both],
    ["somebody has another name", { [ANA]: "Anna" }],
    ["somebody has another number", { [CITRA]: "Ana" }],
  ])("of other people it is refused, whom it can't name: %s", (_, members) => {
    expect(differ([roster("ops", "G1", members), rosters[1]!])).toEqual([
      "ops: other people are declared, or the key of masked numbers is another one",
    ]);
  });

  test("a group that the plan left alone may not be declared otherwise either, where the state has a digest", () => {
    const left = { ...plan, ops: LEFT_ALONE };
    expect(differ(rosters, masked, left)).toEqual([
      "ops: other people are declared, or the key of masked numbers is another one",
    ]);
    expect(differ([roster("ops", "G1", both), rosters[1]!], masked, left)).toEqual([]);
    const untold = { ...plan, ops: { inputDiff: { adds: { held: false }, deletes: ["rosterMark"] }, steps: ["same"] } };
    expect(differ(rosters, masked, untold)).toEqual([]);
  });

  test("made with another key it is refused", () => {
    const other = (number: string) => `6281••••••${number.slice(-2)}~ffffffff`;
    expect(differ(rosters, other)).toEqual(
      ["ops", "sales"].map((name) => `${name}: other people are declared, or the key of masked numbers is another one`),
    );
  });

  test("made with another display it is refused", () => {
    expect(differ(rosters, full)).toContain("ops: the plan was made with another rollcall:display");
    const unmasked = { ...plan, ops: { ...PLAN.ops!, steps: ["update"] } };
    expect(differ(rosters, masked, unmasked)).toContain("ops: the plan was made with another rollcall:display");
  });
});

describe("a plan that is silent about removals which the state has", () => {
  const silent = { ops: { inputDiff: { updates: { lastLook: UNKNOWN } }, steps: ["update"] } };
  const differ = (modified: string | undefined) => {
    const one = { name: "ops", group: "G1", members: { [ANA]: "Ana" }, inputs: { removals: { [CITRA]: "expired" } } };
    const last = lastRun(one);
    const groups = new Map([...last.groups].map(([group, kept]) => [group, { ...kept, modified }] as const));
    const state = { ...last, groups };
    return differences(readPlan(read(saved(silent)), [ROSTERS[0]!], state), [ROSTERS[0]!], state, full);
  };

  test.each([
    ["they were there when it was made", "2026-11-25T16:25:49.999999999Z"],
    ["the state does not say when they were written", undefined],
  ])("names those people: %s", (_, modified) => {
    expect(differ(modified)).toEqual([]);
  });

  test("is refused when another run has written them since", () => {
    expect(differ("2026-11-25T16:25:51.000000001Z")).toEqual([
      "ops: these are not other rosters, but another run has written removals of the group since, so whom the plan names is not known",
    ]);
  });
});
