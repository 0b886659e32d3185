/** Runs of Pulumi that meet a mischief: what is armed before, and who is killed or told to stop at which moment. */
import { setTimeout as sleep } from "node:timers/promises";
import { basename, dirname, join } from "node:path";
import { codeOf } from "../lib/failure.mjs";
import { kill, killTree, tree } from "../local/processes.mjs";
import { fillDisk } from "./disk.mjs";
import { AUDIT_LOG } from "./project.mjs";

const LOOK_EVERY_MS = 10;

/** What is on the wire when a run is killed may still come in. */
const KILL_GRACE_MS = 400;
/** A signal has to reach the engine, and the engine has to tell the provider. */
const SIGNAL_GRACE_MS = 2_000;

/**
 * @import { Begin, ChaosCams, Fault, FullDisk, Game, Kill, Mischief, Signal, Struck, Target } from "./types.js"
 * @typedef {import("../local/processes.mjs").Process} Process
 */

/**
 * @param {Game} game
 * @param {Begin} begin
 * @param {Mischief | undefined} mischief
 * @returns {Promise<Struck>}
 */
export function strikeRun(game, begin, mischief) {
  if (mischief === undefined) return undisturbed(begin);
  if (mischief.kind === "fault") return withFault(game, begin, mischief);
  if (mischief.kind === "disk") return onFullDisk(game, begin, mischief);
  return atMoment(game, begin, mischief);
}

/** @param {Begin} begin @param {Parameters<Begin>[0]} [options] @returns {Promise<Struck>} */
async function undisturbed(begin, options) {
  const run = await begin(options).ended;
  return { did: true, run, end: Date.now(), graceMs: 0, orphans: [] };
}

/**
 * Arms what strikes the nth call of an action on a group, and lets those before it pass.
 * @param {ChaosCams} cams
 * @param {Partial<Pick<Fault, "action" | "group" | "number" | "nth" | "fault" | "times" | "value">> & { afterMs?: number }} mischief
 */
async function arm(cams, { action, group, number, nth = 1, fault, ...how }) {
  const { times, afterMs, value } = how;
  const where = { action, groupId: group, number };
  await cams.disarm();
  if (nth > 1) await cams.arm({ fault: "slow", ...where, times: nth - 1 });
  await cams.arm({ fault, ...where, times, afterMs, value });
}

/**
 * @param {readonly import("../local/control.mjs").Call[]} calls
 * @param {{ action?: string, group?: string, number?: string }} where
 */
const callsOf = (calls, { action, group, number }) =>
  calls.filter(
    (call) =>
      call.action === action &&
      (group === undefined || call.groupId === group) &&
      (number === undefined || call.to === number),
  );

/** @param {Pick<Game, "cams">} game @param {Begin} begin @param {Fault} mischief @returns {Promise<Struck>} */
async function withFault({ cams }, begin, mischief) {
  const before = (await cams.calls()).length;
  await arm(cams, mischief);
  const struck = await undisturbed(begin);
  const { length } = callsOf((await cams.calls()).slice(before), mischief);
  return { ...struck, did: length >= mischief.nth };
}

/** @param {Game} game @param {Begin} begin @param {FullDisk} mischief @returns {Promise<Struck>} */
async function onFullDisk(game, begin, { room }) {
  const log = join(game.project.folder, AUDIT_LOG);
  game.audited = auditOf(game);
  game.disk?.release();
  const disk = fillDisk(dirname(log), basename(log), room);
  game.disk = disk;
  const struck = await undisturbed(begin, { under: disk.under });
  const did = disk.isFull();
  disk.makeRoom();
  game.torn += 1;
  return { ...struck, did };
}

/** The audit log of all runs, also of those before its disk was filled. @param {Pick<Game, "project" | "disk" | "audited">} game */
export const auditOf = ({ project, disk, audited }) =>
  audited + project.read(AUDIT_LOG).slice(disk?.filler.length ?? 0);

/**
 * Waits for the moment, and kills or sends a signal.
 * @param {Pick<Game, "project" | "cams">} game @param {Begin} begin @param {Kill | Signal} mischief
 * @returns {Promise<Struck>}
 */
async function atMoment({ project, cams }, begin, mischief) {
  const { action, nth = 1, call = nth, fault, afterMs = 0, thenMs = 0 } = mischief;
  const before = (await cams.calls()).length;
  if (fault !== undefined) await arm(cams, mischief);
  const run = begin();
  const life = { isOver: false };
  void run.exited.then(() => (life.isOver = true));

  const reached = async () => {
    const calls = (await cams.calls()).slice(before);
    if (action === undefined) return calls.length > 0;
    const found = callsOf(calls, mischief)[call - 1];
    return found !== undefined && (fault !== undefined || found.code !== "");
  };
  while (!life.isOver && !(await reached())) await sleep(LOOK_EVERY_MS);
  const wait = action === undefined ? afterMs : thenMs;
  if (!life.isOver && wait > 0) await sleep(wait);
  const { isOver } = life;
  const family = isOver ? [] : tree(run.pid);
  const did =
    !isOver && (mischief.kind === "kill" ? killIn(run.pid, family, mischief) : signalTo(run.pid, family, mischief));
  const end = Date.now();
  const what = mischief.kind === "kill" ? mischief.victim : `${mischief.signal} to the ${mischief.target}`;
  project.note(did ? `struck: ${what}` : "the run was over");
  if (did && mischief.kind === "kill" && mischief.victim === "engine") {
    const orphans = family.filter(({ command }) => !ENGINE.test(command)).map(({ pid }) => pid);
    return { did, run: await run.exited, end, graceMs: KILL_GRACE_MS, orphans };
  }
  const ended = await run.ended;
  const isLast = did && (mischief.kind === "signal" || mischief.victim === "everything");
  const graceMs = mischief.kind === "signal" ? SIGNAL_GRACE_MS : KILL_GRACE_MS;
  return { did, run: ended, end: isLast ? end : Date.now(), graceMs, orphans: [] };
}

const ENGINE = /(^|\/)pulumi /;
/** Command lines of what may be killed alone. */
const ALONE = { provider: /dynamic-provider/, program: /cmd\/run/, engine: ENGINE };

/** @param {number} pid @param {readonly Process[]} family @param {Kill} mischief */
function killIn(pid, family, { victim }) {
  if (victim === "everything") {
    killTree(pid);
    return true;
  }
  const victims = family.filter(({ command }) => ALONE[victim].test(command));
  victims.forEach((one) => kill(one.pid));
  return victims.length > 0;
}

/** @param {number} pid @param {readonly Process[]} family @param {Signal} mischief */
function signalTo(pid, family, { signal, target }) {
  const engine = family.find(({ command }) => ENGINE.test(command));
  /** @type {Readonly<Record<Target, number | undefined>>} */
  const ids = { launcher: pid, group: -pid, engine: engine?.pid };
  const to = ids[target];
  if (to === undefined) return false;
  try {
    return process.kill(to, signal);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
    throw error;
  }
}
