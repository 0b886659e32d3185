/** The local CAMS, and what chaos asks its control interface. */
import { startCams } from "../local/cams.mjs";

/**
 * A fault, and the actions that it can strike; null stands for all.
 * @typedef {{ name: string, actions: readonly string[] | null }} KnownFault
 */

/** @param {string} dist the compiled program @param {string} seed a file */
export async function startChaosCams(dist, seed) {
  const { url, calls, groups, control, stop } = await startCams(dist, seed);
  return {
    url,
    stop,
    calls,
    groups,
    /** @param {string} group @param {string} number */
    join: (group, number) => control("POST", `groups/${group}/join`, { number }),
    /** @param {string} group @param {string} number */
    leave: (group, number) => control("POST", `groups/${group}/leave`, { number }),
    /** @param {string} group @param {string} from @param {string} to */
    changeNumber: (group, from, to) => control("POST", `groups/${group}/change-number`, { from, to }),
    /** @param {string} group */
    activate: (group) => control("POST", `groups/${group}/status`, { status: "ACTIVE" }),
    /** All faults that it knows. */
    faults: async () => /** @type {{ faults: KnownFault[] }} */ (await control("GET", "faults")).faults,
    /** @param {object} fault */
    arm: (fault) => control("POST", "faults", fault),
    disarm: () => control("DELETE", "faults"),
  };
}
