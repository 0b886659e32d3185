/** Figures → each with the bound that it has to keep. Pure. */

/**
 * @import { Bound, Calls, Invitations, Links, Machine, Measured, Removals, Role, RollCall, Size, Throttled } from "./result.js"
 */

/** What Rollcall may cost more than as many resources that do nothing. */
export const AS_NOTHING = 1.25;
export const MEMORY_AS_NOTHING = 1.5;
export const STATE_BYTES_A_GROUP = 2_000;
export const STATE_BYTES_AN_INVITATION = 2_000;
const THROTTLED_CALLS = 1.25;

/**
 * Seconds that the roll call of so many groups may take.
 * @param {Pick<RollCall, "groups" | "callsPerSecond">} roll
 */
export const rollCallBound = ({ groups, callsPerSecond }) => (1.05 * groups) / callsPerSecond + 2;
/** Seconds that a run may take whose account is limited. @param {Pick<Throttled, "groups" | "limit">} run */
export const throttledBound = ({ groups, limit }) => (1.2 * groups) / limit;

/** Groups of a page of `ListChatGroup`, the most that CAMS gives. */
const GROUPS_A_PAGE = 100;
/** Messages of a page of `ListChatappMessage`. The last page is the first one that is not full. */
const MESSAGES_A_PAGE = 100;

/** Below this size time, memory and state are those of any run, and tell nothing about groups. */
const LEAST_GROUPS = 1_000;

/** A shorter run under a limit is over before the limit tells: the server lets a second's calls pass at once. */
const LEAST_LIMITED_SECONDS = 10;

/**
 * Processes of a run, and which of the compared stack's each is compared with.
 * @type {readonly (readonly [ours: Role, theirs: Role])[]}
 */
const COMPARED_WITH = [
  ["engine", "engine"],
  ["language host", "language host"],
  ["program", "program"],
  ["provider", "provider"],
  // A CLI like the engine itself, and nothing else in the compared stack is.
  ["state reader", "engine"],
];

/** The compared stack that the bounds are about: dynamic resources as Pulumi's documentation writes them. */
export const COMPARED = "dynamic";

/** @param {readonly number[]} values */
export const least = (values) => Math.min(...values);
/** @param {number} value @param {number} digits */
const round = (value, digits) => Number(value.toFixed(digits));

/**
 * @param {string} name @param {number} value @param {number} limit
 * @returns {Bound}
 */
const atMost = (name, value, limit, digits = 3) => ({
  name,
  value: round(value, digits),
  limit: round(limit, digits),
  ok: value <= limit,
});
/**
 * @param {string} name @param {number} value @param {number} limit
 * @returns {Bound}
 */
const exactly = (name, value, limit) => ({ name, value, limit, ok: value === limit });

/**
 * All figures that have a bound.
 * @param {Pick<Measured, "machine" | "sizes" | "rollCalls" | "throttled" | "removals" | "links" | "invitations">} measured
 */
export function boundsOf({ machine, sizes, rollCalls, throttled, removals, links, invitations }) {
  return [
    ...sizes.flatMap((size) => ofSize(size, machine)),
    ...rollCalls.flatMap(ofRollCall),
    ...throttled.flatMap(ofThrottled),
    ...ofRemovals(removals),
    ...ofLinks(links),
    ...ofInvitations(invitations),
  ];
}

/**
 * All calls that were made, each by its kind: of the other kinds none.
 * @param {string} name @param {Omit<Calls, "seconds">} calls @param {number} expected listings
 * @param {number} [pages] of the list of groups
 */
function onlyLists(name, calls, expected, pages = 0) {
  return [
    exactly(`${name}: listings`, calls.lists, expected),
    exactly(`${name}: pages of the list of groups`, calls.groupLists, pages),
    exactly(`${name}: other calls, and calls that failed`, restOf(calls) + calls.messageLists, 0),
  ];
}

/**
 * Calls that are no listings, and calls that failed.
 * @param {Omit<Calls, "seconds">} calls
 */
const restOf = ({ deletes, sends, throttled, others, failed }) => deletes + sends + throttled + others + failed;

/** @param {Size} size @param {Machine} machine */
function ofSize(size, machine) {
  const { groups, calls, changes } = size;
  return [
    ...onlyLists(`${groups} groups, preview`, calls.preview, groups),
    ...onlyLists(`${groups} groups, up`, calls.up, groups),
    ...onlyLists(`${groups} groups, preview of one changed roster`, changes.calls, 1),
    ...(groups < LEAST_GROUPS ? [] : [...ofManyGroups(size), ...ofMemory(size, machine)]),
  ];
}

/** @param {Size} size */
function ofManyGroups({ groups, preview, up, stateBytes }) {
  /** @param {string} phase @param {Size["up"]} seconds */
  const as = (phase, seconds) =>
    atMost(
      `${groups} groups: ${phase} without changes, as part of the no-op stack's time`,
      least(seconds.rollcall) / least(seconds[COMPARED]),
      AS_NOTHING,
    );
  return [
    as("preview", preview),
    as("up", up),
    atMost(`${groups} groups: bytes of state a group`, stateBytes / groups, STATE_BYTES_A_GROUP, 0),
  ];
}

/** Only Linux tells what a process took at most. There every process has to have been found. @param {Size} size @param {Machine} machine */
function ofMemory({ groups, memory }, { platform }) {
  if (platform !== "linux") return [];
  return COMPARED_WITH.map(([role, theirs]) => {
    const part = (memory.rollcall[role] ?? NaN) / (memory[COMPARED][theirs] ?? NaN);
    const name = `${groups} groups: memory of the ${role}, as part of the no-op stack's`;
    return Number.isFinite(part)
      ? atMost(name, part, MEMORY_AS_NOTHING)
      : { name, value: "not found", limit: MEMORY_AS_NOTHING, ok: false };
  });
}

/** @param {RollCall} roll */
function ofRollCall(roll) {
  const name = `roll call of ${roll.groups} groups at ${roll.callsPerSecond} calls a second`;
  return [atMost(`${name}: seconds`, roll.seconds, rollCallBound(roll)), ...onlyLists(name, roll, roll.groups)];
}

/** @param {Throttled} run */
function ofThrottled(run) {
  const { groups, limit, callsPerSecond, runSeconds, lists, throttled, ...others } = run;
  const name = `${groups} groups at ${callsPerSecond} calls a second, limited to ${limit}`;
  const long = [
    atMost(`${name}: seconds of the whole run`, runSeconds, throttledBound(run)),
    atMost(`${name}: calls`, lists + throttled, THROTTLED_CALLS * groups),
    { name: `${name}: refused calls, or else there was no limit`, value: throttled, limit: 1, ok: throttled >= 1 },
  ];
  return [
    ...(groups / limit < LEAST_LIMITED_SECONDS ? [] : long),
    ...onlyLists(name, { ...others, lists, throttled: 0 }, groups),
  ];
}

/** @param {Removals} removals */
function ofRemovals({ groups, from, people, lists, groupLists, deletes, throttled, others, failed }) {
  const name = `${people} people removed from ${from} of ${groups} groups`;
  return [
    exactly(`${name}: deletes, one a group`, deletes, from),
    // Each: one more before the delete, and one after it, since the local CAMS removes at once.
    exactly(`${name}: listings`, lists, groups + 2 * from),
    exactly(`${name}: other calls, and calls that failed`, groupLists + throttled + others + failed, 0),
  ];
}

/** @param {Links} links */
function ofLinks({ groups, without, with: kept }) {
  // The program lists the groups once for all, and the provider not at all.
  const pages = Math.ceil(groups / GROUPS_A_PAGE);
  const name = `${groups} groups with subject and link`;
  return [
    ...onlyLists(`${name}, preview`, kept.preview, groups, pages),
    ...onlyLists(`${name}, up`, kept.up, groups, pages),
    ...onlyLists(`${name}, preview without these keys`, without.preview, groups),
    ...onlyLists(`${name}, up without these keys`, without.up, groups),
  ];
}

/** @param {Invitations} invitations */
function ofInvitations({ groups, sent, followed, open, stateBytes }) {
  const pages = Math.ceil(groups / GROUPS_A_PAGE);
  const messagePages = Math.floor(groups / MESSAGES_A_PAGE) + 1;
  const name = `${groups} groups with an invitation each`;
  /** @param {string} run @param {Omit<Calls, "seconds">} calls */
  const following = (run, calls) => [
    exactly(`${name}, ${run}: listings`, calls.lists, groups),
    exactly(`${name}, ${run}: pages of the list of groups`, calls.groupLists, pages),
    exactly(`${name}, ${run}: pages of the list of messages`, calls.messageLists, messagePages),
    exactly(`${name}, ${run}: other calls, and calls that failed`, restOf(calls), 0),
  ];
  return [
    exactly(`${name}, up that sends them: messages`, sent.sends, groups),
    // Each group once more before its message.
    exactly(`${name}, up that sends them: listings`, sent.lists, 2 * groups),
    // The template and the business number.
    exactly(`${name}, up that sends them: other calls, and calls that failed`, restOf(sent) - sent.sends, 2),
    ...following("next up", followed),
    ...following("up without changes", open),
    atMost(
      `${name}: bytes of state an open invitation`,
      (stateBytes.open - stateBytes.adopted) / groups,
      STATE_BYTES_AN_INVITATION,
      0,
    ),
  ];
}
