/**
 * The fast lane: types, lint and unit tests, all at once and without the engine: some 20 seconds on two cores, and a
 * minute or so the first time, while nothing is remembered.
 * Types and lint remember below .rollcall/fast what they found in files that stay the same. ESLint remembers file by file,
 * so a fault that a change makes in another file may stay unseen here: `npm test` looks at every file anew.
 * Arguments go to Jest: `npm run test:fast -- test/roster`.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { count, plainLine, readResults } from "./lib/count.mjs";
import { seconds } from "./lib/progress.mjs";
import { endWithThisProcess, start } from "./local/processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".rollcall/fast");
const results = join(cache, "jest.json");
/** @param {string} path */
const tool = (path) => join(root, "node_modules", path);

/** @param {number} code */
const one = (code) => ({ passed: code ? 0 : 1, failed: code ? 1 : 0 });
/**
 * @typedef {{ name: string, args: [program: string, ...args: string[]], count: (code: number) => { passed: number, failed: number } }} Step
 */
/** @type {readonly Step[]} */
const steps = [
  {
    name: "Lint",
    args: [
      tool("eslint/bin/eslint.js"),
      ...["--max-warnings", "0", "."],
      ...["--cache", "--cache-strategy", "content", "--cache-location", join(cache, "eslint.json")],
    ],
    count: one,
  },
  {
    name: "Types",
    args: [tool("typescript/bin/tsc"), "--noEmit", "--incremental", "--tsBuildInfoFile", join(cache, "types.json")],
    count: one,
  },
  {
    name: "Unit tests",
    args: [
      tool("jest/bin/jest.js"),
      ...["--selectProjects", "unit"],
      ...["--ci", "--json", "--outputFile", results, ...process.argv.slice(2)],
    ],
    count: (code) => count(readResults(results), code),
  },
];

endWithThisProcess(() => undefined);

/**
 * Runs one step to its end. Its output is told in one piece, and only when it failed.
 * @param {Step} step
 * @returns {Promise<{ passed: number, failed: number }>}
 */
async function run({ name, args, count: counted }) {
  const began = Date.now();
  const { code, all } = await start(args, { cwd: root }).ended;
  const outcome = counted(code);
  if (outcome.failed > 0) process.stdout.write(all);
  console.log(`${name} ${outcome.failed > 0 ? "failed" : "passed"} (${seconds(Date.now() - began)})`);
  return outcome;
}

const missing = steps.find(({ args }) => !existsSync(args[0]));
if (missing) {
  console.error(`${missing.name}: ${missing.args[0]} is not there. Run \`npm run setup\` first.`);
  process.exitCode = 1;
} else {
  mkdirSync(cache, { recursive: true });
  rmSync(results, { force: true });
  const outcomes = await Promise.all(steps.map(run));
  /** @param {"passed" | "failed"} key */
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const total = { passed: sum("passed"), failed: sum("failed") };
  console.log(plainLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}
