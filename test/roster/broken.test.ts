import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CODES, loadRosters, type Problem } from "../../src/roster";

/**
 * Every folder of fixtures/broken is a stack's folder with something wrong, and `problems.txt` beside it holds what is
 * said about it, one problem a line. After a change of words, `UPDATE_PROBLEMS=1 npx jest test/roster` writes them anew.
 */
const BROKEN = join(__dirname, "fixtures", "broken");
const TODAY = "2026-12-01";
const cases = readdirSync(BROKEN).sort();

const line = ({ file, line, column, severity, code, message, hint }: Problem): string =>
  `${file}:${line}:${column} ${severity} ${code}: ${message} ${hint}\n`;

const problemsOf = async (name: string) => (await loadRosters(name, { root: BROKEN, today: TODAY })).problems;

test.each(cases)("%s", async (name) => {
  const expected = join(BROKEN, name, "problems.txt");
  const found = (await problemsOf(name)).map(line).join("").replaceAll(`${name}/`, "");
  if (process.env.UPDATE_PROBLEMS !== undefined) writeFileSync(expected, found);
  expect(found).toBe(existsSync(expected) ? readFileSync(expected, "utf8") : "");
});

test("there are at least eighty, and each is named after a code that it has", async () => {
  expect(cases.length).toBeGreaterThan(80);
  for (const name of cases.filter((name) => name !== "many-1")) {
    const codes = (await problemsOf(name)).map(({ code }) => code);
    expect(codes).toContain(name.replace(/-\d+$/, ""));
  }
});

test("every code has a case", () => {
  const elsewhere = ["no-folder", "link-outside", "link-broken", "not-a-file", "sets-too-large", "missing-template"];
  const covered = new Set(cases.map((name) => name.replace(/-\d+$/, "")));
  expect(CODES.filter((code) => !covered.has(code) && !elsewhere.includes(code))).toEqual([]);
});
