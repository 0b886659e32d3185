/**
 * One set-up at a time. The lock is a file that its holder touches every few seconds, so a lock whose holder was killed
 * goes stale by itself, whether that was on this machine, in a container or over a network disk.
 */
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./failure.mjs";
import { onInterrupt } from "./run.mjs";

const TOUCH_MS = 3_000;
const STALE_MS = 20_000;
const POLL_MS = 300;

/**
 * Runs `work` while holding the lock.
 * @template T
 * @param {string} file
 * @param {{ onWait: (holder: string) => void, staleMs?: number }} options `onWait` is told once, when somebody else holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, { onWait, staleMs = STALE_MS }, work) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `process ${process.pid}, ${randomUUID()}`;
  let waited = false;
  while (!take(file, mine)) {
    if (!removeStale(file, staleMs) && !waited) {
      waited = true;
      onWait(read(file).split(",")[0] ?? "");
    }
    await sleep(POLL_MS);
  }
  const release = () => {
    if (read(file) === mine) rmSync(file, { force: true });
  };
  const forget = onInterrupt(release);
  const touch = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Somebody took the lock away: nothing can be done about it in the middle of a step.
    }
  }, TOUCH_MS);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    forget();
    release();
  }
}

/** @param {string} file @param {string} mine what tells this holder from others */
function take(file, mine) {
  try {
    writeFileSync(file, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Takes a stale lock away. Two may find it stale at once: whoever then moved a fresh one away puts it back.
 * @param {string} file @param {number} staleMs
 */
function removeStale(file, staleMs) {
  const aside = `${file}.${randomUUID()}`;
  /** @param {string} path */
  const isStale = (path) => Date.now() - statSync(path).mtimeMs >= staleMs;
  try {
    if (!isStale(file)) return false;
    renameSync(file, aside);
    if (!isStale(aside)) linkSync(aside, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** What a file holds; nothing when it can't be read. @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
