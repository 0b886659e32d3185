import { read } from "./markdown";

const DOCUMENT = "docs/changed-since.md";
const tests = ["test/run/changed-since.test.ts", "test/cli/changed-since.test.ts"].map(read).join("\n");
const cases = [...read(DOCUMENT).matchAll(/^\| ([^|]*\S) +\|/gm)]
  .map(([, first = ""]) => first)
  .filter((first) => first !== "case" && !first.startsWith("-"));

test("the table has its cases", () => expect(cases.length).toBeGreaterThanOrEqual(20));

test.each(cases)("a test is about %s", (one) => {
  expect(tests).toMatch(new RegExp(`"${one}[:"]`));
});
