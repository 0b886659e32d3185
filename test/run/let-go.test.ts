import { letGo } from "../../src/run/let-go";
import { desire } from "../membership/world";
import { ref } from "../execution/world";
import { lastRun, type Kept } from "./state";

const declared = (groups: Readonly<Record<string, string>>) =>
  Object.entries(groups).map(([name, group]) => ({ ref: { ...ref, group }, desired: desire({ name, group }) }));
const kept = (name: string, group: string, over: Partial<Kept> = {}): Kept => ({ name, group, members: {}, ...over });

test("groups that the state knows and no roster declares, by name", () => {
  const state = lastRun(kept("sales", "B"), kept("ops", "A"), kept("hr", "C"));
  expect(letGo(declared({ ops: "A" }), state)).toEqual([
    { name: "hr", group: "C" },
    { name: "sales", group: "B" },
  ]);
  expect(letGo(declared({ ops: "A", sales: "B", hr: "C" }), state)).toEqual([]);
});

test("a renamed roster lets nobody go; one that is about another group now lets the former one go", () => {
  const state = lastRun(kept("ops", "A"));
  expect(letGo(declared({ "jakarta/ops": "A" }), state)).toEqual([]);
  expect(letGo(declared({ ops: "N" }), state)).toEqual([{ name: "ops", group: "A" }]);
});

test("another stack's resources are not this one's to let go, and without a state nobody can tell", () => {
  expect(letGo([], lastRun(kept("ops", "A", { of: { project: "rollcall", stack: "other" } })))).toEqual([]);
  expect(letGo([], undefined)).toEqual([]);
});
