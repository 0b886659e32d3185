/** What depends on the pace: roll calls at several rates, a throttled account, removals, changes only, a naive provider. */
import { startBenchCams } from "./cams.mjs";
import { AT_THE_END, drop, UNPACED, UP } from "./phases.mjs";
import { BenchProject } from "./project.mjs";
import { groupAt, groupsOf } from "./world.mjs";

/**
 * @import { BenchCams } from "./cams.mjs"
 * @import { Bench } from "./phases.mjs"
 * @import { Removals, RollCall, Serial, Size, Throttled } from "./result.js"
 */

/** Seconds that a run at a pace is to take: long enough to tell the pace from the start. */
const LENGTH = 10;

/** And at most: an account's default pace is too slow for ten thousand groups. */
const LONGEST = 60;

/**
 * Takes the roll as `rollcall plan` does, of the first groups only.
 * @param {Bench} bench @param {BenchCams} cams @param {{ groups: number, callsPerSecond: number }} pace
 */
async function roll(bench, cams, { groups, callsPerSecond }) {
  const { rollcall } = bench;
  const folder = `rosters/${groups}`;
  rollcall.declare(groupsOf(groups), folder);
  rollcall.configure({ endpoint: cams.url, callsPerSecond, rosters: folder });
  await cams.forget();
  const { seconds: runSeconds } = await rollcall.rollcall(["plan", "--stack", "bench", "--format", "json"]);
  return { ...(await cams.calls()), runSeconds };
}

/**
 * Roll calls at several paces.
 * @param {Bench} bench
 * @param {{ paces: readonly number[], latencyMs: number, most: number }} options paces in calls a second; at most so many
 *   groups
 */
export async function rollCalls(bench, { paces, latencyMs, most }) {
  const cams = await startBenchCams(`${bench.rollcall.folder}/dist`, bench.seed, { latencyMs });
  /** @type {RollCall[]} */
  const results = [];
  for (const callsPerSecond of paces) {
    const length = callsPerSecond === Math.max(...paces) ? LONGEST : LENGTH;
    const groups = Math.min(most, callsPerSecond * length);
    bench.tell(`roll call of ${groups} groups at ${callsPerSecond} calls a second`);
    const calls = await roll(bench, cams, { groups, callsPerSecond });
    results.push({ callsPerSecond, groups, latencyMs, ...calls });
  }
  await cams.stop();
  return results;
}

/**
 * An account that is limited to half of what the settings say.
 * @param {Bench} bench
 * @param {{ limits: readonly number[], latencyMs: number, most: number }} options limits in calls a second
 */
export async function throttled(bench, { limits, latencyMs, most }) {
  /** @type {Throttled[]} */
  const results = [];
  for (const limit of limits) {
    const groups = Math.min(most, limit * 2 * LENGTH);
    bench.tell(`roll call of ${groups} groups with a limit of ${limit} calls a second, at twice that`);
    const cams = await startBenchCams(`${bench.rollcall.folder}/dist`, bench.seed, { latencyMs, qps: limit });
    const calls = await roll(bench, cams, { groups, callsPerSecond: 2 * limit });
    await cams.stop();
    results.push({ limit, callsPerSecond: 2 * limit, groups, ...calls });
  }
  return results;
}

/**
 * A preview of changes only, after one roster changed.
 * @param {Bench} bench
 * @returns {Promise<Size["changes"]>}
 */
export async function changes(bench) {
  const { rollcall, cams, tell } = bench;
  rollcall.configure({ endpoint: cams.url, callsPerSecond: UNPACED });
  rollcall.commit("Settings");
  drop(rollcall, 0);
  tell(`${bench.made} groups: preview of changes only, of one changed roster`);
  await cams.forget();
  const { seconds } = await rollcall.pulumi(["preview"], { ROLLCALL_CHANGED_SINCE: "HEAD" });
  const calls = await cams.calls();
  rollcall.declare([groupAt(0)]);
  return { seconds, calls };
}

/** People that are removed from one group at once: one delete names them all. */
const SEVERAL = 3;

/**
 * An up that removes people from some groups, several from the first, in a stack of its own, for it changes the world.
 * @param {Bench} bench
 * @param {{ folder: string, groups: number, from: number }} options
 * @returns {Promise<Removals>}
 */
export async function removals(bench, { folder, groups, from }) {
  const { cams, tell, rollcall } = bench;
  const people = from - 1 + SEVERAL;
  tell(`${groups} groups: up that removes ${people} people from ${from} groups`);
  const project = BenchProject.rollcall(folder, rollcall.folder);
  const limits = { maxRemovalsPerRun: people, maxRemovalsPerGroup: SEVERAL };
  project.configure({ endpoint: cams.url, callsPerSecond: UNPACED, ...limits });
  project.declare(groupsOf(groups));
  await project.pulumi(["stack", "init"]);
  await project.pulumi(UP, AT_THE_END);
  for (let index = 0; index < from; index++) drop(project, index, index === 0 ? SEVERAL : 1);
  await cams.forget();
  const { seconds } = await project.pulumi(UP);
  return { groups, from, people, runSeconds: seconds, ...(await cams.calls()) };
}

/**
 * A provider that lists in `diff`, one group after the other, beside Rollcall at the same latency.
 * @param {Bench} bench
 * @param {{ folder: string, groups: number, latencyMs: number, callsPerSecond: number }} options
 * @returns {Promise<Serial>}
 */
export async function serial(bench, { folder, groups, latencyMs, callsPerSecond }) {
  const cams = await startBenchCams(`${bench.rollcall.folder}/dist`, bench.seed, { latencyMs });
  const naive = BenchProject.other(folder, "serial");
  naive.configure({ groups, endpoint: cams.url });
  bench.tell(`${groups} groups: a provider that lists one after the other`);
  await naive.pulumi(["stack", "init"]);
  await naive.pulumi(UP, AT_THE_END);
  await cams.forget();
  const { seconds } = await naive.pulumi(["preview", "--expect-no-changes"]);
  const its = await cams.calls();
  const own = await roll(bench, cams, { groups, callsPerSecond });
  await cams.stop();
  return { groups, latencyMs, callsPerSecond, naiveSeconds: seconds, naiveListing: its.seconds, rollCall: own.seconds };
}
