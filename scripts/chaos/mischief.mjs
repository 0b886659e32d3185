/** What can go wrong in a run, drawn by chance: a kill, a signal, a failing CAMS, a full disk. */

/**
 * @import { Command, Dice, End, Fault, FaultAt, FullDisk, Kill, Manner, Moment, Signal, Step, Victim } from "./types.js"
 */

const LIST = "ListChatGroupParticipants";
const DELETE = "DeleteChatGroupParticipants";

/**
 * The calls of one group in one `up`, by the place where they stand in it.
 * @type {readonly [Step, Step, Step, Step]}
 */
const STEPS = [
  { step: "roll call", action: LIST, nth: 1 },
  { step: "list before the delete", action: LIST, nth: 2 },
  { step: "delete", action: DELETE, nth: 1 },
  { step: "confirming list", action: LIST, nth: 3 },
];
const [, SECOND_LOOK, REMOVAL] = STEPS;
/** @type {Step} */
const READ = { step: "read", action: LIST, nth: 1 };

/** The same in a run of another command: a refresh lists each group first. @param {Command} command @returns {readonly Step[]} */
export function stepsOf(command) {
  if (command === "refresh") return [READ];
  if (command !== "up --refresh") return STEPS;
  return [READ, ...STEPS.map((step) => ({ ...step, nth: step.nth + (step.action === LIST ? 1 : 0) }))];
}

/**
 * What CAMS does with the call at which everything is killed.
 * @type {readonly Manner[]}
 */
const DEATHS = [
  { manner: "call never carried out", fault: "hang" },
  { manner: "call carried out, no answer", fault: "hang-applied" },
  { manner: "call carried out just after", fault: "slow", afterMs: 150 },
  { manner: "call carried out during the next run", fault: "slow", afterMs: 4_000 },
  { manner: "call answered" },
  { manner: "call answered" },
];

/** @type {readonly Victim[]} */
const VICTIMS = ["everything", "everything", "everything", "everything", "provider", "program"];

/**
 * Faults after which the group can't come to rest: it is gone, or shows somebody for ever who is out.
 * @type {Readonly<Record<string, End>>}
 */
const WITHOUT_END = { "group-gone": "gone", "removal-never-shows": "shows for ever" };

/** Faults that change nothing here: they need a second page, and groups fit on one. */
const SECOND_PAGE = /^(total-changes|page-empty|page-repeated|page-unstable)$/;

/**
 * Every fault at every step of `up` where it can strike.
 * @param {readonly import("./cams.mjs").KnownFault[]} faults
 * @returns {FaultAt[]}
 */
export function everyFault(faults) {
  return faults
    .filter(({ name }) => !SECOND_PAGE.test(name))
    .flatMap(({ name, actions }) =>
      STEPS.filter(({ action }) => actions === null || actions.includes(action)).map((step) => ({
        kind: "fault",
        ...step,
        fault: name,
        end: WITHOUT_END[name],
      })),
    );
}

/** A fault as it strikes a run of this command. @param {Command} command @param {FaultAt} fault */
export function inCommand(command, fault) {
  const { nth } = stepsOf(command).find(({ step }) => step === fault.step) ?? fault;
  return { ...fault, nth };
}

/** Faults by which a listing lacks people, with nothing in it that shows it. */
export const LOSES_ROWS = ["list-empty", "row-withheld"];

/**
 * A kill at any of some steps, half of the time around the delete.
 * @param {Dice} dice @param {readonly Step[]} steps @param {readonly string[]} groups @param {readonly Victim[]} victims
 * @returns {Kill}
 */
export function drawKill({ between, pick, chance }, steps, groups, victims = VICTIMS) {
  const victim = pick(victims);
  if (chance(0.15)) return { kind: "kill", victim, step: "any time", manner: "", afterMs: between(0, 1_200) };
  const removals = steps.filter(({ step }) => step === REMOVAL.step);
  const moment = pick([...steps, ...removals, ...removals]);
  return {
    kind: "kill",
    victim,
    group: pick(groups),
    ...moment,
    ...pick(DEATHS),
    thenMs: pick([0, 0, 5, 20, 60, 150]),
  };
}

/**
 * What keeps a removal from its end for longer than its run may live.
 * @type {readonly Manner[]}
 */
const UNDER_WAY = [
  { manner: "call throttled again and again", fault: "throttled-429", times: 500 },
  { manner: "call throttled again and again", fault: "throttled-429", times: 500 },
  { manner: "call never carried out", fault: "hang" },
  { manner: "call carried out, no answer", fault: "hang-applied" },
  { manner: "call carried out late", fault: "slow", afterMs: 2_500 },
  { manner: "call answered" },
];
/**
 * The same of the listing right before it.
 * @type {readonly Manner[]}
 */
const LISTED_LATE = [
  { manner: "call answered just after", fault: "slow", afterMs: 500 },
  { manner: "call answered late", fault: "slow", afterMs: 900 },
  { manner: "call never carried out", fault: "hang" },
];

/**
 * A moment in the life of a removal that goes on by itself.
 * @param {Dice} dice @param {string} group
 * @returns {Moment}
 */
function drawUnderWay({ between, pick, chance }, group) {
  if (chance(0.25)) return { group, ...SECOND_LOOK, ...pick(LISTED_LATE), thenMs: pick([0, 20, 150]) };
  const way = pick(UNDER_WAY);
  const nth = way.times === undefined ? 1 : between(1, 3);
  return { group, ...REMOVAL, ...way, call: nth, thenMs: pick([0, 5, 60, 300, 900]) };
}

/** The engine alone is killed: what it started lives on. @param {Dice} chance @param {string} group @returns {Kill} */
export function drawEngineKill(chance, group) {
  return { kind: "kill", victim: "engine", ...drawUnderWay(chance, group) };
}

export const TARGETS = /** @type {const} */ (["launcher", "engine", "group"]);

/** A signal to one of the processes. @param {Dice} chance @param {string} group @returns {Signal} */
export function drawSignal(chance, group) {
  const { pick } = chance;
  const signal = pick(/** @type {const} */ (["SIGTERM", "SIGINT"]));
  return { kind: "signal", signal, target: pick(TARGETS), ...drawUnderWay(chance, group) };
}

/** The audit log's disk fills up: an entry is some 200 bytes. @param {Dice} dice @returns {FullDisk} */
export function drawFullDisk({ between }) {
  return { kind: "disk", step: "audit log", room: between(0, 1_200) };
}

/**
 * A listing that loses rows, at one of the looks among some steps.
 * @param {Dice} dice @param {readonly Step[]} steps @param {string} group @param {readonly string[]} faults
 * @returns {Fault}
 */
export function drawLostRows({ pick, between }, steps, group, faults) {
  const look = pick(steps.filter(({ action }) => action === LIST));
  return { kind: "fault", group, ...look, fault: pick(faults), times: between(1, 3) };
}
