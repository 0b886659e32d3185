/**
 * A disk that has room for a few bytes of the audit log only: a small tmpfs where one can be mounted, else a limit on the
 * size of the files that a run may write.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = 4_096;
/** Everything else that a run writes is smaller. */
const LARGEST_FILE = 2 ** 22;
/** Bytes of a block of `ulimit -f` in a POSIX shell. */
const BLOCK = 512;

/** @type {Set<string>} */
const mounted = new Set();

/**
 * @param {string} folder of the audit log @param {string} name of its file @param {number} room bytes that still fit
 *   In the result is what to start a run under, and how to make room again
 */
export function fillDisk(folder, name, room) {
  mkdirSync(folder, { recursive: true });
  const isMounted = mount(folder);
  const size = isMounted ? PAGE : LARGEST_FILE;
  const file = join(folder, name);
  const filler = `${"-".repeat(size - room - 1)}\n`;
  writeFileSync(file, filler);
  return {
    filler,
    under: isMounted ? [] : ["sh", "-c", `ulimit -f ${LARGEST_FILE / BLOCK} && exec "$0" "$@"`],
    isFull: () => statSync(file).size >= size,
    makeRoom: () => isMounted && run("mount", "-o", `remount,size=${2 ** 20}`, folder),
    release: () => unmount(folder),
  };
}

/** Takes every disk away that is still there. */
export function releaseDisks() {
  for (const folder of mounted) unmount(folder);
}

/** Whether a small disk could be mounted. @param {string} folder */
function mount(folder) {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  if (!run("mount", "-t", "tmpfs", "-o", `size=${PAGE}`, "tmpfs", folder)) return false;
  mounted.add(folder);
  return true;
}

/** @param {string} folder */
function unmount(folder) {
  if (mounted.delete(folder)) run("umount", folder);
}

/** Whether a program ended well. @param {string} program @param {readonly string[]} args */
function run(program, ...args) {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
