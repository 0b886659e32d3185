/**
 * Chaos: the real `pulumi up` is killed or told to stop, or CAMS fails, while people are removed and invited; then it is run
 * again. What must hold whatever happens is in chaos/invariants.mjs, chaos/run-invariants.mjs and
 * chaos/message-invariants.mjs, what is drawn from the seed in chaos/scenario.mjs.
 *
 *   npm run chaos -- [--runs N] [--seed S] [--jobs J] [--keep]
 *
 * Run number i of seed S is the scenario of seed S + i, so that a failing run can be had again alone: its own seed, and
 * `--runs 1`. `--keep` leaves the folders of failing runs.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { releaseDisks } from "./chaos/disk.mjs";
import { play, prepare } from "./chaos/play.mjs";
import { describe, summary } from "./chaos/report.mjs";
import { endWithThisProcess } from "./local/processes.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    keep: { type: "boolean", default: false },
  },
});
const [runs, seed, jobs] = [whole("runs"), whole("seed"), whole("jobs")];

if (!existsSync(fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)))) {
  console.error("dist/ is not there: run `npm run setup` first");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "rollcall-chaos-"));
const cleanUp = () => {
  releaseDisks();
  rmSync(folder, { recursive: true, force: true });
};
endWithThisProcess(cleanUp);

const started = Date.now();
const prepared = {
  full: await prepare(join(folder, "full"), "full"),
  masked: await prepare(join(folder, "masked"), "masked"),
};
console.log(`two stacks are prepared, each with three adopted groups (${seconds(started)} s)`);

/** @type {(import("./chaos/report.mjs").Result & { place: string })[]} */
const results = [];
let next = 0;
await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, runs)) }, work));

const failed = results.filter(({ problems }) => problems.length > 0);
console.log(`\n${summary(results)}\n`);
console.log(
  `${runs} runs of seed ${seed}: ${runs - failed.length} passed, ${failed.length} failed (${seconds(started)} s)`,
);
for (const { seed: own } of failed) console.log(`again: npm run chaos -- --runs 1 --seed ${own}`);
if (failed.length === 0 || !values.keep) cleanUp();
else console.log(`kept: ${failed.map(({ place }) => place).join(" ")}`);
// Left to end by itself, Node.js 20 can wait for ever for handles of programs that were killed.
process.exit(failed.length === 0 ? 0 : 1);

async function work() {
  while (next < runs) {
    const own = seed + next++;
    const place = join(folder, `run-${own}`);
    const result = { seed: own, place, ...(await playSafely(own, place)) };
    results.push(result);
    console.log(describe(result, results.length, runs));
    if (result.problems.length > 0) console.error(`${result.transcript}\n${result.problems.join("\n")}\n`);
    else rmSync(place, { recursive: true, force: true });
  }
}

/**
 * A run that can't be played is a failure like any other.
 * @param {number} own its seed @param {string} place its folder
 * @returns {Promise<import("./chaos/types.js").Played>}
 */
function playSafely(own, place) {
  return play(prepared, own, place).catch((/** @type {unknown} */ error) => ({
    scenario: { mischiefs: [] },
    struck: [],
    runs: 0,
    transcript: "",
    problems: [`this run could not be played: ${String(error instanceof Error ? error.stack : error)}`],
  }));
}

/** An option that is a number. @param {"runs" | "seed" | "jobs"} name */
function whole(name) {
  if (/^\d{1,9}$/.test(values[name])) return Number(values[name]);
  console.error(`--${name} has to be a whole number, not ${values[name]}`);
  return process.exit(2);
}

/** @param {number} since */
function seconds(since) {
  return ((Date.now() - since) / 1_000).toFixed(0);
}
