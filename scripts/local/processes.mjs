/** Programs with all that they start, ended by their ids and by nothing else. */
import { execFileSync, spawn } from "node:child_process";

/** Process groups that this process started and that have not ended yet, by the id of their leader. */
const running = new Set();

/**
 * Starts a program as the leader of a process group.
 * @param {string[]} args of Node.js
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, under?: readonly string[] }} [options]
 *   `under`: a program that starts Node.js, with its arguments
 * @returns `exited` when the program has ended, `ended` when all that it started and that writes to the same pipes has
 */
export function start(args, { cwd, env = process.env, timeoutMs, under = [] } = {}) {
  const [program, ...rest] = [...under, process.execPath, ...args];
  const child = spawn(program, rest, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child.pid);
  const said = { out: "", all: "" };
  child.stdout.on("data", (chunk) => ((said.out += chunk), (said.all += chunk)));
  child.stderr.on("data", (chunk) => (said.all += chunk));
  let timedOut = false;
  const timer = timeoutMs && setTimeout(() => ((timedOut = true), killTree(child.pid)), timeoutMs);
  const exited = new Promise((done) => child.once("exit", (code) => done({ code: code ?? -1, ...said, timedOut })));
  const ended = new Promise((done) => {
    child.once("error", (error) => ((said.all += error.message), done({ code: -1, ...said, timedOut })));
    child.once("exit", () => running.delete(child.pid));
    child.once("close", (code) => {
      clearTimeout(timer);
      done({ code: code ?? -1, ...said, timedOut });
    });
  });
  return { pid: child.pid, said, stdout: child.stdout, exited, ended };
}

/** All processes of this machine. @returns {{ pid: number, ppid: number, pgid: number, command: string }[]} */
function everyProcess() {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,args="], { encoding: "utf8", maxBuffer: 2 ** 26 })
    .split("\n")
    .flatMap((line) => {
      const [, pid, ppid, pgid, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), pgid: Number(pgid), command }];
    });
}

/** A process and all below it. Pulumi gives its plugins process groups of their own, so the group is not enough. */
export function tree(pid) {
  const all = everyProcess();
  const found = all.filter((one) => one.pid === pid);
  for (const one of found) found.push(...all.filter(({ ppid }) => ppid === one.pid));
  return found;
}

/**
 * SIGKILL to a process and all that it started, until none is left: those that begin while the others end are found by
 * the process groups of those that were known.
 */
export function killTree(pid) {
  const doomed = tree(pid);
  const groups = new Set(doomed.map(({ pgid }) => pgid));
  groups.delete(everyProcess().find((one) => one.pid === process.pid)?.pgid);
  const alive = () => everyProcess().filter(({ pgid, command }) => groups.has(pgid) && !command.endsWith("<defunct>"));
  for (let victims = doomed; victims.length > 0; victims = alive()) victims.forEach((one) => kill(one.pid));
}

export function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Ends whatever is still running. */
export function killAll() {
  for (const pid of running) killTree(pid);
}

/** Ends what was started when this process is told to end. */
export function endWithThisProcess(cleanUp) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      killAll();
      cleanUp();
      process.exit(130);
    });
  }
}
