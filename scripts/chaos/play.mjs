/** Plays one scenario: the world, the mischief, the runs after it, and the judgement. */
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { kill, killTree, tree } from "../local/processes.mjs";
import { startChaosCams } from "./cams.mjs";
import * as invariants from "./invariants.mjs";
import { businessNumbers, ChaosProject, MASK_KEY } from "./project.mjs";
import { drawScenario, GROUPS, NOT_ADOPTED, rosterOf, WORLD } from "./scenario.mjs";

/** Runs without mischief in which a world has to come to rest. */
const MOST_RUNS = 4;
const LOOK_EVERY_MS = 10;

/** A stack whose groups are adopted, with everybody declared who is there: every run begins with a copy of it. */
export async function prepare(folder, display) {
  const project = ChaosProject.make(folder);
  const groups = GROUPS.map((groupId) => ({ groupId, subject: groupId, participants: WORLD[groupId] }));
  const seed = project.write("seed.json", JSON.stringify({ businessNumbers: businessNumbers(groups) }));
  const cams = await startChaosCams(project.dist, seed);
  try {
    await project.pulumi("stack", "init");
    project.configure({ endpoint: cams.url, display });
    for (const group of GROUPS.filter((one) => one !== NOT_ADOPTED)) {
      project.declare({ name: rosterOf(group), group, declared: WORLD[group], protect: [] });
    }
    const { code, all } = await project.startUp().ended;
    if (code !== 0) throw new Error(`the first run failed:\n${all}`);
  } finally {
    await cams.stop();
  }
  return project;
}

/**
 * One run of the chaos.
 * @param {{ full: ChaosProject, masked: ChaosProject }} prepared by `display`
 * @param {number} seed
 * @param {string} folder for this run alone
 * @returns {Promise<{ scenario: object, struck: boolean[], runs: number, problems: string[], transcript: string }>}
 */
export async function play(prepared, seed, folder) {
  const cams = await startChaosCams(prepared.full.dist, join(prepared.full.folder, "seed.json"));
  try {
    const scenario = drawScenario(seed, await cams.faults());
    const project = prepared[scenario.display].copyTo(folder);
    const result = await playOn(project, cams, scenario);
    return { ...result, transcript: project.read("transcript") };
  } finally {
    await cams.stop();
  }
}

async function playOn(project, cams, scenario) {
  const { display, groups, mischiefs, change } = scenario;
  project.note(`scenario ${JSON.stringify(scenario, undefined, 1)}`);
  project.configure({ endpoint: cams.url, display });
  for (const one of groups) {
    project.declare(one);
    for (const number of one.strangers) await cams.join(one.group, number);
  }
  const wishes = [{ from: 0, groups }];
  const problems = [];
  const struck = [];

  for (const [nth, mischief] of mischiefs.entries()) {
    const { did, run } = await (mischief.kind === "kill" ? upAndKill : upWithFault)(project, cams, mischief);
    struck.push(did);
    if (run.timedOut) problems.push(`pulumi up hangs: it was ended after 3 minutes`);
    if (mischief.kind === "kill") await project.pulumi("cancel", "--yes");
    for (const group of (await cams.groups()).keys()) await cams.activate(group);
    if (nth === 0) await changeWorld(project, cams, change, wishes);
  }
  await cams.disarm();

  const endless = mischiefs.find(({ end }) => end !== undefined);
  const wish = () => {
    const groupsLeft = wishes.at(-1).groups.filter(({ group }) => endless?.end !== "gone" || group !== endless.group);
    return { groups: groupsLeft };
  };
  let runs = 0;
  let atRest = false;
  while (!atRest && runs < MOST_RUNS) {
    runs += 1;
    const { code, timedOut } = await project.startUp().ended;
    if (timedOut) problems.push("pulumi up hangs: it was ended after 3 minutes");
    atRest = (code === 0 || endless !== undefined) && invariants.asWished(await cams.groups(), wish()).length === 0;
  }

  if (!atRest) problems.push(`after ${runs} runs without mischief pulumi up does not end well`);
  problems.push(...(await stateInTheEnd(project, wish())));
  const calls = await cams.calls();
  const found = await cams.groups();
  problems.push(
    ...invariants.asWished(found, wish()),
    ...invariants.removedRightly(found, wishes),
    ...invariants.nobodyUnplanned(calls, wishes),
    ...invariants.nobodyTwice(calls),
    ...invariants.smallCalls(calls),
    ...invariants.auditTellsAll(project.read("audit.jsonl"), calls, shownAs(display, project.dist)),
  );
  project.note(calls.map((call, index) => `call ${index} ${JSON.stringify(call)}`).join("\n"));
  project.note(project.read("audit.jsonl"));
  return { scenario, struck, runs, problems };
}

/**
 * What is wrong with the state. Pulumi itself keeps the mark of a creation that was cut off, even when a later run has
 * created the resource, until a refresh is told to clear it.
 */
async function stateInTheEnd(project, wish) {
  const text = await project.exported();
  if (!invariants.hasPending(text)) return invariants.stateIsWhole(text, wish);
  await project.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
  return invariants.stateIsWhole(await project.exported(), wish);
}

/** Arms what strikes the nth call of an action on a group, and lets those before it pass. */
async function arm(cams, { action, group, nth, fault, ...rest }) {
  await cams.disarm();
  if (nth > 1) await cams.arm({ fault: "slow", action, groupId: group, times: nth - 1 });
  await cams.arm({ fault, action, groupId: group, ...rest });
}

async function upWithFault(project, cams, { action, group, nth, fault, times }) {
  await arm(cams, { action, group, nth, fault, times });
  const run = await project.startUp().ended;
  const { length } = (await cams.calls()).filter((call) => call.action === action && call.groupId === group);
  return { did: length >= nth, run };
}

/** Starts `up`, waits for the moment, and kills. */
async function upAndKill(project, cams, mischief) {
  const { action, group, nth, fault, afterMs, thenMs, victim } = mischief;
  const before = (await cams.calls()).length;
  if (fault !== undefined)
    await arm(cams, { action, group, nth, fault, ...(afterMs === undefined ? {} : { afterMs }) });
  const run = project.startUp();
  let over = false;
  void run.ended.then(() => (over = true));

  const reached = async () => {
    const calls = (await cams.calls()).slice(before);
    if (action === undefined) return calls.length > 0;
    const call = calls.filter((one) => one.action === action && one.groupId === group)[nth - 1];
    return call !== undefined && (fault !== undefined || call.code !== "");
  };
  while (!over && !(await reached())) await sleep(LOOK_EVERY_MS);
  const wait = action === undefined ? afterMs : thenMs;
  if (!over && wait > 0) await sleep(wait);
  const did = !over && strike(run.pid, victim);
  project.note(did ? `killed: ${victim}` : "nothing was killed: the run was over");
  return { did, run: await run.ended };
}

/** Command lines of what may be killed alone. */
const ALONE = { provider: /dynamic-provider/, program: /cmd\/run/ };

function strike(pid, victim) {
  if (victim === "everything") {
    killTree(pid);
    return true;
  }
  const victims = tree(pid).filter(({ command }) => ALONE[victim].test(command));
  victims.forEach((one) => kill(one.pid));
  return victims.length > 0;
}

/** What goes on between two runs: somebody comes in by the link, somebody is declared again. */
async function changeWorld(project, cams, { joins, declares }, wishes) {
  if (joins !== undefined) await cams.join(joins.group, joins.number);
  if (declares === undefined) return;
  const groups = wishes
    .at(-1)
    .groups.map((one) =>
      one.group === declares.group ? { ...one, declared: [...one.declared, declares.number] } : one,
    );
  wishes.push({ from: (await cams.calls()).length, groups });
  groups.forEach((one) => project.declare(one));
}

/** How the audit log writes numbers: as the program itself does, with the key that the stack's settings give. */
function shownAs(display, dist) {
  const program = createRequire(join(dist, "provider/display.js"))("./display.js");
  return program.display({ display, maskKey: MASK_KEY }, () => undefined);
}
