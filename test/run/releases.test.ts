import type { Invitation, Standing } from "../../src/invitations/types";
import { planGroup } from "../../src/membership/plan";
import type { Release } from "../../src/roster";
import { idleReleases } from "../../src/run/releases";
import type { RunPlan } from "../../src/run/plan-run";
import { adopted, ANA, BUDI, CITRA, desire, fresh, whole } from "../membership/world";
import { ref } from "../execution/world";

/** The plan of one group, in which `there` are, and Ana is declared; `undefined`: it could not be listed. */
function planOf(there: readonly string[] | undefined, history = adopted(ANA)): RunPlan {
  const desired = desire();
  const observed = there === undefined ? { kind: "doubtful" as const, why: "" } : whole(...there);
  const plan = observed.kind === "whole" ? planGroup(desired, observed, history) : undefined;
  const verdict = { kind: "held" as const, plan, refusals: [] };
  return {
    reviewed: undefined,
    groups: [{ ref, desired, history, observed, verdict, reviewed: undefined }],
    refusals: [],
  };
}

const release = (over: Partial<Release> = {}): Release => ({
  people: [BUDI],
  groups: undefined,
  until: "2026-12-05",
  reason: undefined,
  at: "stacks/main/releases.yaml:2",
  ...over,
});

test.each<[string, Release, readonly string[]]>([
  ["of somebody who is to go", release(), [ANA, BUDI]],
  ["of somebody who is to go from this group", release({ groups: ["jakarta/ops"] }), [ANA, BUDI]],
  ["of two people, one of whom is to go", release({ people: [CITRA, BUDI] }), [ANA, BUDI]],
])("a release is in use: %s, also while a guard holds the group", (_, one, there) => {
  expect(idleReleases([one], planOf(there))).toEqual([]);
});

test.each<[string, Release, RunPlan]>([
  ["whose people are gone", release(), planOf([ANA])],
  ["whose people are declared", release({ people: [ANA] }), planOf([ANA])],
  ["of another group", release({ groups: ["jakarta/leads"] }), planOf([ANA, BUDI])],
  ["whose people are spared", release(), planOf([ANA, BUDI], fresh)],
])("a release is idle: %s; it is named with its place and its day", (_, one, seen) => {
  expect(idleReleases([release({ people: [ANA], groups: ["x"] }), one], seen)).toEqual(
    Array(2).fill(
      "stacks/main/releases.yaml:2: this release (until 2026-12-05) matches nothing any more, and can be deleted",
    ),
  );
});

const invitation: Invitation = {
  ...{ state: "unknown", since: "2026-11-20T00:00:00.000Z", at: "2026-11-20T00:00:00.000Z" },
  ...{ messages: 1, reminders: 0, template: "invite_1" },
};
const notInvited = (more: Partial<Invitation>): Standing => ({
  kind: "not invited",
  because: "unknown",
  invitation: { ...invitation, ...more },
});

test.each<[string, Standing, number]>([
  ["is to be sent by it", { kind: "to invite", purpose: "released", invitation }, 0],
  ["is not known to be sent", notInvited({}), 0],
  ["failed", notInvited({ state: "failed" }), 0],
  ["lapsed", notInvited({ state: "lapsed" }), 0],
  ["was sent by it, and is not known to be", notInvited({ release: "2026-12-05" }), 1],
  ["was sent by an earlier one", notInvited({ release: "2026-11-25" }), 0],
  ["is sent for the first time", { kind: "to invite", purpose: "first", invitation: undefined }, 1],
  ["is open", { kind: "invited", invitation: { ...invitation, state: "read" } }, 1],
])("a release of somebody declared whose invitation %s", (_, standing, idle) => {
  const seen = planOf([ANA]);
  const invitations = { invite: [], standings: new Map([[BUDI, standing]]), invited: new Map(), ended: [] };
  const groups = seen.groups.map((one) => ({ ...one, invitations: { ...invitations, changed: new Map() } }));
  expect(idleReleases([release()], { ...seen, groups })).toHaveLength(idle);
});

test("a release of a group that could not be listed may be in use", () => {
  expect(idleReleases([release()], planOf(undefined))).toEqual([]);
  expect(idleReleases([release({ groups: ["jakarta/ops"] })], planOf(undefined))).toEqual([]);
  expect(idleReleases([release({ groups: ["jakarta/leads"] })], planOf(undefined))).toHaveLength(1);
});
