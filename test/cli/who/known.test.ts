import { knownFrom, type Known } from "../../../src/cli/who/known";
import type { LastGroup } from "../../../src/run/last-run";
import type { Declared } from "../../../src/run/desired";
import { ANA, BUDI, CITRA, desire, DEWI, remembered, unknown } from "../../membership/world";

const NOBODY = { people: new Map<string, string>(), rosters: [], keys: new Map<string, string>(), formerly: new Map() };

const last = (...histories: readonly LastGroup["history"][]) => ({
  groups: new Map(
    histories.map((history, at) => [`E${at}`, { name: `g${at}`, history, unfinished: false, inputs: {} }] as const),
  ),
});

const names = ({ people }: Known) => [...people].map(([number, one]) => [number, [...one.names], [...one.former]]);

test("whoever was declared or being removed at the last run is known by name", () => {
  const state = last(
    unknown,
    remembered({
      declared: new Map([[BUDI, "Budi"]]),
      removing: new Map([[CITRA, { name: "Citra", reason: "never declared" }]]),
    }),
  );
  const rosters = { ...NOBODY, people: new Map([[ANA, "Ana"]]) };
  expect(names(knownFrom(rosters, [], new Map(), state))).toEqual([
    [ANA, ["Ana"], []],
    [BUDI, ["Budi"], []],
    [CITRA, ["Citra"], []],
  ]);
  expect(names(knownFrom(rosters, [], new Map(), undefined))).toEqual([[ANA, ["Ana"], []]]);
});

test("an earlier number in the state is no second person of the name", () => {
  const rosters = { ...NOBODY, formerly: new Map([[DEWI, { number: BUDI, name: "Budi" }]]) };
  const state = last(remembered({ declared: new Map([[DEWI, "Budi"]]) }));
  expect(names(knownFrom(rosters, [], new Map(), state))).toEqual([[BUDI, ["Budi"], [DEWI]]]);
});

test("a blank subject is no name of a group", () => {
  const ref = { group: "E1", businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
  const declared = [
    { desired: desire({ name: "ops" }), ref, make: undefined, wish: { subject: " " } } as unknown as Declared,
  ];
  expect(knownFrom(NOBODY, declared, new Map(), undefined).groups).toEqual([
    { name: "ops", group: "E1", subjects: [] },
  ]);
});
