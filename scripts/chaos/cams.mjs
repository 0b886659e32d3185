/** The local CAMS, and what chaos asks its control interface. */
import { startCams } from "../local/cams.mjs";

/** @param {string} dist the compiled program @param {string} seed a file */
export async function startChaosCams(dist, seed) {
  const { url, control, stop } = await startCams(dist, seed);
  return {
    url,
    stop,
    calls: () => control("GET", "calls"),
    /** Every group by its id, as the state shows it. */
    groups: async () => {
      const { businessNumbers } = await control("GET", "state");
      const groups = Object.values(businessNumbers).flatMap((business) => business.groups);
      return new Map(groups.map((group) => [group.groupId, group]));
    },
    join: (group, number) => control("POST", `groups/${group}/join`, { number }),
    leave: (group, number) => control("POST", `groups/${group}/leave`, { number }),
    changeNumber: (group, from, to) => control("POST", `groups/${group}/change-number`, { from, to }),
    activate: (group) => control("POST", `groups/${group}/status`, { status: "ACTIVE" }),
    faults: async () => (await control("GET", "faults")).faults,
    arm: (fault) => control("POST", "faults", fault),
    disarm: () => control("DELETE", "faults"),
  };
}
