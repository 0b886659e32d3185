/**
 * The whole test suite: set-up, then format, lint and types at once, then Jest over test/, then those tests alone that measure
 * time and memory, then the unit tests and the demo's story on other releases of Node.js. Every stage runs, whatever the
 * ones before it found, so that all faults are seen at once; only when the tools themselves are not there, nothing follows.
 * Arguments go to Jest: `npm test -- test/roster`; then the other releases of Node.js are left out.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { count, failures, plainLine, readResults, suites } from "./lib/count.mjs";
import { readJson } from "./lib/json.mjs";
import { seconds } from "./lib/progress.mjs";
import { nodeProblem } from "./lib/version.mjs";
import { killAll, show, start } from "./local/processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "rollcall-test-"));
const args = process.argv.slice(2);
const resultsOfNodes = join(scratch, "nodes.json");
/** @param {string} path */
const tool = (path) => join(root, "node_modules", path);

/**
 * One stage: a program of Node.js, and what its exit code comes to. Without `count` a stage is one check.
 * @typedef {{ name: string, args: [program: string, ...args: string[]], count?: (code: number) => typeof total }} Stage
 */
const total = { passed: 0, failed: 0 };

/** @type {Stage} */
const setUp = {
  name: "Set-up",
  args: [join(root, "scripts/setup.mjs")],
  count: (code) => ({ passed: 0, failed: code ? 1 : 0 }),
};
/** They only read, so they run at once. @type {readonly Stage[]} */
const checks = [
  { name: "Format", args: [tool("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."] },
  { name: "Lint", args: [tool("eslint/bin/eslint.js"), "--max-warnings", "0", "."] },
  { name: "Types", args: [tool("typescript/bin/tsc"), "--noEmit"] },
];
/** Each has the machine for itself. @type {readonly Stage[]} */
const stages = [
  tests("Tests", "unit", "system"),
  tests("Timed tests", "timed", "--maxWorkers=1"),
  ...(args.length === 0 ? [otherNodes()] : []),
];

/** How many suites the arguments chose, of all stages. */
let chosen = 0;
/** What failed, a text for each file of tests. @type {string[]} */
const failed = [];

/**
 * A stage of Jest's projects. What the arguments choose may lie in the other stage only.
 * @param {string} name
 * @param {[string, ...string[]]} projects and further options of Jest
 * @returns {Stage}
 */
function tests(name, ...projects) {
  const file = join(scratch, `${projects[0]}.json`);
  const json = ["--ci", "--json", "--outputFile", file, "--passWithNoTests"];
  return {
    name,
    args: [tool("jest/bin/jest.js"), "--selectProjects", ...projects, ...json, ...args],
    count: (code) => {
      const results = readResults(file);
      chosen += suites(results);
      failed.push(...failures(results, root));
      return count(results, code);
    },
  };
}

/** @returns {Stage} */
function otherNodes() {
  return {
    name: "Other Node.js releases",
    args: [join(root, "scripts/nodes.mjs"), resultsOfNodes],
    count: (code) => {
      const results = /** @type {import("./nodes.mjs").OfNodes | undefined} */ (readJson(resultsOfNodes));
      failed.push(...(results?.failures ?? []));
      return results ?? { passed: 0, failed: code ? 1 : 0 };
    },
  };
}

/** @type {NodeJS.Signals[]} */
const interrupts = [];
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    interrupts.push(signal);
    killAll();
  });
}

/** @type {string[]} */
const verdicts = [];
/** @param {Stage} stage */
async function stage({ name, args, count: counted = (code) => ({ passed: code ? 0 : 1, failed: code ? 1 : 0 }) }) {
  if (interrupts.length > 0) return false;
  const began = Date.now();
  console.log(`\n── ${name} ──`);
  const outcome = counted(await show(process.execPath, args, { cwd: root }));
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  verdicts.push(`${name} ${outcome.failed ? "failed" : "passed"} (${seconds(Date.now() - began)})`);
  return outcome.failed === 0;
}

/** Stages that begin together. What each says is told in one piece. @param {readonly Stage[]} several */
async function together(several) {
  if (interrupts.length > 0) return;
  const began = Date.now();
  const running = several.map(({ name, args }) => ({
    name,
    ended: start(args, { cwd: root }).ended.then((end) => ({ ...end, took: seconds(Date.now() - began) })),
  }));
  for (const { name, ended } of running) {
    const { code, all, took } = await ended;
    console.log(`\n── ${name} ──`);
    process.stdout.write(all);
    total[code === 0 ? "passed" : "failed"] += 1;
    verdicts.push(`${name} ${code === 0 ? "passed" : "failed"} (${took})`);
  }
}

const ready = await stage(setUp);
if (
  ready ||
  (nodeProblem(process.version) === undefined && [...checks, ...stages].every(({ args }) => existsSync(args[0])))
) {
  await together(checks);
  for (const one of stages) await stage(one);
  if (chosen === 0 && total.failed === 0 && interrupts.length === 0) {
    total.failed += 1;
    verdicts.push(`no test matches ${args.join(" ")}`);
  }
}
rmSync(scratch, { recursive: true, force: true });

if (interrupts.length > 0) total.failed += 1;
if (failed.length > 0) console.log(["\n── What failed ──", ...failed].join("\n\n"));
console.log(`\n${verdicts.join(", ")}${interrupts.length > 0 ? ", interrupted" : ""}`);
console.log(plainLine(total));
process.exitCode = total.failed ? 1 : 0;
