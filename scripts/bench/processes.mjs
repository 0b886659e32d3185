/** Peak memory of a program and of all that it starts, as Linux counts it. Elsewhere nothing is known. */
import { readdirSync, readFileSync } from "node:fs";

/** @import { Peaks, Role } from "./result.js" */

/** The kernel keeps the peak, so what is missed is only what a process takes in its last moments. */
const EVERY_MS = 200;

/**
 * What each process of a Pulumi run is, by its command line.
 * @type {readonly (readonly [role: Role, form: RegExp])[]}
 */
const ROLES = [
  ["program", /@pulumi[/\\]pulumi[/\\]cmd[/\\]run/],
  ["provider", /cmd[/\\]dynamic-provider/],
  ["language host", /pulumi-language-nodejs/],
  ["state reader", /pulumi\0stack\0export/],
  ["command", /cli[/\\]main\.js/],
  ["engine", /(^|\/)pulumi\0(preview|up)/],
];

/** @param {string} commandLine */
export const roleOf = (commandLine) => ROLES.find(([, form]) => form.test(commandLine))?.[0];

/**
 * Watches until it is told to stop.
 * @param {number} root id of the first process
 * @returns {() => Peaks} stops, and gives the highest resident size in bytes by role
 */
export function watchProcesses(root) {
  /** @type {Peaks} */
  const found = {};
  const look = () => {
    /** @type {Map<number, readonly number[]>} */
    const children = new Map();
    for (const pid of pids()) {
      const parent = parentOf(pid);
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    }
    const family = [root];
    for (const pid of family) {
      family.push(...(children.get(pid) ?? []));
      const role = roleOf(read(`/proc/${pid}/cmdline`));
      const kilobytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
      if (role === undefined || kilobytes === 0) continue;
      found[role] = Math.max(found[role] ?? 0, kilobytes * 1024);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return found;
  };
}

function pids() {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** The second field of `stat` behind the name in brackets, which may hold anything. @param {number} pid */
function parentOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? 0);
}

/** What a file of /proc says; nothing when the process has ended. @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
