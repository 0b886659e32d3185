/** What is measured, one function each. All take a `bench`: where, with what, and whom to tell. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMPARED } from "./bounds.mjs";
import { startBenchCams } from "./cams.mjs";
import { BenchProject } from "./project.mjs";
import { grow, groupAt, groupsOf, rosterText, seedOf } from "./world.mjs";

/**
 * @import { Cost, Peaks, Phase, Role, Size, Stack } from "./result.js"
 * @typedef {Awaited<ReturnType<typeof openBench>>} Bench
 */

/** A pace that bounds nothing, for what is not about the pace. */
export const UNPACED = 1_000;
export const UP = ["up", "--yes", "--skip-preview"];
/** State is written once, at the end, and not after each of the steps that make a large stack. */
export const AT_THE_END = { PULUMI_SKIP_CHECKPOINTS: "true" };
const STACKS = /** @type {const} */ (["rollcall", COMPARED]);
/** What changes nothing, and fails if it would. */
export const PHASES = { preview: ["preview", "--expect-no-changes"], up: [...UP, "--expect-no-changes"] };

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

/** @param {Bench} bench @param {number} groups */
function settle(bench, groups) {
  bench.rollcall.configure({ endpoint: bench.cams.url, callsPerSecond: UNPACED });
  bench.projects[COMPARED].configure({ form: COMPARED, groups });
}

/**
 * Rosters, and the time to check them.
 * @param {Bench} bench @param {number} groups
 * @returns {Promise<Cost>}
 */
export async function validate(bench, groups) {
  settle(bench, groups);
  bench.rollcall.declare(groupsOf(groups).slice(bench.made));
  const { seconds, peakBytes } = await bench.rollcall.rollcall(["validate", "--stack", "bench"]);
  return { seconds, memoryBytes: peakBytes.command };
}

/**
 * `rollcall diff` of a commit that takes one person out of one roster.
 * @param {Bench} bench
 * @returns {Promise<Cost>}
 */
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

/** Takes the first people out of a group's roster. @param {BenchProject} project @param {number} index @param {number} [people] */
export function drop(project, index, people = 1) {
  const group = groupAt(index);
  const members = Object.entries(group.members).slice(people);
  project.write(`stacks/bench/${group.name}.yaml`, rosterText({ ...group, members: Object.fromEntries(members) }));
}

/**
 * The stacks, made by `up` the first time, and grown from what it wrote later.
 * @param {Bench} bench @param {number} groups
 */
export async function make(bench, groups) {
  settle(bench, groups);
  /** @type {Partial<Record<Stack, number>>} */
  const seconds = {};
  for (const name of STACKS) {
    const project = bench.projects[name];
    bench.tell(`${groups} groups: ${bench.made === 0 ? "up of" : "growing"} ${name}`);
    if (bench.made === 0) {
      await project.pulumi(["stack", "init"]);
      seconds[name] = (await project.pulumi(UP, AT_THE_END)).seconds;
    } else {
      const { out } = await project.pulumi(["stack", "export"]);
      /** @type {unknown} */
      const exported = JSON.parse(out);
      const grown = grow(/** @type {import("./world.mjs").Exported} */ (exported), groups);
      project.write("grown.json", JSON.stringify(grown));
      await project.pulumi(["stack", "import", "--file", "grown.json"]);
    }
  }
  bench.made = groups;
  return seconds;
}

/**
 * A preview and an up that change nothing.
 * @param {Bench} bench @param {number} repeats
 * @returns {Promise<Pick<Size, Phase | "calls" | "memory" | "stateBytes">>}
 */
export async function unchanged(bench, repeats) {
  /** @type {Record<Stack, Peaks>} */
  const memory = { rollcall: {}, [COMPARED]: {} };
  const preview = await phase(bench, "preview", repeats, memory);
  const up = await phase(bench, "up", repeats, memory);
  return {
    calls: { preview: preview.calls, up: up.calls },
    memory,
    preview: preview.seconds,
    up: up.seconds,
    stateBytes: bench.rollcall.stateBytes(),
  };
}

/**
 * A phase of all stacks in turn, so that whatever else the machine does meets all alike.
 * @param {Bench} bench @param {Phase} name @param {number} repeats
 * @param {Record<Stack, Peaks>} memory is raised to what the processes take at most
 */
async function phase(bench, name, repeats, memory) {
  /** @type {Record<Stack, number[]>} */
  const seconds = { rollcall: [], [COMPARED]: [] };
  for (let repeat = 1; repeat <= repeats; repeat++) {
    await bench.cams.forget();
    for (const stack of STACKS) {
      bench.tell(`${bench.made} groups: ${name} of ${stack}, ${repeat} of ${repeats}`);
      const run = await bench.projects[stack].pulumi(PHASES[name]);
      seconds[stack].push(run.seconds);
      for (const [key, bytes] of Object.entries(run.peakBytes)) {
        const role = /** @type {Role} */ (key);
        memory[stack][role] = Math.max(memory[stack][role] ?? 0, bytes);
      }
    }
  }
  return { seconds, calls: await bench.cams.calls() };
}

/**
 * What the engine takes by itself: no-op resources whose provider text is one line, as Rollcall's is, so that nothing is
 * serialised.
 * @param {Bench} bench @param {number} groups
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
