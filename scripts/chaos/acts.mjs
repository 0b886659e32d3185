/** What happens in one run of the chaos, act by act, and what is noted of it for the judgement. */
import { setTimeout as sleep } from "node:timers/promises";
import { changeWorld, invitable, letBeWrittenTo } from "./changes.mjs";
import { strikeRun } from "./strike.mjs";
import { memoryKept } from "./run-invariants.mjs";
import { tagged } from "./wire.mjs";
import { NOT_ADOPTED, peopleOf, TEMPLATE } from "./world.mjs";

/**
 * @import { Act, ChaosCams, Command, Display, Game, Mischief, People, RunAct, Scenario, Wire } from "./types.js"
 * @import { ChaosProject } from "./project.mjs"
 */

const PLAN = "plan.json";
/** Times that a plan may be applied until it is carried out. */
const MOST_APPLIES = 3;
/** What a run says of a plan that can be applied no more, though the rosters are the same. */
const SPENT = /the plan was applied before|another run has written removals of the group since/;
/** Exit codes of a program that a signal ended: none, or 128 and the number of SIGINT or SIGTERM. */
const ENDED_BY_SIGNAL = [-1, 130, 143];
/** `maxInvitationsPerRun`, when the settings don't say it. */
const MOST_MESSAGES = 20;
/** What CAMS does wrong may last into the next run. */
const KEPT_MS = 3_000;

/** @type {Readonly<Record<Command, readonly string[]>>} */
const COMMANDS = {
  up: ["up", "--yes", "--skip-preview"],
  "up --refresh": ["up", "--yes", "--skip-preview", "--refresh"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  plan: ["preview", "--save-plan", PLAN],
  apply: ["up", "--yes", "--skip-preview", "--plan", PLAN],
  destroy: ["destroy", "--yes", "--skip-preview"],
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
    ...{ came: [], gone: [], left: [], seen: seenAtFirst(groups), lets: [], plannedMessages: [], marketing: [] },
    ...{ disk: undefined, audited: "", passing: undefined, struckAt: 0, torn: 0, holding: new Map(), note: "none" },
  };
}

/** Who was there when the groups were adopted. @param {Game["groups"]} groups */
const seenAtFirst = (groups) =>
  new Set(
    groups
      .filter(({ group }) => group !== NOT_ADOPTED)
      .flatMap(({ group }) => peopleOf(group).map((number) => `${group} ${number}`)),
  );

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
    case "let": {
      letBeWrittenTo(game, act.people);
      return;
    }
    case "set":
      game.settings = act.settings;
      return;
    case "template":
      return changeTemplate(game, act.is);
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
  if (game.wishes.at(-1)?.groups !== game.groups)
    game.wishes.push({ from: calls, at: Date.now(), groups: game.groups });
  if (command === "plan") [game.planned, game.invitable] = [await planned(game), await invitable(game)];
  const plan = { from: calls, people: game.planned ?? {} };
  if (command === "apply") game.plannedMessages.push({ run: number, people: game.invitable ?? {} });

  const env = { ...tagged(number), ...(command === "apply" ? { ROLLCALL_PLAN: PLAN } : {}) };
  const isRefresh = command === "refresh" && mischief === undefined;
  const before = isRefresh ? await project.exported("--show-secrets") : "";
  /** @type {import("./types.js").Begin} */
  const begin = (options) => project.begin(COMMANDS[command], { by, env, ...options });
  const struck = await strikeRun(game, begin, mischief);
  if (isRefresh) problems.push(...memoryKept(before, await project.exported("--show-secrets")));

  const { run, did, end, graceMs, orphans } = struck;
  game.runs.push({ name, number, command, end, graceMs, mostMessages: mostMessages(game) });
  game.orphans.push(...orphans);
  game.note = noteAfter(game.note, { command, mischief, did, code: run.code });
  if (run.timedOut) problems.push(`${name} hangs: it was ended after 3 minutes`);
  if (run.all.includes("the stack is currently locked")) problems.push(`${name}: the stack is locked`);
  if (command === "apply") game.plans.push({ ...plan, until: (await cams.calls()).length });
  if (mischief === undefined) {
    if (command.startsWith("up") && run.code === 0) await noteWhoIsThere(game);
    if (command.startsWith("up")) game.ups.push({ name, code: run.code, holding: [...game.holding.keys()] });
  } else {
    game.struck.push(did);
    game.struckAt = end;
    await afterMischief(game, mischief, kept, run);
  }
  return run;
}

/** @param {Pick<Game, "settings">} game */
function mostMessages({ settings }) {
  const { maxInvitationsPerRun = MOST_MESSAGES } = /** @type {{ maxInvitationsPerRun?: number }} */ (settings);
  return maxInvitationsPerRun;
}

/** A run that ended well has seen everybody of its groups. @param {Pick<Game, "cams" | "groups" | "seen">} game */
async function noteWhoIsThere({ cams, groups, seen }) {
  const found = await cams.groups();
  for (const { group } of groups)
    for (const number of found.get(group)?.participants ?? []) seen.add(`${group} ${number}`);
}

/**
 * Meta makes something else of the template.
 * @param {Pick<Game, "cams" | "marketing" | "project">} game @param {Readonly<Record<string, string>>} is
 */
async function changeTemplate({ cams, marketing, project }, is) {
  await cams.template(TEMPLATE.code, is);
  project.note(`template: ${JSON.stringify(is)}`);
  const last = marketing.at(-1);
  if (is.category === "MARKETING") marketing.push({ from: Date.now(), until: Infinity });
  else if (last !== undefined) last.until = Date.now();
}

/**
 * Pulumi's note of what it began stays in state when the engine is killed, for the next look. A run that writes state
 * without taking that look to its end takes the note away. When the provider alone is killed, the engine ends its steps as
 * failed, and leaves no note.
 * @param {Game["note"]} note
 * @param {{ command: Command, mischief: Mischief | undefined, did: boolean, code: number }} run
 * @returns {Game["note"]}
 */
function noteAfter(note, { command, mischief, did, code }) {
  if (note === "lost" || command === "plan") return note;
  if (note === "kept") return command === "up" && code === 0 ? "none" : "lost";
  if (!did || mischief?.kind !== "kill" || command === "refresh") return "none";
  if (mischief.victim === "provider") return "lost";
  return ["everything", "engine"].includes(mischief.victim) ? "kept" : "none";
}

/**
 * Gives the lock back where nothing else does, and lets CAMS be as it was.
 * @param {Game} game @param {Mischief} mischief @param {boolean} kept @param {import("../local/processes.mjs").Ended} run
 */
async function afterMischief(game, { kind }, kept, run) {
  const { project, cams } = game;
  if (kind === "kill" || (kind === "signal" && endedBySignal(run))) await project.pulumi("cancel", "--yes");
  for (const group of (await cams.groups()).keys()) await cams.activate(group);
  if (kept) game.passing = sleep(KEPT_MS).then(() => cams.disarm());
  else await cams.disarm();
}

/**
 * Whether a signal came in the last moment of the CLI: it had told how the run ended, and listens to no signals any more
 * while it gives the lock back.
 * @param {import("../local/processes.mjs").Ended} run
 */
const endedBySignal = ({ code, all }) => ENDED_BY_SIGNAL.includes(code) && /^Duration: /m.test(all);

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
 * Where the note of a removal is lost, whoever was removed seems to have left, and a stranger who came since to be the
 * same person with a new number: the group is held. Somebody who knows better releases the stranger, as they are told to.
 * @param {Game} game @param {string} said by the run
 */
export async function releaseMistaken({ project, cams, note, groups }, said) {
  if (note !== "lost") return;
  const held = groups.filter(({ name, group }) => said.includes(`[number-change] ${name} (${group})`));
  const calls = (await cams.calls()).filter(({ action }) => action === "DeleteChatGroupParticipants");
  const found = await cams.groups();
  const releases = held.flatMap(({ name, group, declared, protect }) => {
    const asked = calls.flatMap(({ groupId, numbers }) => (groupId === group ? numbers : []));
    const there = found.get(group)?.participants ?? [];
    const isMistaken = declared.some((number) => asked.includes(number) && !there.includes(number));
    const numbers = there.filter((number) => !declared.includes(number) && !protect.includes(number));
    return isMistaken ? [{ name, numbers }] : [];
  });
  if (releases.length > 0) project.release(releases);
}

/** @param {Game} game @param {string} group */
async function release(game, group) {
  game.holds.push({ group, from: game.holding.get(group) ?? 0, until: (await game.cams.calls()).length });
  game.holding.delete(group);
}
