import { noRostersText } from "../../src/run/no-rosters";

const knows = (...names: readonly string[]) =>
  noRostersText("stacks/prod", { names: new Map(names.map((name) => [name, name])) });

test("a stack that knows no group may have no roster", () => {
  expect(knows()).toBeUndefined();
});

test("how many groups, which, what would happen, and what to do", () => {
  expect(knows("ops")).toMatch(
    /^there are no rosters in stacks\/prod, and the state knows 1 group: ops\. .*delete the resources .*forget .*Nobody would be removed\. .*Put the rosters back.*`pulumi destroy`/,
  );
  expect(knows("c", "a", "b")).toContain("knows 3 groups: a, b, c. ");
  expect(knows("e", "d", "c", "b", "a")).toContain("knows 5 groups: a, b, c and 2 more. ");
});

test("a state that could not be read may know groups", () => {
  expect(noRostersText("stacks/prod", undefined)).toMatch(/the stack's state could not be read.*may know groups\. /);
});
