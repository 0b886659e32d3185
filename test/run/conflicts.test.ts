import type { Conflict } from "../../src/membership/guards";
import { conflictsOf } from "../../src/run/conflicts";
import type { OtherRoster } from "../../src/run/other-stacks";
import type { Declared } from "../../src/run/desired";
import { ANA, desire } from "../membership/world";
import { ref } from "../execution/world";
import { lastRun, type Kept } from "./state";

/** Roster name → GroupId. */
type Named = Readonly<Record<string, string>>;

const rosters = (named: Named): readonly Declared[] =>
  Object.entries(named).map(([name, group]) => ({ ref: { ...ref, group }, desired: desire({ name, group }) }));
const state = (named: Named, of?: Kept["of"]) =>
  lastRun(
    ...Object.entries(named).map(([name, group]) => ({ name, group, members: { [ANA]: "Ana" }, ...(of && { of }) })),
  );

/** Why each roster is held, by its name. */
function held(
  before: Named,
  now: Named,
  elsewhere: Readonly<Record<string, OtherRoster>> = {},
): Record<string, Conflict> {
  const conflicts = conflictsOf(rosters(now), state(before), new Map(Object.entries(elsewhere)));
  return Object.fromEntries(
    Object.entries(now).flatMap(([name, group]) => {
      const conflict = conflicts.get(group);
      return conflict === undefined ? [] : [[name, conflict]];
    }),
  );
}

test.each<[string, Named, Named]>([
  ["nothing changed", { a: "G1", b: "G2" }, { a: "G1", b: "G2" }],
  ["a roster is new", { a: "G1" }, { a: "G1", b: "G2" }],
  ["a roster is gone", { a: "G1", b: "G2" }, { a: "G1" }],
  ["a roster was renamed", { a: "G1" }, { b: "G1" }],
  ["one was renamed, and another one is new", { a: "G1" }, { b: "G1", c: "G2" }],
  ["a roster is for another group now, and nobody declares the one that it had", { a: "G1" }, { a: "G2" }],
  ["two were renamed, each to a name of its own", { a: "G1", b: "G2" }, { c: "G1", d: "G2" }],
])("nobody is held: %s", (_, before, now) => {
  expect(held(before, now)).toEqual({});
});

test.each<[string, Named, Named, Record<string, Conflict>]>([
  [
    "two rosters have exchanged groups",
    { a: "G1", b: "G2" },
    { a: "G2", b: "G1" },
    { a: { kind: "other resource", resource: "b" }, b: { kind: "other resource", resource: "a" } },
  ],
  [
    "a roster was copied over another one, and its own is gone",
    { a: "G1", b: "G2" },
    { b: "G1" },
    { b: { kind: "name taken", resource: "a", group: "G2" } },
  ],
  [
    "a roster was renamed, and a new one took its name: both are held",
    { b: "G2" },
    { b: "G9", c: "G2" },
    { b: { kind: "takes over", group: "G2", roster: "c" }, c: { kind: "other resource", resource: "b" } },
  ],
  [
    "a roster was deleted, and the group lines of the others have shifted",
    { a: "G1", b: "G2", c: "G3" },
    { b: "G1", c: "G2" },
    { b: { kind: "name taken", resource: "a", group: "G2" }, c: { kind: "other resource", resource: "b" } },
  ],
  [
    "three rosters have exchanged groups in a ring",
    { a: "G1", b: "G2", c: "G3" },
    { a: "G2", b: "G3", c: "G1" },
    {
      a: { kind: "other resource", resource: "b" },
      b: { kind: "other resource", resource: "c" },
      c: { kind: "other resource", resource: "a" },
    },
  ],
])("held: %s", (_, before, now, expected) => {
  expect(held(before, now)).toEqual(expected);
});

/** Each step is a run: what is held keeps its record, so nothing else changes in state (issue: the second `up` adopted). */
test.each<[string, Named, readonly (readonly [string, Named, readonly string[]])[]]>([
  [
    "shifted group lines: held until the names are given back",
    { a: "G1", b: "G2", c: "G3" },
    [
      ["the shift", { b: "G1", c: "G2" }, ["b", "c"]],
      ["the same again", { b: "G1", c: "G2" }, ["b", "c"]],
      ["the first advice: b is called a", { a: "G1", c: "G2" }, ["c"]],
      ["the second: c is called b", { a: "G1", b: "G2" }, []],
    ],
  ],
  [
    "shifted group lines: held until both have names that are not in use",
    { a: "G1", b: "G2", c: "G3" },
    [
      ["the shift", { b: "G1", c: "G2" }, ["b", "c"]],
      ["b has another name", { x: "G1", c: "G2" }, ["c"]],
      ["c has, too", { x: "G1", y: "G2" }, []],
    ],
  ],
  [
    "a renamed roster whose name another one took: held until that one has another name",
    { b: "G2" },
    [
      ["the rename", { b: "G9", c: "G2" }, ["b", "c"]],
      ["the advice: the new one has another name", { d: "G9", c: "G2" }, []],
    ],
  ],
  [
    "a renamed roster whose name another one took: or until that one has the group back",
    { b: "G2" },
    [
      ["the rename", { b: "G9", c: "G2" }, ["b", "c"]],
      ["the advice: the group is given back", { b: "G2" }, []],
    ],
  ],
])("%s", (_, before, steps) => {
  for (const [step, now, names] of steps) expect([step, Object.keys(held(before, now))]).toEqual([step, names]);
});

describe("a group that another stack declares, too", () => {
  const prod = { stack: "prod", file: "stacks/prod/ops.yaml", sure: true };

  test("is held, and no other is", () => {
    expect(held({ a: "G1" }, { a: "G1", b: "G2" }, { G2: prod, G3: prod })).toEqual({
      b: { kind: "other stack", ...prod },
    });
  });

  test("is held for that reason, whatever else there is", () => {
    expect(held({ a: "G1", b: "G2" }, { a: "G2", b: "G1" }, { G1: prod })).toMatchObject({
      b: { kind: "other stack" },
    });
  });
});

test("where the state could not be read only other stacks can be told", () => {
  const prod = { stack: "prod", file: "stacks/prod/ops.yaml", sure: true };
  const conflicts = conflictsOf(rosters({ a: "G1", b: "G2" }), undefined, new Map([["G2", prod]]));
  expect([...conflicts.keys()]).toEqual(["G2"]);
});

test("a record of another stack, in a state that came from elsewhere, is nobody's name here", () => {
  const foreign = state({ a: "G1", b: "G2" }, { project: "rollcall", stack: "prod" });
  expect(conflictsOf(rosters({ a: "G2", b: "G1" }), foreign, new Map()).size).toBe(0);
});

test("a group that the state has twice is no rival of its own", () => {
  expect(held({ a: "G1", b: "G1" }, { b: "G1" })).toEqual({});
});
