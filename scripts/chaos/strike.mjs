/** Runs of Pulumi that meet a mischief: what is armed before, and who is killed or told to stop at which moment. */
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { kill, killTree, tree } from "../local/processes.mjs";
import { fillDisk } from "./disk.mjs";
import { AUDIT_LOG } from "./project.mjs";

const LOOK_EVERY_MS = 10;

/** What is on the wire when a run is killed may still come in. */
const KILL_GRACE_MS = 400;
/** A signal has to reach the engine, and the engine has to tell the provider. */
const SIGNAL_GRACE_MS = 2_000;

/**
 * @typedef {object} Struck
 * @property {boolean} did whether the mischief took place
 * @property {object} run how the run ended
 * @property {number} end from when on nothing may be sent any more, in ms @property {number} graceMs
 * @property {readonly number[]} orphans processes that live on
 */

/**
 * @param {{ project: object, cams: object }} game
 * @param {(options?: object) => object} begin starts the run
 * @returns {Promise<Struck & { disk?: object }>}
 */
export function strikeRun(game, begin, mischief) {
  if (mischief === undefined) return undisturbed(begin);
  if (mischief.kind === "fault") return withFault(game, begin, mischief);
  if (mischief.kind === "disk") return onFullDisk(game, begin, mischief);
  return atMoment(game, begin, mischief);
}

async function undisturbed(begin, options) {
  const run = await begin(options).ended;
  return { did: true, run, end: Date.now(), graceMs: 0, orphans: [] };
}

/** Arms what strikes the nth call of an action on a group, and lets those before it pass. */
async function arm(cams, { action, group, nth, fault, times, afterMs }) {
  await cams.disarm();
  if (nth > 1) await cams.arm({ fault: "slow", action, groupId: group, times: nth - 1 });
  const how = { ...(times === undefined ? {} : { times }), ...(afterMs === undefined ? {} : { afterMs }) };
  await cams.arm({ fault, action, groupId: group, ...how });
}

const callsOf = (calls, { action, group }) => calls.filter((call) => call.action === action && call.groupId === group);

async function withFault({ cams }, begin, mischief) {
  const before = (await cams.calls()).length;
  await arm(cams, mischief);
  const struck = await undisturbed(begin);
  const { length } = callsOf((await cams.calls()).slice(before), mischief);
  return { ...struck, did: length >= mischief.nth };
}

async function onFullDisk({ project }, begin, { room }) {
  const [folder, name] = AUDIT_LOG.split("/");
  const disk = fillDisk(join(project.folder, folder), name, room);
  const struck = await undisturbed(begin, { under: disk.under });
  const did = disk.isFull();
  disk.makeRoom();
  return { ...struck, did, disk };
}

/** Waits for the moment, and kills or sends a signal. */
async function atMoment({ project, cams }, begin, mischief) {
  const { action, nth, call = nth, fault, afterMs, thenMs, kind } = mischief;
  const before = (await cams.calls()).length;
  if (fault !== undefined) await arm(cams, mischief);
  const run = begin();
  let over = false;
  void run.exited.then(() => (over = true));

  const reached = async () => {
    const calls = (await cams.calls()).slice(before);
    if (action === undefined) return calls.length > 0;
    const found = callsOf(calls, mischief)[call - 1];
    return found !== undefined && (fault !== undefined || found.code !== "");
  };
  while (!over && !(await reached())) await sleep(LOOK_EVERY_MS);
  const wait = action === undefined ? afterMs : thenMs;
  if (!over && wait > 0) await sleep(wait);
  const family = over ? [] : tree(run.pid);
  const did = !over && (kind === "kill" ? killIn(run.pid, family, mischief) : signalTo(run.pid, family, mischief));
  const end = Date.now();
  project.note(
    did ? `struck: ${mischief.victim ?? `${mischief.signal} to the ${mischief.target}`}` : "the run was over",
  );
  if (mischief.victim === "engine" && did) {
    const orphans = family.filter(({ command }) => !ENGINE.test(command)).map(({ pid }) => pid);
    return { did, run: await run.exited, end, graceMs: KILL_GRACE_MS, orphans };
  }
  const ended = await run.ended;
  const isLast = did && (kind === "signal" || mischief.victim === "everything");
  const graceMs = kind === "signal" ? SIGNAL_GRACE_MS : KILL_GRACE_MS;
  return { did, run: ended, end: isLast ? end : Date.now(), graceMs, orphans: [] };
}

const ENGINE = /(^|\/)pulumi /;
/** Command lines of what may be killed alone. */
const ALONE = { provider: /dynamic-provider/, program: /cmd\/run/, engine: ENGINE };

function killIn(pid, family, { victim }) {
  if (victim === "everything") {
    killTree(pid);
    return true;
  }
  const victims = family.filter(({ command }) => ALONE[victim].test(command));
  victims.forEach((one) => kill(one.pid));
  return victims.length > 0;
}

function signalTo(pid, family, { signal, target }) {
  const engine = family.find(({ command }) => ENGINE.test(command));
  const to = { launcher: pid, group: -pid, engine: engine?.pid }[target];
  if (to === undefined) return false;
  try {
    return process.kill(to, signal);
  } catch (error) {
    if (error.code === "ESRCH") return false;
    throw error;
  }
}
