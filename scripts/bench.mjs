/**
 * The benchmark: Rollcall beside as many resources that do nothing, in one run, with the real CLI and the local CAMS.
 * One JSON object on stdout; progress on stderr. What the figures mean is told in docs/internals/bench.md.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { arch, cpus, platform, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { boundsOf, COMPARED } from "./bench/bounds.mjs";
import { invitations } from "./bench/invitations.mjs";
import { links } from "./bench/links.mjs";
import { changes, removals, rollCalls, serial, throttled } from "./bench/paced.mjs";
import { diff, floor, make, openBench, unchanged, validate } from "./bench/phases.mjs";
import { messageOf } from "./lib/failure.mjs";
import { endWithThisProcess, killAll } from "./local/processes.mjs";

/** @import { Size } from "./bench/result.js" */

/** Groups that a provider listing one after the other is tried with, and groups that somebody is removed from. */
const [NAIVE, REMOVED] = [100, 10];
/** Groups with subject and link, and groups into which somebody is invited. */
const [LINKED, INVITED] = [1_000, 200];
/** Sizes up to this one are measured several times. */
const SMALL = 2_000;
/** The most that `rollcall:callsPerSecond` takes. */
const MOST_CALLS = 1_000;

const USAGE = `usage: npm run -s bench -- [options] > bench.json

  --groups 1000,10000       sizes that are measured
  --calls-per-second 200    pace of the largest roll call, up to ${MOST_CALLS}
  --latency-ms 100          latency of the local CAMS in roll calls
  --repeats 2               times that a size of up to ${SMALL} groups is measured; the shortest counts
  --keep                    leaves the projects that were measured
  --help

Ends with 1 when a figure is over its bound, and with 2 when an option is wrong.`;

const values = options();
if (values.help) {
  console.log(USAGE);
  process.exit();
}
const counts = values.groups.split(",").map((text) => whole("groups", text, 1, 100_000));
const callsPerSecond = whole("calls-per-second", values["calls-per-second"], 1, MOST_CALLS);
const latencyMs = whole("latency-ms", values["latency-ms"], 0, 10_000);
const repeats = whole("repeats", values.repeats, 1, 100);

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
/** @param {string} text */
const tell = (text) =>
  process.stderr.write(`${String(Math.round((Date.now() - started) / 1_000)).padStart(4)} s  ${text}\n`);

const most = Math.max(...counts);
const bench = await openBench(folder, Math.max(most, NAIVE), tell);
/** @type {Size[]} */
const sizes = [];
for (const groups of [...counts].sort((a, b) => a - b)) {
  const small = groups <= SMALL;
  sizes.push({
    groups,
    validate: await validate(bench, groups),
    diff: await diff(bench),
    created: await make(bench, groups),
    ...(await unchanged(bench, small ? repeats : 1)),
    changes: await changes(bench),
  });
}
/** @satisfies {import("./bench/result.js").Measured} */
const result = {
  commit,
  machine: { platform: platform(), arch: arch(), cpus: cpus().length, memoryBytes: totalmem(), node: process.version },
  settings: { groups: counts, callsPerSecond, latencyMs, repeats, compared: COMPARED },
  sizes,
  floor: await floor(bench, Math.min(SMALL, ...counts)),
  rollCalls: await rollCalls(bench, { paces: pacesUpTo(callsPerSecond), latencyMs, most }),
  throttled: await throttled(bench, { limits: limitsUpTo(callsPerSecond / 2), latencyMs, most }),
  removals: await removals(bench, {
    folder: join(folder, "removals"),
    groups: Math.min(NAIVE, most),
    from: Math.min(REMOVED, most),
  }),
  links: await links(bench, { folder: join(folder, "links"), groups: Math.min(LINKED, most) }),
  invitations: await invitations(bench, { folder: join(folder, "invitations"), groups: Math.min(INVITED, most) }),
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

/** What is measured; with a plus when files differ from it. Empty where there is no git repository. @param {string} cwd */
function commitOf(cwd) {
  /** @param {readonly string[]} args */
  const git = (...args) => execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const measured = ["src", "scripts", "Pulumi.yaml", "package.json", "package-lock.json", "tsconfig*.json"];
    const differs = git("status", "--porcelain", "--", ...measured).trim() !== "";
    return git("rev-parse", "--short", "HEAD").trim() + (differs ? "+" : "");
  } catch {
    return "";
  }
}

/** @param {number} full */
function pacesUpTo(full) {
  return [...new Set([5, 50, full])].filter((pace) => pace <= full);
}

/** Whole numbers of calls a second, for the local CAMS takes no others. @param {number} half */
function limitsUpTo(half) {
  return [...new Set([half / 4, half].map((limit) => Math.max(1, Math.floor(limit))))];
}

function options() {
  try {
    return parseArgs({
      options: {
        groups: { type: "string", default: "1000,10000" },
        "calls-per-second": { type: "string", default: "200" },
        "latency-ms": { type: "string", default: "100" },
        repeats: { type: "string", default: "2" },
        keep: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return refuse(messageOf(error));
  }
}

/** @param {string} name @param {string} text @param {number} least @param {number} most */
function whole(name, text, least, most) {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  return refuse(`--${name} has to be a whole number from ${least} to ${most}, not ${text}`);
}

/**
 * Ends with what is right.
 * @param {string} message
 * @returns {never}
 */
function refuse(message) {
  console.error(`${message}\n\n${USAGE}`);
  return process.exit(2);
}
