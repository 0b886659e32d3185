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
import { GROUPS, LATE, NEW_NUMBER, NOT_ADOPTED, strangersOf, WORLD } from "./world.mjs";

const run = (command, more = {}) => ({ act: "run", command, ...more });
const world = (what) => ({ act: "world", ...what });

/** Groups of which somebody is to be removed. */
const leaving = (groups) =>
  groups.filter(({ drops, strangers, protect }) => drops.length + strangers.length - protect.length > 0);

/** What may come between two runs and has to change nothing. */
function between({ chance }) {
  return [...(chance(0.25) ? [run("refresh")] : []), ...(chance(0.2) ? [{ act: "display" }] : [])];
}

/** People are removed, and one or two runs of it are killed or meet a failing CAMS. */
export function drawRemoval(dice, { groups, all, first }) {
  const { pick, chance } = dice;
  const ids = leaving(groups).map(({ group }) => group);
  const failing = (command, fault) => ({ ...inCommand(command, fault), group: pick(ids), times: pick([1, 1, 2, 3]) });
  const commands = [pick(["up", "up", "up --refresh"]), pick(["up", "up --refresh"])];
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
 */
export function drawHeld(dice, { groups: drawn }) {
  const { pick, chance, some, between: count } = dice;
  const group = pick(GROUPS.filter((one) => one !== NOT_ADOPTED));
  const drops = some(WORLD[group], 1);
  const declared = WORLD[group].filter((number) => !drops.includes(number));
  const others = drawn.filter((one) => one.group !== group && one.group !== NOT_ADOPTED);
  const groups = [
    ...others,
    { ...drawn.find((one) => one.group === group), declared, drops, strangers: [], protect: [] },
  ];
  const isMoved = chance(0.4);
  const { begins, settles } = isMoved ? numberChanges(group, pick(declared)) : mostLeave(group, some(declared, 4));
  // A look that lacks the new number alone is like one before it came, which nobody can tell.
  const faults = isMoved ? ["list-empty"] : LOSES_ROWS;
  const before = pick(["up", "up --refresh"]);
  const steps = Array.from({ length: count(2, 4) }, () => {
    const command = pick(["up", "up", "up --refresh", "refresh"]);
    if (chance(0.2)) return { act: "display" };
    if (chance(0.35)) return run(command);
    if (chance(0.6)) return run(command, { mischief: drawKillAround(dice, command, group, leaving(others)) });
    return run(command, { mischief: drawLostRows(dice, firstLooks(command), group, faults) });
  });
  const again = pick(["up", "up --refresh"]);
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

function mostLeave(group, gone) {
  const people = gone.map((number) => ({ group, number }));
  const joins = strangersOf(group).map((number) => ({ group, number }));
  return { begins: { leaves: people, joins }, settles: { drops: people } };
}

function numberChanges(group, from) {
  const settles = { drops: [{ group, number: from }], declares: [{ group, number: NEW_NUMBER }] };
  return { begins: { changes: [{ group, from, to: NEW_NUMBER }] }, settles };
}

/** A group that is held is looked at, and no more. */
const firstLooks = (command) => stepsOf(command).filter(({ step }) => step === "read" || step === "roll call");

/** A kill at one of the looks at a group that is held, or while somebody is removed from another one. */
function drawKillAround(dice, command, group, others) {
  const { chance } = dice;
  const victims = ["everything", "provider", "engine", ...(command === "refresh" ? [] : ["program"])];
  const ids = others.map((one) => one.group);
  if (ids.length === 0 || chance(0.5)) return drawKill(dice, firstLooks(command), [group], victims);
  return drawKill(dice, stepsOf(command), ids, victims);
}

/** A run ends, by a kill of the engine, by a signal or for a full disk, while removals are under way; then the world is another. */
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
      ...(mischief.kind === "disk" ? [] : [{ act: "wait", untilMs: 7_000 }]),
    ],
  };
}

const some = ({ between: count, some: of }, list) => of(list, count(1, list.length));

/** A plan is saved; people come and go; it is applied, perhaps with mischief, and again until it is carried out. */
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
