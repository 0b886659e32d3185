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
      "stacks/main/releases.yaml:2: this release (until 2026-12-05) matches no removal any more, and can be deleted",
    ),
  );
});

test("a release of a group that could not be listed may be in use", () => {
  expect(idleReleases([release()], planOf(undefined))).toEqual([]);
  expect(idleReleases([release({ groups: ["jakarta/ops"] })], planOf(undefined))).toEqual([]);
  expect(idleReleases([release({ groups: ["jakarta/leads"] })], planOf(undefined))).toHaveLength(1);
});
