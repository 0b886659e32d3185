import type { Declared } from "../../../src/run/desired";
import { readLastRun } from "../../../src/run/last-run";
import { differences, readPlan, readPlanText, type ReviewedPlan } from "../../../src/run/reviewed-plan";
import { ref } from "../../execution/world";
import { ANA, BUDI, CITRA, desire, full } from "../../membership/world";
import { exported, OWN, resource, upkeepResource } from "../state";

/** What a saved plan says of invitations. */

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const TYPES = "pulumi-nodejs:dynamic/cams:";
const TIME = "2026-11-25T16:25:50.000Z";
const members = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" };

interface Diff {
  readonly adds?: Readonly<Record<string, unknown>>;
  readonly updates?: Readonly<Record<string, unknown>>;
  readonly deletes?: readonly string[];
}

/** What the state has of ops: `inputs` of its people, and what sends its invitations, if it has sent any. */
interface Known {
  readonly inputs?: object;
  readonly modified?: string;
  readonly sent?: object | undefined;
}

const declared: Declared = {
  ref: { ...ref, group: "G1" },
  desired: desire({ name: "ops", group: "G1", members: new Map(Object.entries(members)) }),
};

function planOf(
  people: readonly [Diff, string],
  invitations?: readonly [Diff, string],
  { inputs = {}, modified, sent }: Known = {},
) {
  const of = (type: string, [inputDiff, ...steps]: readonly [Diff, string]) => [
    `urn:pulumi:main::rollcall::${TYPES}${type}::ops`,
    { goal: { type: `${TYPES}${type}`, name: "ops", inputDiff }, steps },
  ];
  const text = JSON.stringify({
    manifest: { time: TIME },
    resourcePlans: Object.fromEntries([
      of("ChatGroupParticipants", people),
      ...(invitations === undefined ? [] : [of("ChatGroupInvitations", invitations)]),
    ]) as object,
  });
  const read = readPlanText(text, OWN);
  if (read.kind === "fault") throw new Error(read.why);
  const last = readLastRun(
    exported(
      { ...resource({ name: "ops", group: "G1", members, lastLook: {}, inputs: { ...inputs } }), modified },
      ...(sent === undefined
        ? []
        : [
            upkeepResource({
              type: "ChatGroupInvitations",
              name: "ops",
              inputs: { group: "G1", ...sent },
              outputs: { group: "G1" },
            }),
          ]),
    ),
    OWN,
  );
  const plan = readPlan(read, [declared], last);
  return { plan, one: plan.groups.get("ops"), differences: differences(plan, [declared], last, full) };
}

const looked: Diff = { updates: { lastLook: UNKNOWN } };
const named = { [BUDI]: "Budi" };

describe("who is invited", () => {
  test("is in the inputs of the group's people", () => {
    const { one, differences } = planOf([{ adds: { invitations: named }, ...looked }, "update"]);
    expect([one?.invitations, one?.writes, one?.removals, differences]).toEqual([named, true, {}, []]);
  });

  test("is kept from the state where the plan tells no difference", () => {
    expect(planOf([looked, "update"], undefined, { inputs: { invitations: named } }).one?.invitations).toEqual(named);
  });

  test("is another than in the state, where the plan says so", () => {
    const over = { updates: { lastLook: UNKNOWN, invitations: { [CITRA]: "Citra" } } };
    expect(planOf([over, "update"], undefined, { inputs: { invitations: named } }).one?.invitations).toEqual({
      [CITRA]: "Citra",
    });
  });

  test("is nobody, where the plan deletes the input or there is none", () => {
    const gone = planOf([{ ...looked, deletes: ["invitations"] }, "same"], undefined, {
      inputs: { invitations: named },
    });
    expect(gone.one?.invitations).toEqual({});
    expect(planOf([looked, "same"]).one?.invitations).toEqual({});
  });

  test("is not known where another run has written the group since, and the plan tells no difference", () => {
    const since = { inputs: { invitations: named }, modified: "2026-11-25T16:30:00.000Z" };
    expect(planOf([looked, "update"], undefined, since).differences).toEqual([
      expect.stringMatching(/^ops: these are not other rosters, but another run has written/),
    ]);
    const before = { ...since, modified: "2026-11-25T16:00:00.000Z" };
    expect(planOf([looked, "update"], undefined, before).differences).toEqual([]);
    const told: Diff = { ...looked, adds: { invitations: named } };
    expect(planOf([told, "update"], undefined, since).differences).toEqual([]);
  });
});

describe("what sends invitations", () => {
  const invitations = (...of: Parameters<typeof planOf>): ReviewedPlan["invitations"] => planOf(...of).plan.invitations;

  test("is made by the plan, with whom it names", () => {
    const adds = { group: "G1", change: named };
    expect([...invitations([looked, "update"], [{ adds }, "create"])]).toEqual([
      ["ops", { inputs: adds, writes: true }],
    ]);
  });

  test("is written by a plan that updates it, with the inputs of the state", () => {
    const made = invitations([looked, "update"], [{ adds: { change: named } }, "update"], {
      sent: { custSpaceId: "cams-8c8e" },
    });
    expect(made.get("ops")).toEqual({ inputs: { group: "G1", custSpaceId: "cams-8c8e", change: named }, writes: true });
  });

  test("is not written by a plan that leaves it, nor once more by one that has made it", () => {
    expect(invitations([looked, "same"], [{}, "same"], { sent: {} }).get("ops")?.writes).toBe(false);
    expect(
      invitations([looked, "update"], [{ adds: { change: named } }, "create"], { sent: {} }).get("ops")?.writes,
    ).toBe(false);
  });

  test("is no group, and no link", () => {
    const { plan } = planOf([looked, "update"], [{ adds: { change: named } }, "create"]);
    expect([plan.chatGroups.size, plan.links.size, [...plan.groups.keys()]]).toEqual([0, 0, ["ops"]]);
  });

  test("is not in a plan in which nobody is invited", () => expect(invitations([looked, "same"]).size).toBe(0));
});
