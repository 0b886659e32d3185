import { readdirSync } from "node:fs";
import { join } from "node:path";
import { read } from "./markdown";

const DOCUMENT = "docs/changed-since.md";
const FOLDER = "test/run/changed";
const files = readdirSync(join(__dirname, "../../..", FOLDER)).map((name) => `${FOLDER}/${name}`);
const tests = [...files, "test/cli/plan/changed-since.test.ts"].map(read).join("\n");
const cases = [...read(DOCUMENT).matchAll(/^\| ([^|]*\S) +\|/gm)]
  .map(([, first = ""]) => first)
  .filter((first) => first !== "case" && !first.startsWith("-"));

test("the table has its cases", () => expect(cases.length).toBeGreaterThanOrEqual(20));

test.each(cases)("a test is about %s", (one) => {
  expect(tests).toMatch(new RegExp(`"${one}[:"]`));
});
