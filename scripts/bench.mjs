/**
 * The benchmark: Rollcall beside as many resources that do nothing, in one run, with the real CLI and the local CAMS.
 *
 *   npm run bench -- [--groups 1000,10000] [--calls-per-second 200] [--latency-ms 100] [--repeats 2] [--keep]
 *
 * One JSON object on stdout; progress on stderr. Each figure that has a bound is among `bounds`, and the exit code is 1
 * when one is not kept. What the figures mean is told in docs/performance.md.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { arch, cpus, platform, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { boundsOf, COMPARED } from "./bench/bounds.mjs";
import { changes, removals, rollCalls, serial, throttled } from "./bench/paced.mjs";
import { diff, make, openBench, unchanged, validate } from "./bench/phases.mjs";
import { endWithThisProcess, killAll } from "./local/processes.mjs";

/** Groups that a provider listing one after the other is tried with, and groups that somebody is removed from. */
const [NAIVE, REMOVED] = [100, 10];
/** Sizes up to this one are measured several times, and in both forms of the no-op stack. */
const SMALL = 2_000;

const { values } = parseArgs({
  options: {
    groups: { type: "string", default: "1000,10000" },
    "calls-per-second": { type: "string", default: "200" },
    "latency-ms": { type: "string", default: "100" },
    repeats: { type: "string", default: "2" },
    keep: { type: "boolean", default: false },
  },
});
const counts = values.groups.split(",").map((text) => whole("groups", text, 1));
const callsPerSecond = whole("calls-per-second", values["calls-per-second"], 1);
const latencyMs = whole("latency-ms", values["latency-ms"], 0);
const repeats = whole("repeats", values.repeats, 1);

if (!existsSync(fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)))) {
  console.error("dist/ is not there: run `npm run setup` first");
  process.exit(2);
}

const started = Date.now();
const commit = commitOf(fileURLToPath(new URL("..", import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "rollcall-bench-"));
const cleanUp = () => rmSync(folder, { recursive: true, force: true });
endWithThisProcess(cleanUp);
process.once("exit", () => {
  killAll();
  if (!values.keep) cleanUp();
});
const tell = (text) =>
  process.stderr.write(`${String(Math.round((Date.now() - started) / 1_000)).padStart(4)} s  ${text}\n`);

const most = Math.max(...counts);
const bench = await openBench(folder, Math.max(most, NAIVE), tell);
const sizes = [];
for (const groups of [...counts].sort((a, b) => a - b)) {
  const small = groups <= SMALL;
  const validated = await validate(bench, groups);
  const forms = small ? ["dynamic", "stub"] : [COMPARED];
  const created = await make(bench, groups, forms);
  const figures = await unchanged(bench, {
    repeats: small ? repeats : 1,
    forms,
  });
  sizes.push({
    groups,
    validate: validated,
    diff: await diff(bench),
    created,
    ...figures,
    changes: await changes(bench),
  });
}
const result = {
  commit,
  machine: { platform: platform(), arch: arch(), cpus: cpus().length, memoryBytes: totalmem(), node: process.version },
  settings: { groups: counts, callsPerSecond, latencyMs, repeats, compared: COMPARED },
  sizes,
  rollCalls: await rollCalls(bench, { paces: pacesUpTo(callsPerSecond), latencyMs, most }),
  throttled: await throttled(bench, {
    limits: [25, 100].filter((limit) => 2 * limit <= callsPerSecond),
    latencyMs,
    most,
  }),
  removals: await removals(bench, {
    folder: join(folder, "removals"),
    groups: Math.min(NAIVE, most),
    count: Math.min(REMOVED, most),
  }),
  serial: await serial(bench, {
    folder: join(folder, "serial"),
    groups: Math.min(NAIVE, most),
    latencyMs,
    callsPerSecond,
  }),
};
await bench.cams.stop();
const bounds = boundsOf(result);
console.log(JSON.stringify({ ...result, seconds: Math.round((Date.now() - started) / 1_000), bounds }, undefined, 2));
for (const { name, value, limit } of bounds.filter(({ ok }) => !ok))
  tell(`NOT KEPT: ${name}: ${value}, limit ${limit}`);
process.exitCode = bounds.every(({ ok }) => ok) ? 0 : 1;

/** What is measured; with a plus when files differ from it. Empty where there is no git repository. */
function commitOf(cwd) {
  const git = (...args) => execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const differs = git("status", "--porcelain", "--untracked-files=no", "--", "src", "scripts/bench").trim() !== "";
    return git("rev-parse", "--short", "HEAD").trim() + (differs ? "+" : "");
  } catch {
    return "";
  }
}

function pacesUpTo(full) {
  return [...new Set([5, 50, full])].filter((pace) => pace <= full);
}

function whole(name, text, least) {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  console.error(`--${name} has to be a whole number of at least ${least}, not ${text}`);
  return process.exit(2);
}
