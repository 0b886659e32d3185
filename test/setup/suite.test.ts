import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { folder, ROOT, write } from "./support";

/** A project whose tools end as they are told, with the scripts that are really used. */
function runSuite(
  tools: { setUp?: number; bare?: boolean; format?: number; jest?: number; results?: unknown },
  args: string[] = [],
) {
  const exit = (code = 0) => `process.exitCode = ${code}; console.log("ran", __filename);`;
  const jest = `
    const args = process.argv.slice(2);
    require("fs").writeFileSync("args", args.join(" "));
    const results = ${JSON.stringify(tools.results === undefined ? "" : JSON.stringify(tools.results))};
    if (results) require("fs").writeFileSync(args[args.indexOf("--outputFile") + 1], results);`;
  const root = folder({
    "node_modules/prettier/bin/prettier.cjs": exit(tools.format),
    "node_modules/eslint/bin/eslint.js": exit(),
    "node_modules/typescript/bin/tsc": exit(),
    "node_modules/jest/bin/jest.js": jest + exit(tools.jest),
  });
  cpSync(join(ROOT, "scripts"), join(root, "scripts"), { recursive: true });
  write(root, { "scripts/setup.mjs": `process.exitCode = ${tools.setUp ?? 0};` });
  if (tools.bare) rmSync(join(root, "node_modules/jest"), { recursive: true });
  const { status, stdout } = spawnSync(process.execPath, [join(root, "scripts/test.mjs"), ...args], {
    encoding: "utf8",
  });
  return { root, status, stdout, last: stdout.trimEnd().split("\n").at(-1) };
}
const results = { numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

test("every stage runs, even after one that failed, and the last line counts", () => {
  const { status, stdout, last } = runSuite({ format: 1, results });
  expect(stdout.match(/^── \S+ ──$/gm)).toEqual([
    "── Set-up ──",
    "── Format ──",
    "── Lint ──",
    "── Types ──",
    "── Tests ──",
  ]);
  expect(last).toBe("9 passed, 1 failed");
  expect(status).toBe(1);
});

test("all well: exit code 0", () => {
  const { status, last } = runSuite({ results });
  expect({ status, last }).toEqual({ status: 0, last: "10 passed, 0 failed" });
});

test.each([
  [
    "failed tests and suites that could not run",
    1,
    { ...results, numFailedTests: 2, numRuntimeErrorTestSuites: 1 },
    "10 passed, 3 failed",
  ],
  ["a run that ends badly though no test did", 1, results, "10 passed, 1 failed"],
  ["no results at all", 0, undefined, "3 passed, 1 failed"],
])("%s", (_, code, found, expected) => {
  const { status, last } = runSuite({ jest: code, results: found });
  expect({ status, last }).toEqual({ status: 1, last: expected });
});

test("a set-up that fails is counted; the rest runs if its tools are there", () => {
  const there = runSuite({ setUp: 1, results });
  expect(there.last).toBe("10 passed, 1 failed");
  const bare = runSuite({ setUp: 1, bare: true, results });
  expect({ status: bare.status, last: bare.last }).toEqual({ status: 1, last: "0 passed, 1 failed" });
});

test("arguments go to Jest", () => {
  const { root } = runSuite({ results }, ["test/roster", "-t", "dates"]);
  expect(readFileSync(join(root, "args"), "utf8")).toMatch(/test\/roster -t dates$/);
});

test(".ci/run can be started", () => {
  expect(statSync(join(ROOT, ".ci/run")).mode & 0o111).toBe(0o111);
});
