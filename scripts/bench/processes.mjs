/** Peak memory and processor time of a program and of all that it starts, as Linux counts them. Elsewhere nothing is known. */
import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 100;

/** What each process of a Pulumi run is, by its command line. */
const ROLES = [
  ["program", /@pulumi[/\\]pulumi[/\\]cmd[/\\]run/],
  ["provider", /cmd[/\\]dynamic-provider/],
  ["language host", /pulumi-language-nodejs/],
  ["state reader", /pulumi\0stack\0export/],
  ["command", /cli[/\\]main\.js/],
  ["engine", /(^|\/)pulumi\0(preview|up)/],
];

export const roleOf = (commandLine) => ROLES.find(([, form]) => form.test(commandLine))?.[0];

/** Length of a tick of `/proc/<pid>/stat`, which is the same on all of Linux's usual machines. */
const TICK_SECONDS = 0.01;

/**
 * Watches until it is told to stop.
 * @param {number} root id of the first process
 * @returns {() => Record<string, { peakBytes: number, cpuSeconds: number }>} stops, and gives the highest resident size
 *   and the processor time by role
 */
export function watchProcesses(root) {
  const found = {};
  const look = () => {
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
      const { peakBytes = 0, cpuSeconds = 0 } = found[role] ?? {};
      found[role] = {
        peakBytes: Math.max(peakBytes, kilobytes * 1024),
        cpuSeconds: Math.max(cpuSeconds, cpuOf(pid)),
      };
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

/** The fields of `stat` from the third on, behind the name in brackets, which may hold anything. */
function fieldsOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

const parentOf = (pid) => Number(fieldsOf(pid)[1] ?? 0);

/** User and system time. */
function cpuOf(pid) {
  const fields = fieldsOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_SECONDS;
}

function read(file) {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
