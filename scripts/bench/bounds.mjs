/** Figures → each with the bound that it has to keep. Pure. */

/** What Rollcall may cost more than as many resources that do nothing. */
export const AS_NOTHING = 1.25;
export const MEMORY_AS_NOTHING = 1.5;
export const STATE_BYTES_A_GROUP = 2_000;
const THROTTLED_CALLS = 1.25;

/** Seconds that the roll call of so many groups may take. */
export const rollCallBound = ({ groups, callsPerSecond }) => (1.05 * groups) / callsPerSecond + 2;
/** Seconds that a run may take whose account is limited. */
export const throttledBound = ({ groups, limit }) => (1.2 * groups) / limit;

/** Below this size time, memory and state are those of any run, and tell nothing about groups. */
const LEAST_GROUPS = 1_000;

/** A shorter run under a limit is over before the limit tells: the server lets a second's calls pass at once. */
const LEAST_LIMITED_SECONDS = 10;

/** Processes of a run, and which of the compared stack's each is compared with. */
const COMPARED_WITH = {
  engine: "engine",
  "language host": "language host",
  program: "program",
  provider: "provider",
  // A CLI like the engine itself, and nothing else in the compared stack is.
  "state reader": "engine",
};

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

export function boundsOf({ machine, sizes, rollCalls, throttled, removals }) {
  return [
    ...sizes.flatMap((size) => ofSize(size, machine)),
    ...rollCalls.flatMap(ofRollCall),
    ...throttled.flatMap(ofThrottled),
    ...ofRemovals(removals),
  ];
}

/** All calls that were made, each by its kind: of the other kinds none. */
function onlyLists(name, { lists, deletes, throttled, others, failed }, expected) {
  return [
    exactly(`${name}: listings`, lists, expected),
    exactly(`${name}: other calls, and calls that failed`, deletes + throttled + others + failed, 0),
  ];
}

function ofSize(size, machine) {
  const { groups, calls, changes } = size;
  return [
    ...onlyLists(`${groups} groups, preview`, calls.preview, groups),
    ...onlyLists(`${groups} groups, up`, calls.up, groups),
    ...onlyLists(`${groups} groups, preview of one changed roster`, changes.calls, 1),
    ...(groups < LEAST_GROUPS ? [] : [...ofManyGroups(size), ...ofMemory(size, machine)]),
  ];
}

function ofManyGroups({ groups, preview, up, stateBytes }) {
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

/** Only Linux tells what a process took at most. There every process has to have been found. */
function ofMemory({ groups, memory }, { platform }) {
  if (platform !== "linux") return [];
  return Object.entries(COMPARED_WITH).map(([role, theirs]) => {
    const part = memory.rollcall[role] / memory[COMPARED][theirs];
    const name = `${groups} groups: memory of the ${role}, as part of the no-op stack's`;
    return Number.isFinite(part)
      ? atMost(name, part, MEMORY_AS_NOTHING)
      : { name, value: "not found", limit: MEMORY_AS_NOTHING, ok: false };
  });
}

function ofRollCall(roll) {
  const name = `roll call of ${roll.groups} groups at ${roll.callsPerSecond} calls a second`;
  return [atMost(`${name}: seconds`, roll.seconds, rollCallBound(roll)), ...onlyLists(name, roll, roll.groups)];
}

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

function ofRemovals({ groups, from, people, lists, deletes, throttled, others, failed }) {
  const name = `${people} people removed from ${from} of ${groups} groups`;
  return [
    exactly(`${name}: deletes, one a group`, deletes, from),
    // Each: one more before the delete, and one after it, since the local CAMS removes at once.
    exactly(`${name}: listings`, lists, groups + 2 * from),
    exactly(`${name}: other calls, and calls that failed`, throttled + others + failed, 0),
  ];
}
