/** What happens in one run of the chaos, act by act, and what is noted of it for the judgement. */
import { setTimeout as sleep } from "node:timers/promises";
import { strikeRun } from "./strike.mjs";
import { memoryKept } from "./run-invariants.mjs";
import { tagged } from "./wire.mjs";

/**
 * @import { Act, ChaosCams, Change, Command, Display, Game, Mischief, People, Person, RunAct, Scenario, Wire } from "./types.js"
 * @import { ChaosProject } from "./project.mjs"
 */

const PLAN = "plan.json";
/** Times that a plan may be applied until it is carried out. */
const MOST_APPLIES = 3;
/** What a run says of a plan that can be applied no more, though the rosters are the same. */
const SPENT = /the plan was applied before|another run has written removals of the group since/;
/** What CAMS does wrong may last into the next run. */
const KEPT_MS = 3_000;

/** @type {Readonly<Record<Command, readonly string[]>>} */
const COMMANDS = {
  up: ["up", "--yes", "--skip-preview"],
  "up --refresh": ["up", "--yes", "--skip-preview", "--refresh"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  plan: ["preview", "--save-plan", PLAN],
  apply: ["up", "--yes", "--skip-preview", "--plan", PLAN],
};
/** @type {Readonly<Record<Display, Display>>} */
const OTHER_DISPLAY = { full: "masked", masked: "full" };

/**
 * A new game on a project.
 * @param {ChaosProject} project @param {ChaosCams} cams @param {Wire} wire
 * @param {Pick<Scenario, "display" | "settings" | "groups">} scenario
 * @returns {Game}
 */
export function newGame(project, cams, wire, { display, settings, groups }) {
  return {
    ...{ project, cams, wire, display, settings, groups },
    ...{ wishes: [], problems: [], struck: [], runs: [], holds: [], plans: [], ups: [], orphans: [] },
    ...{ disk: undefined, passing: undefined, struckAt: 0, torn: 0, holding: new Map() },
  };
}

/**
 * Carries out one act of a scenario.
 * @param {Game} game @param {Act} act
 * @returns {Promise<unknown>}
 */
export async function perform(game, act) {
  switch (act.act) {
    case "run":
      return runOf(game, act);
    case "world":
      return changeWorld(game, act);
    case "display":
      game.display = OTHER_DISPLAY[game.display];
      game.project.note(`display: ${game.display}`);
      return;
    case "hold":
      return game.holding.set(act.group, (await game.cams.calls()).length);
    case "release":
      return release(game, act.group);
    case "carry out":
      return carryOut(game, act);
    case "wait":
      await sleep(Math.max(0, game.struckAt + act.untilMs - Date.now()));
      return game.passing;
  }
}

/**
 * One run of Pulumi.
 * @param {Game} game @param {Omit<RunAct, "act">} act
 * @returns how it ended
 */
export async function runOf(game, { command, by = "pulumi", mischief, kept = false }) {
  const { project, cams, problems } = game;
  const number = game.runs.length + 1;
  const name = `run ${number} (${command})`;
  project.configure({ ...game.settings, endpoint: game.wire.url, display: game.display });
  const calls = (await cams.calls()).length;
  if (game.wishes.at(-1)?.groups !== game.groups) game.wishes.push({ from: calls, groups: game.groups });
  if (command === "plan") game.planned = await planned(game);
  const plan = { from: calls, people: game.planned ?? {} };

  const env = { ...tagged(number), ...(command === "apply" ? { ROLLCALL_PLAN: PLAN } : {}) };
  const isRefresh = command === "refresh" && mischief === undefined;
  const before = isRefresh ? await project.exported("--show-secrets") : "";
  /** @type {import("./types.js").Begin} */
  const begin = (options) => project.begin(COMMANDS[command], { by, env, ...options });
  const struck = await strikeRun(game, begin, mischief);
  if (isRefresh) problems.push(...memoryKept(before, await project.exported("--show-secrets")));

  const { run, did, end, graceMs, orphans, disk } = struck;
  game.runs.push({ name, number, end, graceMs });
  game.orphans.push(...orphans);
  game.disk ??= disk;
  if (disk !== undefined) game.torn += 1;
  if (run.timedOut) problems.push(`${name} hangs: it was ended after 3 minutes`);
  if (run.all.includes("the stack is currently locked")) problems.push(`${name}: the stack is locked`);
  if (command === "apply") game.plans.push({ ...plan, until: (await cams.calls()).length });
  if (mischief === undefined) {
    if (command.startsWith("up")) game.ups.push({ name, code: run.code, holding: [...game.holding.keys()] });
  } else {
    game.struck.push(did);
    game.struckAt = end;
    await afterMischief(game, mischief, kept);
  }
  return run;
}

/**
 * Gives the lock back where nothing else does, and lets CAMS be as it was.
 * @param {Game} game @param {Mischief} mischief @param {boolean} kept
 */
async function afterMischief(game, { kind }, kept) {
  const { project, cams } = game;
  if (kind === "kill") await project.pulumi("cancel", "--yes");
  for (const group of (await cams.groups()).keys()) await cams.activate(group);
  if (kept) game.passing = sleep(KEPT_MS).then(() => cams.disarm());
  else await cams.disarm();
}

/**
 * Who is to be removed if everything is as it is now, by group.
 * @param {Game} game
 * @returns {Promise<People>}
 */
async function planned({ cams, groups }) {
  const found = await cams.groups();
  const people = groups.map(({ group, declared, protect }) => {
    const staying = [...declared, ...protect];
    const there = found.get(group)?.participants ?? [];
    return /** @type {const} */ ([group, there.filter((number) => !staying.includes(number))]);
  });
  return Object.fromEntries(people);
}

/**
 * Applies the plan until it is carried out. A plan that makes the resource of a group can do so once only, and one whose
 * removals another run has written since can't be told any more: then the run says so, and a new plan is made.
 * @param {Game} game @param {{ mayBeHeld: readonly string[] }} act
 */
async function carryOut(game, { mayBeHeld }) {
  let code = -1;
  for (let times = 0; code !== 0 && times < MOST_APPLIES; times += 1) {
    const run = await runOf(game, { command: "apply" });
    ({ code } = run);
    if (mayBeHeld.length > 0) break;
    if (code !== 0 && SPENT.test(run.all)) await runOf(game, { command: "plan" });
  }
  if (code !== 0 && mayBeHeld.length === 0) game.problems.push(`the plan is not carried out by ${MOST_APPLIES} runs`);
  game.carriedOut = { groups: await game.cams.groups(), people: game.planned ?? {}, mayBeHeld };
}

/**
 * What goes on between two runs: people come, leave and change their numbers, and rosters change.
 * @param {Game} game @param {Change} change
 */
async function changeWorld(game, { joins = [], leaves = [], changes = [], declares = [], drops = [] }) {
  const { project, cams } = game;
  for (const { group, number } of leaves) await cams.leave(group, number);
  for (const { group, number } of joins) await cams.join(group, number);
  for (const { group, from, to } of changes) await cams.changeNumber(group, from, to);
  project.note(`world: ${JSON.stringify({ joins, leaves, changes, declares, drops })}`);
  if (declares.length + drops.length === 0) return;
  /** @param {readonly Person[]} list @param {string} group */
  const of = (list, group) => list.filter((one) => one.group === group).map(({ number }) => number);
  game.groups = game.groups.map((one) => {
    const dropped = of(drops, one.group);
    const declared = one.declared.filter((number) => !dropped.includes(number));
    return { ...one, declared: [...declared, ...of(declares, one.group)] };
  });
  game.groups.forEach((one) => project.declare(one));
}

/** @param {Game} game @param {string} group */
async function release(game, group) {
  game.holds.push({ group, from: game.holding.get(group) ?? 0, until: (await game.cams.calls()).length });
  game.holding.delete(group);
}
