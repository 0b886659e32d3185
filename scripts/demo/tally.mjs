/** What the whole demo asked of CAMS. Pure. */

/** @import { Call } from "../local/control.mjs" */

/**
 * A line for each kind of call. Throws when people were to be removed or written to, or groups or links made, that the
 * story knows nothing of.
 * @param {readonly Call[]} calls
 * @param {{ removed: readonly string[], made: number, renewed: number, invited: readonly string[] }} story numbers of
 *   people; groups; invite links; numbers of people
 */
export function tally(calls, { removed, made, renewed, invited }) {
  /** @param {string} action */
  const count = (action) => calls.filter((call) => call.action === action).length;
  const named = calls.flatMap(({ numbers }) => numbers);
  if (sorted(named) !== sorted(removed)) throw new Error(`CAMS was asked to remove ${named.join(", ")}`);
  const [groups, links] = [count("AddChatGroup"), count("AddChatGroupInviteLink")];
  if (groups !== made || links !== renewed) throw new Error(`CAMS was asked for ${groups} groups and ${links} links`);
  const written = calls.flatMap(({ action, to }) => (action === "SendChatappMessage" && to !== undefined ? [to] : []));
  if (sorted(written) !== sorted(invited)) throw new Error(`CAMS was asked to write to ${written.join(", ")}`);
  const names = new Intl.ListFormat("en-GB").format(named);
  const recipients = new Intl.ListFormat("en-GB").format(written);
  return [
    `${plural(count("ListChatGroupParticipants"), "listing")} of people, and ${count("ListChatGroup")} of groups`,
    `${plural(count("DeleteChatGroupParticipants"), "removal call")}, which named ${names}`,
    `${plural(groups, "group")} to be made, and ${plural(links, "invite link")} to be made anew`,
    `${plural(written.length, "message")} to be sent, to ${recipients}`,
  ];
}

/** @param {readonly string[]} numbers */
const sorted = (numbers) => [...numbers].sort().join();

/** @param {number} count @param {string} noun */
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
