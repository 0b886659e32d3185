/** Plays one scenario: the world, act by act, the runs after it, and the judgement. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { COMPILED } from "../lib/build.mjs";
import { kill } from "../local/processes.mjs";
import { newGame, perform, releaseMistaken, runOf } from "./acts.mjs";
import { startChaosCams } from "./cams.mjs";
import * as invariants from "./invariants.mjs";
import * as ofMessages from "./message-invariants.mjs";
import * as ofRuns from "./run-invariants.mjs";
import { businessNumbers, ChaosProject, MASK_KEY } from "./project.mjs";
import { drawScenario } from "./scenario.mjs";
import { auditOf } from "./strike.mjs";
import { openWire } from "./wire.mjs";
import { GROUPS, NOT_ADOPTED, peopleOf, rosterOf } from "./world.mjs";

/**
 * @import { ChaosCams, Display, Fault, Game, Played, Scenario, Wire, Wish } from "./types.js"
 */

/** Runs without mischief in which a world has to come to rest. */
const MOST_RUNS = 4;

/**
 * A stack whose groups are adopted, with everybody declared who is there: every run begins with a copy of it.
 * @param {string} folder @param {Display} display
 */
export async function prepare(folder, display) {
  const project = ChaosProject.make(folder);
  const groups = GROUPS.map((groupId) => ({ groupId, subject: groupId, participants: peopleOf(groupId) }));
  const seed = project.write("seed.json", JSON.stringify({ businessNumbers: businessNumbers(groups) }));
  const cams = await startChaosCams(project.dist, seed);
  try {
    project.faults = await cams.faults();
    await project.pulumi("stack", "init");
    project.endpoint = cams.url;
    project.configure({ endpoint: cams.url, display });
    for (const group of GROUPS.filter((one) => one !== NOT_ADOPTED)) {
      project.declare({ name: rosterOf(group), group, declared: peopleOf(group), protect: [] });
    }
    const { code, all } = await project.pulumi("up", "--yes", "--skip-preview");
    if (code !== 0) throw new Error(`the first run failed:\n${all}`);
  } finally {
    await cams.stop();
  }
  return project;
}

/**
 * One run of the chaos.
 * @param {Readonly<Record<Display, ChaosProject>>} prepared by `display`
 * @param {number} seed
 * @param {string} folder for this run alone
 * @returns {Promise<Played>}
 */
export async function play(prepared, seed, folder) {
  const scenario = drawScenario(seed, prepared.full.faults);
  const { slowness } = scenario;
  const cams = await startChaosCams(prepared.full.dist, join(prepared.full.folder, "seed.json"), slowness);
  const wire = await openWire(cams.url);
  try {
    const project = prepared[scenario.display].copyTo(folder, wire.url);
    const result = await playOn(project, cams, wire, scenario);
    return { ...result, transcript: project.read("transcript") };
  } finally {
    wire.close();
    await cams.stop();
  }
}

/**
 * @param {ChaosProject} project @param {ChaosCams} cams @param {Wire} wire @param {Scenario} scenario
 * @returns {Promise<Omit<Played, "transcript">>}
 */
async function playOn(project, cams, wire, scenario) {
  const { groups, acts, mischiefs } = scenario;
  project.note(`scenario ${JSON.stringify(scenario, undefined, 1)}`);
  const game = newGame(project, cams, wire, scenario);
  try {
    for (const one of groups) {
      project.declare(one);
      for (const number of one.strangers) await cams.join(one.group, number);
    }
    for (const act of acts) await perform(game, act);
    await cams.disarm();
    const [endless] = mischiefs.flatMap((one) => (one.kind === "fault" && one.end !== undefined ? one : []));
    const runs = await comeToRest(game, endless);
    if (isInviting(game)) await lookOnceMore(game, scenario);
    await judge(game, endless);
    if (isInviting(game)) await judgeMessages(game);
    if (scenario.seed % 5 === 0) await destroy(game);
    return { scenario, struck: game.struck, runs, problems: game.problems };
  } finally {
    game.orphans.forEach(kill);
    game.disk?.release();
  }
}

/**
 * What the rosters say in the end, of the groups that are still there.
 * @param {Game} game @param {Fault | undefined} endless
 */
function wishOf({ groups }, endless) {
  return { groups: groups.filter(({ group }) => endless?.end !== "gone" || group !== endless.group) };
}

/** How many runs without mischief it takes. @param {Game} game @param {Fault | undefined} endless a fault that stays */
async function comeToRest(game, endless) {
  for (let runs = 1; runs <= MOST_RUNS; runs += 1) {
    const { code, all } = await runOf(game, { command: "up" });
    const isDone = code === 0 || endless !== undefined;
    if (isDone && invariants.asWished(await game.cams.groups(), wishOf(game, endless)).length === 0) return runs;
    await releaseMistaken(game, all);
  }
  game.problems.push(`after ${MOST_RUNS} runs without mischief pulumi up does not end well`);
  return MOST_RUNS;
}

/** @param {Pick<Game, "settings">} game */
const isInviting = ({ settings }) => "invitationTemplate" in settings;

/** A last run, when CAMS lists all messages. @param {Game} game @param {Pick<Scenario, "slowness">} scenario */
async function lookOnceMore(game, { slowness }) {
  await sleep(slowness?.listedAfterMs ?? 0);
  await runOf(game, { command: "up" });
}

/** Nobody is removed or written to when the stack is destroyed. @param {Game} game */
async function destroy(game) {
  const before = (await game.cams.calls()).length;
  await runOf(game, { command: "destroy" });
  game.problems.push(...invariants.onlyLooked((await game.cams.calls()).slice(before)));
}

/** @param {Game} game */
async function judgeMessages(game) {
  const { project, cams, wire, problems, wishes, came, gone, left, lets } = game;
  const [calls, groups, messages, sent] = [
    await cams.calls(),
    await cams.groups(),
    await cams.messages(),
    wire.messages(),
  ];
  const known = ofMessages.withRequests(messages, sent);
  const records = ofMessages.recordsIn(await project.exported("--show-secrets"));
  const wish = wishOf(game, undefined);
  const audit = auditOf(game);
  problems.push(
    ...ofMessages.everySenderKnown(calls, messages, sent),
    ...ofMessages.onceALink(messages, lets),
    ...ofMessages.nobodyRemoved(known, calls, groups),
    ...ofMessages.nobodyWhoLeft(known, left, wishes),
    ...ofMessages.onlyDeclared(sent, wishes),
    ...ofMessages.asRunsMay(game.runs, sent),
    ...ofMessages.onlyPlannedMessages(sent, game.plannedMessages),
    ...ofMessages.nothingByMarketing(sent, game.marketing),
    ...ofMessages.allOnRecord(messages, records, wish, came, lets),
    ...ofMessages.ownIds(messages, records),
    ...ofMessages.everybodyInvited(records, groups, wish, gone),
    ...ofMessages.auditTellsMessages(audit, calls, masked()),
  );
  project.note(`messages ${JSON.stringify(known, undefined, 1)}`);
  project.note(`records ${JSON.stringify(records, undefined, 1)}`);
}

/** @param {Game} game @param {Fault | undefined} endless */
async function judge(game, endless) {
  const { project, cams, wire, problems, wishes, carriedOut } = game;
  const wish = wishOf(game, endless);
  problems.push(...(await stateInTheEnd(project, wish)));
  const calls = await cams.calls();
  const found = await cams.groups();
  const audit = auditOf(game);
  problems.push(
    ...invariants.asWished(found, wish),
    ...invariants.removedRightly(found, wishes),
    ...invariants.nobodyUnplanned(calls, wishes),
    ...invariants.nobodyTwice(calls),
    ...invariants.smallCalls(calls),
    ...invariants.auditTellsAll(audit, calls, masked(), game.torn),
    ...ofRuns.nothingLate(game.runs.map((run) => ({ ...run, removals: wire.removalsOf(run.number) }))),
    ...ofRuns.everyRunKnown(wire.counts(), calls),
    ...ofRuns.heldStays(calls, game.holds, game.ups),
    ...ofRuns.onlyThePlanned(calls, game.plans),
    ...(carriedOut === undefined ? [] : ofRuns.planDone(carriedOut.groups, carriedOut.people, carriedOut.mayBeHeld)),
  );
  project.note(calls.map((call, index) => `call ${index} ${JSON.stringify(call)}`).join("\n"));
  project.note(audit);
}

/**
 * What is wrong with the state. Pulumi itself keeps the mark of a creation that was cut off, even when a later run has
 * created the resource, until a refresh is told to clear it.
 * @param {ChaosProject} project @param {Pick<Wish, "groups">} wish
 */
async function stateInTheEnd(project, wish) {
  const text = await project.exported();
  if (!invariants.hasPending(text)) return invariants.stateIsWhole(text, wish);
  await project.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
  return invariants.stateIsWhole(await project.exported(), wish);
}

/** Masks digits as the program itself does, with the key that the stack's settings give. */
function masked() {
  /** @type {unknown} */
  const found = createRequire(import.meta.url)(`../../${COMPILED}/provider/display.js`);
  const program = /** @type {typeof import("../../src/provider/display.js")} */ (found);
  return program.display({ display: "masked", maskKey: MASK_KEY }, () => undefined);
}
