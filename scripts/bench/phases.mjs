/** What is measured, one function each. All take a `bench`: where, with what, and whom to tell. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMPARED } from "./bounds.mjs";
import { startBenchCams } from "./cams.mjs";
import { BenchProject } from "./project.mjs";
import { grow, groupAt, groupsOf, rosterText, seedOf } from "./world.mjs";

/** A pace that bounds nothing, for what is not about the pace. */
export const UNPACED = 1_000;
export const UP = ["up", "--yes", "--skip-preview"];
/** State is written once, at the end, and not after each of the steps that make a large stack. */
export const AT_THE_END = { PULUMI_SKIP_CHECKPOINTS: "true" };
const PHASES = { preview: ["preview", "--expect-no-changes"], up: [...UP, "--expect-no-changes"] };

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
  const noop = BenchProject.other(join(folder, COMPARED), "noop");
  const cams = await startBenchCams(`${rollcall.folder}/dist`, seed);
  return {
    seed,
    rollcall,
    projects: { rollcall, [COMPARED]: noop },
    cams,
    tell,
    made: 0,
    floorAt: join(folder, "stub"),
  };
}

function settle(bench, groups) {
  bench.rollcall.configure({ endpoint: bench.cams.url, callsPerSecond: UNPACED });
  bench.projects[COMPARED].configure({ form: COMPARED, groups });
}

/** Rosters, and the time to check them. */
export async function validate(bench, groups) {
  settle(bench, groups);
  bench.rollcall.declare(groupsOf(groups).slice(bench.made));
  const { seconds, peakBytes } = await bench.rollcall.rollcall(["validate", "--stack", "bench"]);
  return { seconds, memoryBytes: peakBytes.command };
}

/** `rollcall diff` of a commit that takes one person out of one roster. */
export async function diff(bench) {
  const { rollcall } = bench;
  rollcall.commit("All groups");
  drop(rollcall, 0);
  rollcall.commit("One person out of one group");
  const { seconds, peakBytes } = await rollcall.rollcall(["diff", "--base", "HEAD~1", "--stack", "bench"], [4]);
  rollcall.declare([groupAt(0)]);
  rollcall.commit("Back");
  return { seconds, memoryBytes: peakBytes.command };
}

/** Takes the first people out of a group's roster. */
export function drop(project, index, people = 1) {
  const group = groupAt(index);
  const members = Object.entries(group.members).slice(people);
  project.write(`stacks/bench/${group.name}.yaml`, rosterText({ ...group, members: Object.fromEntries(members) }));
}

/** The stacks, made by `up` the first time, and grown from what it wrote later. */
export async function make(bench, groups) {
  settle(bench, groups);
  const seconds = {};
  for (const [name, project] of Object.entries(bench.projects)) {
    bench.tell(`${groups} groups: ${bench.made === 0 ? "up of" : "growing"} ${name}`);
    if (bench.made === 0) {
      await project.pulumi(["stack", "init"]);
      seconds[name] = (await project.pulumi(UP, AT_THE_END)).seconds;
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
export async function unchanged(bench, repeats) {
  const result = { calls: {}, memory: {} };
  for (const [phase, args] of Object.entries(PHASES)) {
    const seconds = Object.fromEntries(Object.keys(bench.projects).map((name) => [name, []]));
    for (let repeat = 1; repeat <= repeats; repeat++) {
      for (const [name, project] of Object.entries(bench.projects)) {
        bench.tell(`${bench.made} groups: ${phase} of ${name}, ${repeat} of ${repeats}`);
        await bench.cams.forget();
        const run = await project.pulumi(args);
        seconds[name].push(run.seconds);
        if (name === "rollcall") result.calls[phase] = await bench.cams.calls();
        const peaks = (result.memory[name] ??= {});
        for (const [role, bytes] of Object.entries(run.peakBytes)) peaks[role] = Math.max(peaks[role] ?? 0, bytes);
      }
    }
    result[phase] = seconds;
  }
  result.stateBytes = bench.rollcall.stateBytes();
  return result;
}

/**
 * What the engine takes by itself: no-op resources whose provider text is one line, as Rollcall's is, so that nothing is
 * serialised.
 */
export async function floor(bench, groups) {
  const project = BenchProject.other(bench.floorAt, "noop");
  project.configure({ form: "stub", groups });
  bench.tell(`${groups} groups: the engine by itself`);
  await project.pulumi(["stack", "init"]);
  await project.pulumi(UP, AT_THE_END);
  const preview = (await project.pulumi(PHASES.preview)).seconds;
  const up = (await project.pulumi(PHASES.up)).seconds;
  return { groups, preview, up };
}
