import type { Desired } from "../../src/membership/types";
import { conflictsOf } from "../../src/run/conflicts";
import type { Declared } from "../../src/run/desired";
import type { LastRun } from "../../src/run/last-run";
import { desire } from "../membership/world";

/** Rosters, by name; the value is their GroupId. */
function declared(rosters: Readonly<Record<string, string>>): readonly Declared[] {
  return Object.entries(rosters).map(([name, group]) => ({
    ref: { group, businessNumber: "8613800000000", custSpaceId: "cams-8c8e", channelType: "WHATSAPP" },
    desired: { ...desire({ name, group, file: `stacks/main/${name}.yaml` }), named: undefined } satisfies Desired,
  }));
}

/** Resources of the state, in its order; of two for one group the first counts. */
function state(...resources: readonly (readonly [string, string])[]): LastRun {
  const groups = [...resources].reverse().map(([name, group]) => {
    return [group, { name, history: { kind: "unknown" }, unfinished: false, inputs: {} }] as const;
  });
  return { groups: new Map(groups), names: new Map(resources) };
}

const kinds = (rosters: Readonly<Record<string, string>>, last: LastRun): Record<string, string> =>
  Object.fromEntries([...conflictsOf(declared(rosters), last, new Map())].map(([group, { kind }]) => [group, kind]));

test.each([
  ["two rosters that exchanged their groups", { a: "G2", b: "G1" }, { G1: "other resource", G2: "other resource" }],
  [
    "a new group under the name of another one, which another roster declares",
    { a: "G9", c: "G1" },
    { G1: "other resource", G9: "takes over" },
  ],
  ["a group that was renamed to the name of one that is given up", { b: "G1" }, { G1: "name taken" }],
  ["a roster that was renamed", { c: "G1", b: "G2" }, {}],
  ["a new group under a name that is given up", { a: "G9", b: "G2" }, {}],
])("%s", (_what, rosters, expected) => {
  expect(kinds(rosters, state(["a", "G1"], ["b", "G2"]))).toEqual(expected);
});

test("a group that the state has twice is no rival of its own", () => {
  expect(kinds({ b: "G1" }, state(["a", "G1"], ["b", "G1"]))).toEqual({});
});
