/**
 * The stories that chaos plays: a removal that meets mischief, a group that is held, a run whose calls outlive it, and a
 * reviewed plan. Each draws the acts of one run of the chaos.
 */
import {
  drawEngineKill,
  drawFullDisk,
  drawKill,
  drawLostRows,
  drawSignal,
  inCommand,
  LOSES_ROWS,
  stepsOf,
} from "./mischief.mjs";
import { GROUPS, LATE, NEW_NUMBER, NOT_ADOPTED, peopleOf, strangersOf } from "./world.mjs";

/**
 * @import { Act, Change, Command, Dice, Drawn, DrawnGroup, Fault, FaultAt, Mischief, RunAct, Story, Victim } from "./types.js"
 */

const UPS = /** @type {const} */ (["up", "up --refresh"]);

/** @param {Command} command @param {Omit<RunAct, "act" | "command">} more @returns {RunAct} */
const run = (command, more = {}) => ({ act: "run", command, ...more });
/** @param {Change} what @returns {Act} */
const world = (what) => ({ act: "world", ...what });

/** @type {Act} */
const DISPLAY = { act: "display" };
/** @param {number} untilMs @returns {Act} */
const wait = (untilMs) => ({ act: "wait", untilMs });

/** Groups of which somebody is to be removed. @param {readonly DrawnGroup[]} groups */
const leaving = (groups) =>
  groups.filter(({ drops, strangers, protect }) => drops.length + strangers.length - protect.length > 0);

/**
 * What may come between two runs and has to change nothing.
 * @param {Dice} dice
 * @returns {Act[]}
 */
function between({ chance }) {
  return [...(chance(0.25) ? [run("refresh")] : []), ...(chance(0.2) ? [DISPLAY] : [])];
}

/**
 * People are removed, and one or two runs of it are killed or meet a failing CAMS.
 * @param {Dice} dice @param {Drawn} drawn
 * @returns {Story}
 */
export function drawRemoval(dice, { groups, all, first }) {
  const { pick, chance } = dice;
  const ids = leaving(groups).map(({ group }) => group);
  /** @param {Command} command @param {FaultAt} fault @returns {Fault} */
  const failing = (command, fault) => ({ ...inCommand(command, fault), group: pick(ids), times: pick([1, 1, 2, 3]) });
  const commands = /** @type {const} */ ([pick(/** @type {const} */ (["up", "up", "up --refresh"])), pick(UPS)]);
  const one = first === undefined ? drawKill(dice, stepsOf(commands[0]), ids) : failing(commands[0], first);
  const endless = all.filter(({ end }) => end === undefined);
  const two = chance(0.5) ? drawKill(dice, stepsOf(commands[1]), ids) : failing(commands[1], pick(endless));
  const changeable = leaving(groups).flatMap(({ group, drops }) => drops.map((number) => ({ group, number })));
  const change = {
    joins: chance(0.25) ? [{ group: pick(groups).group, number: LATE }] : [],
    declares: chance(0.25) && changeable.length > 0 ? [pick(changeable)] : [],
  };
  return {
    acts: [
      run(commands[0], { mischief: one }),
      world(change),
      ...between(dice),
      ...(chance(0.3) ? [run(commands[1], { mischief: two })] : []),
      ...between(dice),
    ],
  };
}

/**
 * Most people leave and strangers come, or somebody's number becomes another one: the group is held, in every run and
 * after every refresh, kill, change of display and listing that loses rows, until its roster says who belongs there.
 * Before that somebody was dropped, and a listing may have lost rows at any of the looks of that run.
 * @param {Dice} dice @param {Drawn} drawn
 * @returns {Story}
 */
export function drawHeld(dice, { groups: drawn }) {
  const { pick, chance, some, between: count } = dice;
  const group = pick(GROUPS.filter((one) => one !== NOT_ADOPTED));
  const drops = some(peopleOf(group), 1);
  const declared = peopleOf(group).filter((number) => !drops.includes(number));
  const others = drawn.filter((one) => one.group !== group && one.group !== NOT_ADOPTED);
  const held = drawn.filter((one) => one.group === group);
  const groups = [...others, ...held.map((one) => ({ ...one, declared, drops, strangers: [], protect: [] }))];
  const isMoved = chance(0.4);
  const { begins, settles } = isMoved ? numberChanges(group, pick(declared)) : mostLeave(group, some(declared, 4));
  // A look that lacks the new number alone is like one before it came, which nobody can tell.
  const faults = isMoved ? ["list-empty"] : LOSES_ROWS;
  const before = pick(UPS);
  const steps = Array.from({ length: count(2, 4) }, () => {
    const command = pick(/** @type {const} */ (["up", "up", "up --refresh", "refresh"]));
    if (chance(0.2)) return DISPLAY;
    if (chance(0.35)) return run(command);
    if (chance(0.6)) return run(command, { mischief: drawKillAround(dice, command, group, leaving(others)) });
    return run(command, { mischief: drawLostRows(dice, firstLooks(command), group, faults) });
  });
  const again = pick(UPS);
  return {
    groups,
    acts: [
      ...(chance(0.5) ? [run(before, { mischief: drawLostRows(dice, stepsOf(before), group, faults) })] : []),
      world(begins),
      { act: "hold", group },
      ...steps,
      run(again),
      run(again),
      { act: "release", group },
      world(settles),
    ],
  };
}

/** @param {string} group @param {readonly string[]} gone @returns {{ begins: Change, settles: Change }} */
function mostLeave(group, gone) {
  const people = gone.map((number) => ({ group, number }));
  const joins = strangersOf(group).map((number) => ({ group, number }));
  return { begins: { leaves: people, joins }, settles: { drops: people } };
}

/** @param {string} group @param {string} from @returns {{ begins: Change, settles: Change }} */
function numberChanges(group, from) {
  const settles = { drops: [{ group, number: from }], declares: [{ group, number: NEW_NUMBER }] };
  return { begins: { changes: [{ group, from, to: NEW_NUMBER }] }, settles };
}

/** A group that is held is looked at, and no more. @param {Command} command */
const firstLooks = (command) => stepsOf(command).filter(({ step }) => step === "read" || step === "roll call");

/** @type {readonly Victim[]} */
const ALONE_OR_ALL = ["everything", "provider", "engine"];

/**
 * A kill at one of the looks at a group that is held, or while somebody is removed from another one.
 * @param {Dice} dice @param {Command} command @param {string} group @param {readonly DrawnGroup[]} others
 */
function drawKillAround(dice, command, group, others) {
  const { chance } = dice;
  /** @type {readonly Victim[]} */
  const victims = command === "refresh" ? ALONE_OR_ALL : [...ALONE_OR_ALL, "program"];
  const ids = others.map((one) => one.group);
  if (ids.length === 0 || chance(0.5)) return drawKill(dice, firstLooks(command), [group], victims);
  return drawKill(dice, stepsOf(command), ids, victims);
}

/**
 * A run ends, by a kill of the engine, by a signal or for a full disk, while removals are under way; then the world is
 * another.
 * @param {Dice} dice @param {Drawn} drawn
 * @returns {Story}
 */
export function drawLateRun(dice, { groups }) {
  const { pick, chance } = dice;
  const target = pick(leaving(groups));
  const { group, drops } = target;
  const mischief = chance(0.15)
    ? drawFullDisk(dice)
    : chance(0.6)
      ? drawEngineKill(dice, group)
      : drawSignal(dice, group);
  const change = {
    joins: chance(0.25) ? [{ group: pick(groups).group, number: LATE }] : [],
    declares: drops.length > 0 && chance(0.8) ? some(dice, drops).map((number) => ({ group, number })) : [],
  };
  return {
    settings: chance(0.25) ? { callsPerSecond: 3 } : {},
    acts: [
      run("up", { mischief, by: mischief.kind === "signal" || chance(0.3) ? "rollcall" : "pulumi", kept: chance(0.5) }),
      world(change),
      ...(chance(0.2) ? [run("refresh")] : []),
      run("up"),
      ...(mischief.kind === "disk" ? [] : [wait(7_000)]),
    ],
  };
}

/** Some of a list, at least one. @param {Dice} dice @param {readonly string[]} list */
const some = ({ between: count, some: of }, list) => of(list, count(1, list.length));

/**
 * A plan is saved; people come and go; it is applied, perhaps with mischief, and again until it is carried out.
 * @param {Dice} dice @param {Drawn} drawn
 * @returns {Story}
 */
export function drawPlan(dice, { groups, all }) {
  const { pick, chance } = dice;
  const ids = leaving(groups).map(({ group }) => group);
  const target = pick(leaving(groups));
  const { group } = target;
  const planned = [...target.drops, ...target.strangers.filter((number) => !target.protect.includes(number))];
  const staying = pick(groups);
  const leaver = chance(0.3) ? [{ group: staying.group, number: pick(staying.declared) }] : [];
  const command = "apply";
  const passing = all.filter(({ end, fault }) => end === undefined && fault !== "leave-race");
  /** @returns {Mischief} */
  const mischief = () =>
    chance(0.6)
      ? drawKill(dice, stepsOf(command), ids, ["everything", "everything", "provider", "engine"])
      : { ...pick(passing), group: pick(ids), times: pick([1, 2, 3]) };
  return {
    acts: [
      run("plan"),
      world({
        joins: groups.filter(() => chance(0.5)).map((one) => ({ group: one.group, number: LATE })),
        leaves: [...(chance(0.4) ? [{ group, number: pick(planned) }] : []), ...leaver],
      }),
      ...(chance(0.3) ? [run("refresh")] : []),
      ...(chance(0.7) ? [run(command, { mischief: mischief() })] : []),
      ...(chance(0.2) ? [run("refresh")] : []),
      { act: "carry out", mayBeHeld: leaver.map((one) => one.group) },
      world({ drops: leaver }),
    ],
  };
}
