/** What depends on the pace: roll calls at several rates, a throttled account, removals, changes only, a naive provider. */
import { startBenchCams } from "./cams.mjs";
import { drop, UNPACED, UP } from "./phases.mjs";
import { BenchProject } from "./project.mjs";
import { groupAt, groupsOf } from "./world.mjs";

/** Seconds that a run at a pace is to take: long enough to tell the pace from the start. */
const LENGTH = 10;

/** Exit codes of `rollcall plan` that are a success here. */
const CLEAN = [0];

/** Takes the roll as `rollcall plan` does, of the first groups only. */
async function roll(bench, cams, { groups, callsPerSecond }) {
  const { rollcall } = bench;
  const folder = `rosters/${groups}`;
  rollcall.declare(groupsOf(groups), folder);
  rollcall.configure({ endpoint: cams.url, callsPerSecond, rosters: folder });
  await cams.forget();
  await rollcall.rollcall(["plan", "--stack", "bench", "--format", "json"], CLEAN);
  return cams.calls();
}

/** @param {number[]} paces calls a second */
export async function rollCalls(bench, { paces, latencyMs, most }) {
  const cams = await startBenchCams(`${bench.rollcall.folder}/dist`, bench.seed, { latencyMs });
  const results = [];
  for (const callsPerSecond of paces) {
    const groups = callsPerSecond === Math.max(...paces) ? most : Math.min(most, callsPerSecond * LENGTH);
    bench.tell(`roll call of ${groups} groups at ${callsPerSecond} calls a second`);
    const { seconds, lists } = await roll(bench, cams, { groups, callsPerSecond });
    results.push({ callsPerSecond, groups, latencyMs, seconds, lists });
  }
  await cams.stop();
  return results;
}

/** An account that is limited to half of what the settings say. @param {number[]} limits calls a second */
export async function throttled(bench, { limits, latencyMs, most }) {
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

/** A preview of changes only, after one roster changed. */
export async function changes(bench) {
  const { rollcall, cams, tell } = bench;
  rollcall.configure({ endpoint: cams.url, callsPerSecond: UNPACED });
  rollcall.commit("Settings");
  drop(rollcall, [0]);
  tell(`${bench.made} groups: preview of changes only, of one changed roster`);
  await cams.forget();
  const { seconds } = await rollcall.pulumi(["preview"], { ROLLCALL_CHANGED_SINCE: "HEAD" });
  const { lists } = await cams.calls();
  rollcall.declare([groupAt(0)]);
  return { seconds, lists };
}

/** An up that removes one person from each of some groups, in a stack of its own, for it changes the world. */
export async function removals(bench, { folder, groups, count }) {
  const { cams, tell } = bench;
  tell(`${groups} groups: up that removes ${count} people from as many groups`);
  const project = BenchProject.rollcall(folder);
  project.configure({ endpoint: cams.url, callsPerSecond: UNPACED, maxRemovalsPerRun: count });
  project.declare(groupsOf(groups));
  await project.pulumi(["stack", "init"]);
  await project.pulumi(UP);
  drop(
    project,
    Array.from({ length: count }, (_, index) => index),
  );
  await cams.forget();
  const { seconds } = await project.pulumi(UP);
  const { lists, deletes, failed } = await cams.calls();
  return { groups, removals: count, seconds, lists, deletes, failed };
}

/** A provider that lists in `diff`, one group after the other, beside Rollcall at the same latency. */
export async function serial(bench, { folder, groups, latencyMs, callsPerSecond }) {
  const cams = await startBenchCams(`${bench.rollcall.folder}/dist`, bench.seed, { latencyMs });
  const naive = BenchProject.other(folder, "serial");
  naive.configure({ groups, endpoint: cams.url });
  bench.tell(`${groups} groups: a provider that lists one after the other`);
  await naive.pulumi(["stack", "init"]);
  await naive.pulumi(UP);
  await cams.forget();
  const { seconds } = await naive.pulumi(["preview", "--expect-no-changes"]);
  const its = await cams.calls();
  const own = await roll(bench, cams, { groups, callsPerSecond });
  await cams.stop();
  return { groups, latencyMs, callsPerSecond, naiveSeconds: seconds, naiveListing: its.seconds, rollCall: own.seconds };
}
