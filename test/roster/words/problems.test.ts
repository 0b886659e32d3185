/* eslint-disable no-control-regex -- control characters are what some of these tests are about */
import { countProblems, describeProblems, type Problem, renderProblems } from "../../../src/roster";
import { load } from "../tree";

const problemsOf = (text: string) => load({ "ops.yaml": text }).problems;
const caretOf = (problems: readonly Problem[]) => describeProblems(problems).split("\n").slice(1, 3);

test("the caret stands under the fault, whatever is before it", () => {
  const row = (name: string) =>
    problemsOf(`group: A\nmembers: [{ name: "${name}", number: 12, nam: x }]\n`).slice(0, 1);
  expect(caretOf(row("Ana"))).toEqual([
    '  2 | members: [{ name: "Ana", number: 12, nam: x }]',
    "    |                                  ^^",
  ]);
  const [shown = "", caret = ""] = caretOf(row("山田"));
  // Two columns each in a terminal.
  expect(caret.indexOf("^")).toBe(shown.indexOf("12") + 2);
});

test("of a long line the part around the fault is shown", () => {
  const [shown = "", caret = ""] = caretOf(problemsOf(`group: A\nmembers: [] # ${"x".repeat(200)}\nz: 1\n`));
  expect([shown, caret]).toEqual(["  3 | z: 1", "    | ^"]);
  const long = problemsOf(`group: A\nmembers: [${'{ number: "+62 812-3456-7890", name: A }, '.repeat(4)} x]\n`);
  const lines = describeProblems(long.filter(({ code }) => code === "wrong-type")).split("\n");
  expect(lines[1]!.length).toBeLessThan(140);
  expect(lines[1]![lines[2]!.indexOf("^")]).toBe("x");
});

test("escapes of the source never reach the terminal", () => {
  const text = renderProblems(problemsOf("group: A\nmembers: []\n\u202egroop: 1 \u001b[31m\n"), "text", {
    colour: false,
  });
  expect(text).not.toMatch(/[\u202e]|\u001b/);
  expect(text).toContain("\\u{202e}groop");
});

test("colours are an option", () => {
  expect(renderProblems(problemsOf(""), "text", { colour: true })).toContain("\u001b[31merror empty-file\u001b[39m");
});

test("problems are counted", () => {
  const [problem] = problemsOf("");
  const warned = { ...problem!, severity: "warning" } as const;
  expect(countProblems([problem!, { ...warned, file: "b" }])).toBe("1 error and 1 warning in 2 files");
  expect(countProblems([problem!, problem!])).toBe("2 errors in 1 file");
});
