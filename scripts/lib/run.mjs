/** Other programs: started without a shell, followed line by line, and ended together with this one. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { codeOf } from "./failure.mjs";

const TAIL = 20;
/** @type {Set<() => void>} */
const running = new Set();
/** @type {Set<() => void>} */
const cleanups = new Set();

/**
 * Keeps `cleanup` (synchronous) for the case that this process is told to end; the result takes it back.
 * @param {() => void} cleanup
 */
export function onInterrupt(cleanup) {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * Ends the programs that were started, then cleans up, when this process is interrupted. That may be told twice: by the
 * terminal, and by whoever started it.
 */
export function handleInterrupts() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      for (const stop of running) stop();
      for (const cleanup of cleanups) cleanup();
      process.stderr.write(`\nInterrupted (${signal}). Run the same command again to go on.\n`);
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void, shell?: boolean,
 *   group?: boolean }} [options] `group`: the program starts others that would outlive it, so all are ended together
 * @returns {Promise<{ code: number, lines: string[], tail: string[], stdout: string, missing: boolean, timedOut: boolean }>}
 *   `code` is -1 when it could not be started (`missing`) or was ended by a signal
 */
export function run(command, args, { cwd, env = process.env, timeoutMs, onLine, shell = false, group = false } = {}) {
  return new Promise((resolve) => {
    const detached = group && process.platform !== "win32";
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      detached,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    /** @type {string[]} */
    const lines = [];
    let stdout = "";
    let missing = false;
    let timedOut = false;
    const stop = () => {
      try {
        if (detached && child.pid) process.kill(-child.pid, "SIGTERM");
        else child.kill("SIGTERM");
      } catch {
        // It has ended in the meantime.
      }
    };
    const tooLong = () => {
      timedOut = true;
      stop();
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(tooLong, timeoutMs);
    running.add(stop);
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer);
      running.delete(stop);
      resolve({ code, lines, tail: lines.slice(-TAIL), stdout: stdout.trim(), missing, timedOut });
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (text) => {
        if (stream === child.stdout) stdout += `${text}\n`;
        onLine?.(text);
        if (text.trim()) lines.push(text.trimEnd());
      });
    }
    child.on("error", (error) => {
      missing = codeOf(error) === "ENOENT";
      lines.push(error.message);
      finish(-1);
    });
    child.on("close", (code) => finish(code ?? -1));
  });
}
