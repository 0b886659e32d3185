/** Programs with all that they start, ended by their ids and by nothing else. */
import { execFileSync, spawn } from "node:child_process";
import { codeOf } from "../lib/failure.mjs";

/**
 * How a program ended: what it wrote to stdout, and to both. The code is -1 when a signal ended it.
 * @typedef {{ code: number, out: string, all: string, timedOut: boolean }} Ended
 * @typedef {ReturnType<typeof start>} Run
 * @typedef {{ pid: number, ppid: number, pgid: number, command: string }} Process
 */

/**
 * Process groups that this process started and that have not ended yet, by the id of their leader.
 * @type {Set<number>}
 */
const running = new Set();

/** Whether programs can be made leaders of process groups. Windows has none, and opens a window instead. */
const detached = process.platform !== "win32";

/**
 * Starts a program as the leader of a process group.
 * @param {readonly string[]} args of Node.js
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, under?: readonly string[] }} [options]
 *   `under`: a program that starts Node.js, with its arguments
 *   In the result `exited` is when the program has ended, `ended` when all that it started and that writes to the same
 *   pipes has
 */
export function start(args, { cwd, env = process.env, timeoutMs, under = [] } = {}) {
  const [program = process.execPath, ...rest] = [...under, process.execPath, ...args];
  const child = spawn(program, rest, { cwd, env, detached, stdio: ["ignore", "pipe", "pipe"] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} can't be started`);
  running.add(pid);
  const said = { out: "", all: "", timedOut: false };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      said.all += text;
      if (stream === child.stdout) said.out += text;
    });
  }
  const tooLong = () => {
    said.timedOut = true;
    killTree(pid);
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(tooLong, timeoutMs);
  child.once("exit", () => running.delete(pid));
  child.once("close", () => clearTimeout(timer));
  /** @param {"exit" | "close"} event @returns {Promise<Ended>} */
  const when = (event) =>
    new Promise((done) =>
      child.once(event, (/** @type {number | null} */ code) => done({ code: code ?? -1, ...said })),
    );
  return { pid, stdout: child.stdout, stderr: child.stderr, exited: when("exit"), ended: when("close") };
}

/**
 * Runs a program to its end, as the leader of a process group. What it says goes to this process's own output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code; 1 when it could not be started, or when a signal ended it
 */
export function show(program, args, { cwd, env = process.env }) {
  const child = spawn(program, args, { cwd, env, detached, stdio: ["ignore", "inherit", "inherit"] });
  const { pid } = child;
  if (pid !== undefined) {
    running.add(pid);
    child.once("exit", () => running.delete(pid));
  }
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** All processes of this machine; none where there is no `ps` that lists them, as on Windows. */
function everyProcess() {
  return listed()
    .split("\n")
    .flatMap((line) => {
      const [, pid, ppid, pgid, command = ""] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), pgid: Number(pgid), command }];
    });
}

function listed() {
  try {
    return execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,args="], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}

/** A process and all below it. Pulumi gives its plugins process groups of their own, so the group is not enough. @param {number} pid */
export function tree(pid) {
  const all = everyProcess();
  const found = all.filter((one) => one.pid === pid);
  for (const one of found) found.push(...all.filter(({ ppid }) => ppid === one.pid));
  return found;
}

/**
 * SIGKILL to a process and all that it started, until none is left: those that begin while the others end are found by
 * the process groups of those that were known. Where processes can't be listed, only the program's own group is ended.
 * @param {number} pid
 */
export function killTree(pid) {
  if (everyProcess().length === 0) {
    kill(detached ? -pid : pid);
    return;
  }
  const doomed = tree(pid);
  const groups = new Set(doomed.map(({ pgid }) => pgid));
  const own = everyProcess().find((one) => one.pid === process.pid);
  if (own !== undefined) groups.delete(own.pgid);
  const alive = () => everyProcess().filter(({ pgid, command }) => groups.has(pgid) && !command.endsWith("<defunct>"));
  for (let victims = doomed; victims.length > 0; victims = alive()) victims.forEach((one) => kill(one.pid));
}

/** SIGKILL to a process, which may have ended before. @param {number} pid */
export function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

/** Ends whatever is still running. */
export function killAll() {
  for (const pid of running) killTree(pid);
}

/**
 * Ends what was started when this process is told to end. It may be told twice: by the terminal, and by whoever started it.
 * @param {() => void} cleanUp
 */
export function endWithThisProcess(cleanUp) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      killAll();
      cleanUp();
      process.exit(130);
    });
  }
}
