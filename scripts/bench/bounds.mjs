/** Figures → each with the bound that it has to keep. Pure. */

/** What Rollcall may cost more than as many resources that do nothing. */
const AS_NOTHING = 1.25;
const MEMORY_AS_NOTHING = 1.5;
const STATE_BYTES_A_GROUP = 2_000;
const THROTTLED = 1.2;
const THROTTLED_CALLS = 1.25;

/** Below this size time, memory and state are those of any run, and tell nothing about groups. */
const LEAST_GROUPS = 1_000;

/** The compared stack that the bounds are about: dynamic resources as Pulumi's documentation writes them. */
export const COMPARED = "dynamic";

export const least = (values) => Math.min(...values);
const round = (value, digits) => Number(value.toFixed(digits));

const atMost = (name, value, limit, digits = 3) => ({
  name,
  value: round(value, digits),
  limit: round(limit, digits),
  ok: value <= limit,
});
const exactly = (name, value, limit) => ({ name, value, limit, ok: value === limit });

export function boundsOf({ sizes, rollCalls, throttled, removals }) {
  return [
    ...sizes.flatMap(ofSize),
    ...rollCalls.map(({ groups, callsPerSecond, seconds }) =>
      atMost(
        `roll call of ${groups} groups at ${callsPerSecond} calls a second: seconds`,
        seconds,
        (1.05 * groups) / callsPerSecond + 2,
      ),
    ),
    ...rollCalls.map(({ groups, callsPerSecond, lists }) =>
      exactly(`roll call of ${groups} groups at ${callsPerSecond} calls a second: listings`, lists, groups),
    ),
    ...throttled.flatMap(({ groups, limit, callsPerSecond, seconds, lists, throttled: refused, failed }) => {
      const name = `${groups} groups at ${callsPerSecond} calls a second, limited to ${limit}`;
      return [
        atMost(`${name}: seconds`, seconds, (THROTTLED * groups) / limit),
        atMost(`${name}: calls`, lists + refused, THROTTLED_CALLS * groups),
        exactly(`${name}: failures`, failed + groups - lists, 0),
      ];
    }),
    exactly(`${removals.removals} removals from as many groups: deletes`, removals.deletes, removals.removals),
    // Each: one more before the delete, and one after it, since the local CAMS removes at once.
    exactly(
      `${removals.removals} removals from as many of ${removals.groups} groups: listings`,
      removals.lists,
      removals.groups + 2 * removals.removals,
    ),
  ];
}

function ofSize(size) {
  const { groups, calls, changes } = size;
  return [
    exactly(`${groups} groups: listings of a preview`, calls.preview.lists, groups),
    exactly(`${groups} groups: listings of an up`, calls.up.lists, groups),
    exactly(`${groups} groups: listings of a preview of one changed roster`, changes.lists, 1),
    ...(groups < LEAST_GROUPS ? [] : ofManyGroups(size)),
  ];
}

function ofManyGroups({ groups, preview, up, memory, stateBytes }) {
  const as = (phase, seconds) =>
    atMost(
      `${groups} groups: ${phase} without changes, as part of the no-op stack's time`,
      least(seconds.rollcall) / least(seconds[COMPARED]),
      AS_NOTHING,
    );
  const nothing = memory[COMPARED] ?? {};
  return [
    as("preview", preview),
    as("up", up),
    atMost(`${groups} groups: bytes of state a group`, stateBytes / groups, STATE_BYTES_A_GROUP, 0),
    ...Object.entries(memory.rollcall ?? {}).flatMap(([role, bytes]) => {
      // The state reader is a CLI like the engine itself, and nothing else in the compared stack is.
      const theirs = nothing[role === "state reader" ? "engine" : role];
      const name = `${groups} groups: memory of the ${role}, as part of the no-op stack's`;
      return theirs === undefined ? [] : [atMost(name, bytes / theirs, MEMORY_AS_NOTHING)];
    }),
  ];
}
