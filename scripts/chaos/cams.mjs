/** The local CAMS, and what chaos asks its control interface. */
import { startCams } from "../local/cams.mjs";

/**
 * A fault, and the actions that it can strike; null stands for all.
 * @typedef {{ name: string, actions: readonly string[] | null, value?: { byDefault: string | number } | null }} KnownFault
 * @typedef {import("../../src/emulator/seed.js").State} State
 */

/**
 * @param {string} dist the compiled program @param {string} seed a file
 * @param {import("./types.js").Slowness} [slowness]
 */
export async function startChaosCams(dist, seed, slowness) {
  const { listedAfterMs = 0, deliveredAfterMs = 0 } = slowness ?? {};
  const options = ["--message-lag-ms", `${listedAfterMs}`, "--delivery-ms", `${deliveredAfterMs}`];
  const { url, calls, groups, control, stop } = await startCams(dist, seed, options);
  /** All messages that it has accepted, the first one first. @returns {Promise<import("./message-types.js").Message[]>} */
  const messages = async () => {
    const { businessNumbers } = /** @type {State} */ (await control("GET", "state"));
    return Object.values(businessNumbers)
      .flatMap((business) => business.messages)
      .map(({ messageId: id, to, parameters: { group = "", link = "" }, at, failure }) => ({
        ...{ id, to, group, link, at, failure },
      }))
      .sort((a, b) => a.at - b.at);
  };
  return {
    url,
    stop,
    calls,
    groups,
    /** @param {string} group @param {string} number */
    join: (group, number) => control("POST", `groups/${group}/join`, { number }),
    messages,
    /**
     * Somebody opens the link of the last message that they got for a group; whether they came in.
     * @param {string} group @param {string} number
     */
    follow: async (group, number) => {
      const last = (await messages()).findLast((one) => one.to === number && one.group === group);
      if (last === undefined) return false;
      await control("POST", `groups/${group}/join`, { number, link: last.link });
      return (await groups()).get(group)?.participants.includes(number) === true;
    },
    /** @param {string} number */
    read: (number) => control("POST", `inbox/${number}/read`, {}),
    /** @param {string} number @param {string} code */
    fail: (number, code) => control("POST", `inbox/${number}/fail`, { code }),
    /** @param {string} code @param {object} is */
    template: (code, is) => control("POST", `templates/${code}`, is),
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
