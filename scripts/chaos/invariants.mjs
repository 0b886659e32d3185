/**
 * What must hold whatever happens. Every function returns what is wrong, as sentences; none when all is well.
 *
 * A wish is what the rosters said from some call on: `{ from, groups }`, where `from` is the index of the first call and
 * `groups` holds `{ group, declared, protect }`.
 */

const LIST = "ListChatGroupParticipants";
const DELETE = "DeleteChatGroupParticipants";

/** A refusal by throttling says that nothing was done, so that the same call may be sent again at once. */
const refusedByThrottling = ({ code, httpStatus }) => /^(Throttling|131208)/.test(code) || httpStatus === 429;

/** Nobody was asked for who was declared or protected at that time, or who was in a group that no roster names. */
export function nobodyUnplanned(calls, wishes) {
  return calls.flatMap(({ action, groupId, numbers }, index) => {
    if (action !== DELETE) return [];
    const wish = wishes.findLast(({ from }) => from <= index)?.groups.find(({ group }) => group === groupId);
    if (wish === undefined) return [`call ${index}: ${groupId} is in no roster, but ${numbers} were asked for`];
    return numbers.flatMap((number) => {
      if (wish.declared.includes(number))
        return [`call ${index}: ${number} was asked for, but is declared in ${groupId}`];
      return wish.protect.includes(number)
        ? [`call ${index}: ${number} was asked for, but is protected in ${groupId}`]
        : [];
    });
  });
}

/** Nobody was asked for twice without an answered listing of that group in between. */
export function nobodyTwice(calls) {
  const since = new Map();
  return calls.flatMap((call, index) => {
    const { action, groupId, numbers, code } = call;
    if (action === LIST && code === "OK") since.set(groupId, new Set());
    if (action !== DELETE) return [];
    const asked = since.get(groupId);
    if (asked === undefined) return [`call ${index}: ${numbers} of ${groupId} were asked for before any listing`];
    const again = numbers.filter((number) => asked.has(number));
    if (!refusedByThrottling(call)) numbers.forEach((number) => asked.add(number));
    return again.map((number) => `call ${index}: ${number} of ${groupId} was asked for again without a listing`);
  });
}

/** A delete names 1 to 8 different people. */
export function smallCalls(calls) {
  return calls.flatMap(({ action, numbers }, index) =>
    action !== DELETE || (numbers.length >= 1 && numbers.length <= 8 && new Set(numbers).size === numbers.length)
      ? []
      : [`call ${index}: a delete of ${numbers.length} people (${numbers})`],
  );
}

/**
 * Every line of the audit log can be read, and each delete has for each of its people a line of its own that was written
 * before it; answers and outcomes follow their attempts.
 * @param {string} text the file @param {(number: string) => string} show writes digits in the one way in which numbers
 *   are compared: the file has them as `display` was at that time
 * @param {number} torn lines that a full disk may have cut off
 */
export function auditTellsAll(text, calls, show, torn = 0) {
  const problems = [];
  const cutOff = [];
  if (torn === 0 && text !== "" && !text.endsWith("\n")) problems.push("audit log: the last line is not whole");
  const lines = text
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line, at) => {
      try {
        return [JSON.parse(line)];
      } catch {
        cutOff.push(`audit log: line ${at + 1} is not JSON: ${line}`);
        return [];
      }
    });
  if (cutOff.length > torn) problems.push(...cutOff);
  const keyOf = ({ group, number }) => `${group} ${/^\d+$/.test(number) ? show(number) : number}`;
  const attempts = new Map();
  for (const [at, line] of lines.entries()) {
    const known = attempts.get(keyOf(line)) ?? [];
    if (line.event === "attempt") attempts.set(keyOf(line), [...known, line.at]);
    else if (known.length === 0 && line.outcome !== "already gone")
      problems.push(`audit log: line ${at + 1} tells the ${line.event} of an attempt that no line tells`);
  }
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
 * @param {Map<string, { participants: string[], removed?: string[] }>} groups
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

/** Nobody is barred from a group whom no run was to remove from it. */
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
 * @param {string} text what `pulumi stack export` printed
 */
export function stateIsWhole(text, wish) {
  let deployment;
  try {
    ({ deployment } = JSON.parse(text));
  } catch {
    return [`the state can't be read: ${text.slice(0, 200)}`];
  }
  const ids = (deployment.resources ?? [])
    .filter(({ type }) => type.endsWith(":ChatGroupParticipants"))
    .map(({ outputs }) => outputs?.group);
  const pending = (deployment.pending_operations ?? []).map(({ resource }) => `${resource.urn} is pending`);
  return [
    ...pending,
    ...wish.groups
      .map(({ group }) => [group, ids.filter((id) => id === group).length])
      .filter(([, times]) => times !== 1)
      .map(([group, times]) => `the state knows ${group} ${times} times`),
  ];
}

/** Whether the state holds operations that were cut off. */
export function hasPending(text) {
  try {
    return (JSON.parse(text).deployment.pending_operations ?? []).length > 0;
  } catch {
    return false;
  }
}
