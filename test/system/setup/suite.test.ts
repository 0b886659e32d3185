import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { folder, ROOT, write } from "./support";

interface Results {
  readonly numTotalTestSuites: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults?: readonly { readonly name: string; readonly status: string; readonly message: string }[];
}

interface Tools {
  readonly setUp?: number;
  readonly bare?: boolean;
  readonly format?: number;
  readonly types?: number;
  readonly jest?: number;
  /** What Jest writes of unit tests (and system tests). */
  readonly results?: Results;
  /** What Jest writes of timed tests. */
  readonly timed?: Results;
}

/** A project whose tools end as they are told, with the scripts that are really used. */
function runScript(script: string, tools: Tools, args: readonly string[]) {
  const exit = (code = 0) => `process.exitCode = ${code}; console.log("ran", __filename);`;
  const jest = `
    const args = process.argv.slice(2);
    const project = args[args.indexOf("--selectProjects") + 1];
    require("fs").writeFileSync("args-" + project, args.join(" "));
    const results = ${JSON.stringify({ unit: tools.results, timed: tools.timed })}[project];
    if (results) require("fs").writeFileSync(args[args.indexOf("--outputFile") + 1], JSON.stringify(results));`;
  const root = folder({
    "node_modules/prettier/bin/prettier.cjs": exit(tools.format),
    "node_modules/eslint/bin/eslint.js": exit(),
    "node_modules/typescript/bin/tsc": exit(tools.types),
    "node_modules/jest/bin/jest.js": jest + exit(tools.jest),
  });
  cpSync(join(ROOT, "scripts"), join(root, "scripts"), { recursive: true });
  write(root, {
    "scripts/setup.mjs": `process.exitCode = ${tools.setUp ?? 0};`,
    // Other releases of Node.js: nothing is tried on them here.
    "scripts/nodes.mjs": `import { writeFileSync } from "node:fs";
      writeFileSync(process.argv[2], JSON.stringify({ passed: 0, failed: 0 }));`,
  });
  if (tools.bare) rmSync(join(root, "node_modules/jest"), { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts", script), ...args], {
    encoding: "utf8",
  });
  const asked = (project: string) => readFileSync(join(root, `args-${project}`), "utf8");
  return { root, asked, status, stdout, stderr, last: stdout.trimEnd().split("\n").at(-1) };
}
const results = { numTotalTestSuites: 2, numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
const none = { ...results, numTotalTestSuites: 0, numPassedTests: 0 };

describe("npm test", () => {
  const runSuite = (tools: Tools, args: readonly string[] = []) =>
    runScript("test.mjs", { timed: { ...results, numPassedTests: 2 }, ...tools }, args);

  test("every stage runs, even after one that failed, and the last line counts", () => {
    const { status, stdout, last } = runSuite({ format: 1, results });
    expect(stdout.match(/(?<=^── ).+(?= ──$)/gm)).toEqual([
      "Set-up",
      "Format",
      "Lint",
      "Types",
      "Tests",
      "Timed tests",
      "Other Node.js releases",
    ]);
    expect(last).toBe("11 passed, 1 failed");
    expect(status).toBe(1);
  });

  test("all well: exit code 0", () => {
    const { status, last } = runSuite({ results });
    expect({ status, last }).toEqual({ status: 0, last: "12 passed, 0 failed" });
  });

  test.each([
    [
      "failed tests and suites that could not run",
      1,
      { ...results, numFailedTests: 2, numRuntimeErrorTestSuites: 1 },
      "10 passed, 4 failed",
    ],
    ["a run that ends badly though no test did", 1, results, "10 passed, 2 failed"],
    ["no results at all", 0, undefined, "3 passed, 2 failed"],
  ])("%s", (_, code, found, expected) => {
    const { status, last } = runScript(
      "test.mjs",
      { jest: code, ...(found === undefined ? {} : { results: found, timed: none }) },
      [],
    );
    expect({ status, last }).toEqual({ status: 1, last: expected });
  });

  test("what failed is told once more before the last lines", () => {
    const testResults = [
      { name: join(ROOT, "test/good.test.ts"), status: "passed", message: "" },
      { name: join(ROOT, "test/bad.test.ts"), status: "failed", message: `● it holds\n${"a line\n".repeat(99)}` },
    ];
    const { stdout } = runSuite({ jest: 1, results: { ...results, numFailedTests: 1, testResults } });
    const told = stdout.slice(stdout.indexOf("── What failed ──"));
    expect(told).toMatch(/bad\.test\.ts\n● it holds\n(a line\n){59} {2}… 40 more lines above\n\nSet-up passed/);
    expect(told).not.toContain("good.test.ts");
    expect(runSuite({ results }).stdout).not.toContain("What failed");
  });

  test("a set-up that fails is counted; the rest runs if its tools are there", () => {
    const there = runSuite({ setUp: 1, results });
    expect(there.last).toBe("12 passed, 1 failed");
    const bare = runSuite({ setUp: 1, bare: true, results });
    expect({ status: bare.status, last: bare.last }).toEqual({ status: 1, last: "0 passed, 1 failed" });
  });

  test("arguments go to Jest, and what measures time runs by itself", () => {
    const { asked } = runSuite({ results }, ["test/roster", "-t", "dates"]);
    expect(asked("unit")).toMatch(/^--selectProjects unit system --ci .* test\/roster -t dates$/);
    expect(asked("timed")).toMatch(/^--selectProjects timed --maxWorkers=1 --ci .* test\/roster -t dates$/);
  });

  test("arguments that choose no test at all are a failure; those of one stage are none", () => {
    const typo = runSuite({ results: none, timed: none }, ["test/rooster"]);
    expect({ status: typo.status, last: typo.last }).toEqual({ status: 1, last: "3 passed, 1 failed" });
    expect(typo.stdout).toContain("no test matches test/rooster");
    const { status, last } = runSuite({ results: none }, ["test/roster/speed"]);
    expect({ status, last }).toEqual({ status: 0, last: "5 passed, 0 failed" });
  });
});

describe("npm run test:fast", () => {
  const runFast = (tools: Tools, args: readonly string[] = []) => runScript("test-fast.mjs", tools, args);

  test("types, lint and unit tests, and no others; what passed is told in a line", () => {
    const { root, asked, status, stdout, last } = runFast({ results }, ["test/roster"]);
    expect({ status, last }).toEqual({ status: 0, last: "9 passed, 0 failed" });
    expect(
      stdout
        .replace(/ \(.*\)/g, "")
        .split("\n")
        .slice(0, 3)
        .sort(),
    ).toEqual(["Lint passed", "Types passed", "Unit tests passed"]);
    expect(asked("unit")).toMatch(/^--selectProjects unit --ci .* test\/roster$/);
    expect(existsSync(join(root, "args-timed"))).toBe(false);
  });

  test("what failed is counted, and its output told", () => {
    const { status, stdout, last } = runFast({ types: 2, results: { ...results, numFailedTests: 3 }, jest: 1 });
    expect({ status, last }).toEqual({ status: 1, last: "8 passed, 4 failed" });
    expect(stdout).toMatch(/ran .*tsc\nTypes failed/);
    expect(stdout).toMatch(/Lint passed/);
  });

  test("results of a run before are not taken for this one's", () => {
    expect(runFast({}).last).toBe("2 passed, 1 failed");
  });

  test("without its tools it names set-up", () => {
    const { status, stderr } = runFast({ bare: true });
    expect(status).toBe(1);
    expect(stderr).toContain("Run `npm run setup` first");
  });
});

test(".ci/run can be started", () => {
  expect(statSync(join(ROOT, ".ci/run")).mode & 0o111).toBe(0o111);
});
