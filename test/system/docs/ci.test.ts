import { read } from "./markdown";

const recipe = read("pipelines/ci/rollcall.sh");
const rows = read("docs/ci.md").split("\n");

/** The exit codes that a command of the recipe gives by itself. */
function ownCodes(command: string): readonly string[] {
  const [, body = ""] = new RegExp(`^${command}\\(\\) \\{\\n([^]*?)^\\}`, "m").exec(recipe) ?? [];
  return [...body.matchAll(/\b(?:die|exit) (\d)\b/g)].map(([, code = ""]) => code);
}

test.each(["check", "preview", "apply", "drift"])("docs/ci.md tells every exit code of `rollcall.sh %s`", (command) => {
  const [row = "", ...others] = rows.filter((line) => line.startsWith(`| \`sh ci/rollcall.sh ${command} `));
  const told = row.split("|")[2]?.match(/\b\d\b/g) ?? [];
  expect(others).toEqual([]);
  expect(told).toEqual(expect.arrayContaining(["0", ...ownCodes(command)]));
});

test("the recipe's commands have codes of their own", () => {
  expect(["check", "preview", "apply"].map((command) => ownCodes(command).length > 0)).toEqual([true, true, true]);
});
