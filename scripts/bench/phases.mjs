/** What is measured, one function each. All take a `bench`: where, with what, and whom to tell. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBenchCams } from "./cams.mjs";
import { BenchProject } from "./project.mjs";
import { grow, groupAt, groupsOf, rosterText, seedOf } from "./world.mjs";

/** A pace that bounds nothing, for what is not about the pace. */
export const UNPACED = 1_000;
export const UP = ["up", "--yes", "--skip-preview"];
const FORMS = ["dynamic", "stub"];

/**
 * @param {string} folder
 * @param {number} most groups at CAMS
 * @param {(text: string) => void} tell
 */
export async function openBench(folder, most, tell) {
  mkdirSync(folder, { recursive: true });
  const seed = join(folder, "seed.json");
  writeFileSync(seed, JSON.stringify(seedOf(groupsOf(most))));
  const rollcall = BenchProject.rollcall(join(folder, "rollcall"));
  const noop = Object.fromEntries(FORMS.map((form) => [form, BenchProject.other(join(folder, form), "noop")]));
  const cams = await startBenchCams(`${rollcall.folder}/dist`, seed);
  return { folder, seed, rollcall, noop, cams, tell, made: 0 };
}

function settle(bench, groups) {
  bench.rollcall.configure({ endpoint: bench.cams.url, callsPerSecond: UNPACED });
  for (const form of FORMS) bench.noop[form].configure({ form, groups });
}

/** Rosters, and the time to check them. */
export async function validate(bench, groups) {
  settle(bench, groups);
  bench.rollcall.declare(groupsOf(groups).slice(bench.made));
  const { seconds, processes } = await bench.rollcall.rollcall(["validate", "--stack", "bench"]);
  return { seconds, memoryBytes: processes.command?.peakBytes };
}

/** `rollcall diff` of a commit that takes one person out of one roster. */
export async function diff(bench) {
  const { rollcall } = bench;
  rollcall.commit("All groups");
  drop(rollcall, [0]);
  rollcall.commit("One person out of one group");
  const { seconds, processes } = await rollcall.rollcall(["diff", "--base", "HEAD~1", "--stack", "bench"], [4]);
  rollcall.declare([groupAt(0)]);
  rollcall.commit("Back");
  return { seconds, memoryBytes: processes.command?.peakBytes };
}

/** Takes the first person out of these groups' rosters. */
export function drop(rollcall, indexes) {
  for (const group of indexes.map(groupAt)) {
    const [, ...members] = Object.entries(group.members);
    rollcall.write(`stacks/bench/${group.name}.yaml`, rosterText({ ...group, members: Object.fromEntries(members) }));
  }
}

/** The stacks, made by `up` the first time, and grown from what it wrote later. */
export async function make(bench, groups, forms) {
  settle(bench, groups);
  const projects = { rollcall: bench.rollcall, ...pick(bench.noop, forms) };
  const seconds = {};
  for (const [name, project] of Object.entries(projects)) {
    bench.tell(`${groups} groups: ${bench.made === 0 ? "up of" : "growing"} ${name}`);
    if (bench.made === 0) {
      await project.pulumi(["stack", "init"]);
      seconds[name] = (await project.pulumi(UP)).seconds;
    } else {
      const { out } = await project.pulumi(["stack", "export"]);
      project.write("grown.json", JSON.stringify(grow(JSON.parse(out), groups)));
      await project.pulumi(["stack", "import", "--file", "grown.json"]);
    }
  }
  bench.made = groups;
  return seconds;
}

/**
 * A preview and an up that change nothing, with the compared stacks in turn, so that whatever else the machine does meets
 * all alike.
 */
export async function unchanged(bench, { repeats, forms }) {
  const projects = { rollcall: bench.rollcall, ...pick(bench.noop, forms) };
  const phases = { preview: ["preview"], up: UP };
  const result = { calls: {}, memory: {} };
  for (const [phase, args] of Object.entries(phases)) {
    const seconds = Object.fromEntries(Object.keys(projects).map((name) => [name, []]));
    for (let repeat = 1; repeat <= repeats; repeat++) {
      for (const [name, project] of Object.entries(projects)) {
        bench.tell(`${bench.made} groups: ${phase} of ${name}, ${repeat} of ${repeats}`);
        await bench.cams.forget();
        const run = await project.pulumi([...args, "--expect-no-changes"]);
        seconds[name].push(run.seconds);
        if (name === "rollcall") result.calls[phase] = await bench.cams.calls();
        const peaks = (result.memory[name] ??= {});
        for (const [role, { peakBytes }] of Object.entries(run.processes)) {
          peaks[role] = Math.max(peaks[role] ?? 0, peakBytes);
        }
      }
    }
    result[phase] = seconds;
  }
  result.stateBytes = bench.rollcall.stateBytes();
  return result;
}

const pick = (all, names) => Object.fromEntries(names.map((name) => [name, all[name]]));
