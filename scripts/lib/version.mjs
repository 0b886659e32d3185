/** Version numbers, and the oldest ones that will do. Old releases of Node.js must be able to read this file. */

export const OLDEST_NODE = "20.19.0";

/**
 * `v20.19.1`, `go1.25.11`, `3.255.0-dev` → `[20, 19, 1]` and so on; undefined when there is no version in the text.
 * @param {string} text
 * @returns {[number, number, number] | undefined}
 */
export function parseVersion(text) {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] || 0)] : undefined;
}

/** Whether `version` is `oldest` or newer. What cannot be read is not. @param {string} version @param {string} oldest */
export function isAtLeast(version, oldest) {
  const have = parseVersion(version);
  const want = parseVersion(oldest);
  if (!have || !want) return false;
  const [major, minor, patch] = [have[0] - want[0], have[1] - want[1], have[2] - want[2]];
  return (major || minor || patch) >= 0;
}

/** What to tell somebody whose Node.js is too old; undefined when it will do. @param {string} version */
export function nodeProblem(version) {
  if (isAtLeast(version, OLDEST_NODE)) return undefined;
  return (
    "Rollcall needs Node.js " +
    OLDEST_NODE +
    " or newer; this is " +
    version +
    ".\n" +
    "  - Install a current LTS release from https://nodejs.org or with your version manager, then run this again."
  );
}
