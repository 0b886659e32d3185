/**
 * What must hold whatever happens. Every function returns what is wrong, as sentences; none when all is well.
 *
 * @import { Wish } from "./types.js"
 * @typedef {import("../local/control.mjs").Call} Call
 * @typedef {ReadonlyMap<string, { participants: readonly string[], removed?: readonly string[] }>} Groups by their ids
 *
 * What is read of a line of the audit log, and of an exported stack.
 * @typedef {{ event: string, act?: string, group: string, number: string, at: string, outcome?: string }} Line
 * @typedef {{ deployment: { resources?: { type: string, outputs?: { group?: string } }[],
 *   pending_operations?: { resource: { urn: string } }[] } }} Exported
 */

const LIST = "ListChatGroupParticipants";
const DELETE = "DeleteChatGroupParticipants";

/** A refusal by throttling says that nothing was done, so that the same call may be sent again at once. @param {Call} call */
const refusedByThrottling = ({ code, httpStatus }) => /^(Throttling|131208)/.test(code) || httpStatus === 429;

/**
 * Nobody was asked for who was declared or protected at that time, or who was in a group that no roster names.
 * @param {readonly Call[]} calls @param {readonly Wish[]} wishes
 */
export function nobodyUnplanned(calls, wishes) {
  return calls.flatMap(({ action, groupId, numbers }, index) => {
    if (action !== DELETE) return [];
    const wish = wishes.findLast(({ from }) => from <= index)?.groups.find(({ group }) => group === groupId);
    if (wish === undefined) return [`call ${index}: ${groupId} is in no roster, but ${numbers.join()} were asked for`];
    return numbers.flatMap((number) => {
      if (wish.declared.includes(number))
        return [`call ${index}: ${number} was asked for, but is declared in ${groupId}`];
      return wish.protect.includes(number)
        ? [`call ${index}: ${number} was asked for, but is protected in ${groupId}`]
        : [];
    });
  });
}

/** Nobody was asked for twice without an answered listing of that group in between. @param {readonly Call[]} calls */
export function nobodyTwice(calls) {
  /** @type {Map<string | null, Set<string>>} */
  const since = new Map();
  return calls.flatMap((call, index) => {
    const { action, groupId, numbers, code } = call;
    if (action === LIST && code === "OK") since.set(groupId, new Set());
    if (action !== DELETE) return [];
    const asked = since.get(groupId);
    if (asked === undefined)
      return [`call ${index}: ${numbers.join()} of ${groupId} were asked for before any listing`];
    const again = numbers.filter((number) => asked.has(number));
    if (!refusedByThrottling(call)) numbers.forEach((number) => asked.add(number));
    return again.map((number) => `call ${index}: ${number} of ${groupId} was asked for again without a listing`);
  });
}

/**
 * CAMS was asked to change nothing.
 * @param {readonly Call[]} calls of a run that may only look
 */
export function onlyLooked(calls) {
  return calls
    .filter(({ action }) => !/^(List|Get|Query)/.test(action))
    .map(({ action, groupId }) => `${action} (${groupId ?? "no group"}) was sent by a run that may only look`);
}

/** A delete names 1 to 8 different people. @param {readonly Call[]} calls */
export function smallCalls(calls) {
  return calls.flatMap(({ action, numbers }, index) =>
    action !== DELETE || (numbers.length >= 1 && numbers.length <= 8 && new Set(numbers).size === numbers.length)
      ? []
      : [`call ${index}: a delete of ${numbers.length} people (${numbers.join()})`],
  );
}

/**
 * Every line of the audit log can be read, and each delete has for each of its people a line of its own that was written
 * before it; answers and outcomes follow their attempts.
 * @param {string} text the file @param {readonly Call[]} calls
 * @param {(number: string) => string} show writes digits in the one way in which numbers
 *   are compared: the file has them as `display` was at that time
 * @param {number} torn lines that a full disk may have cut off
 */
export function auditTellsAll(text, calls, show, torn = 0) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const cutOff = [];
  if (torn === 0 && text !== "" && !text.endsWith("\n")) problems.push("audit log: the last line is not whole");
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line, at) => {
      try {
        /** @type {unknown} */
        const read = JSON.parse(line);
        return [/** @type {Line} */ (read)];
      } catch {
        cutOff.push(`audit log: line ${at + 1} is not JSON: ${line}`);
        return [];
      }
    });
  if (cutOff.length > torn) problems.push(...cutOff);
  /** @param {{ group: string | null, number: string, act?: string }} of */
  const keyOf = ({ group, number, act = "" }) => `${act}${group} ${/^\d+$/.test(number) ? show(number) : number}`;
  /** @type {Map<string, readonly string[]>} */
  const attempts = new Map();
  for (const [at, line] of lines.entries()) {
    // What became of an invitation since is told by the run that sees it.
    if (line.event === "state") continue;
    const known = attempts.get(keyOf(line)) ?? [];
    if (line.event === "attempt") attempts.set(keyOf(line), [...known, line.at]);
    else if (known.length === 0 && line.outcome !== "already gone")
      problems.push(`audit log: line ${at + 1} tells the ${line.event} of an attempt that no line tells`);
  }
  /** @type {Map<string, number>} */
  const sent = new Map();
  for (const [index, call] of calls.entries()) {
    if (call.action !== DELETE || refusedByThrottling(call)) continue;
    for (const number of call.numbers) {
      const key = keyOf({ group: call.groupId, number });
      const nth = (sent.get(key) ?? 0) + 1;
      sent.set(key, nth);
      const told = (attempts.get(key) ?? []).filter((at) => at <= call.at).length;
      if (told < nth)
        problems.push(`call ${index}: ${nth} requests name ${key}, but ${told} attempts were noted before`);
    }
  }
  return problems;
}

/**
 * The groups are what the rosters wish: nobody is there who should not be, and nobody who belongs there was removed.
 * @param {Groups} groups @param {Pick<Wish, "groups">} wish
 */
export function asWished(groups, wish) {
  return wish.groups.flatMap(({ group, declared, protect }) => {
    const found = groups.get(group);
    if (found === undefined) return [`${group} is gone`];
    const staying = new Set([...declared, ...protect]);
    return found.participants
      .filter((number) => !staying.has(number))
      .map((number) => `${number} is still in ${group}`);
  });
}

/**
 * Nobody is barred from a group whom no run was to remove from it.
 * @param {Groups} groups @param {readonly Wish[]} wishes
 */
export function removedRightly(groups, wishes) {
  return [...groups].flatMap(([id, { removed = [] }]) =>
    removed
      .filter(
        (number) =>
          !wishes.some(({ groups: wished }) =>
            wished.some(
              ({ group, declared, protect }) => group === id && !declared.includes(number) && !protect.includes(number),
            ),
          ),
      )
      .map((number) => `${number} was removed from ${id}, which no roster ever asked for`),
  );
}

/**
 * The state can be read, and knows each group of the rosters once, with nothing pending.
 * @param {string} text what `pulumi stack export` printed @param {Pick<Wish, "groups">} wish
 */
export function stateIsWhole(text, wish) {
  const deployment = deploymentOf(text);
  if (deployment === undefined) return [`the state can't be read: ${text.slice(0, 200)}`];
  const ids = (deployment.resources ?? [])
    .filter(({ type }) => type.endsWith(":ChatGroupParticipants"))
    .map(({ outputs }) => outputs?.group);
  const pending = (deployment.pending_operations ?? []).map(({ resource }) => `${resource.urn} is pending`);
  return [
    ...pending,
    ...wish.groups
      .map(({ group }) => ({ group, times: ids.filter((id) => id === group).length }))
      .filter(({ times }) => times !== 1)
      .map(({ group, times }) => `the state knows ${group} ${times} times`),
  ];
}

/** Whether the state holds operations that were cut off. @param {string} text */
export const hasPending = (text) => (deploymentOf(text)?.pending_operations ?? []).length > 0;

/** The deployment of an exported stack; undefined when it can't be read. @param {string} text */
function deploymentOf(text) {
  try {
    /** @type {unknown} */
    const read = JSON.parse(text);
    return /** @type {Partial<Exported>} */ (read).deployment;
  } catch {
    return undefined;
  }
}
