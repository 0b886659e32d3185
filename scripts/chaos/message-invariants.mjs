/**
 * What must hold of messages, whatever happens. It is judged by what the local CAMS has in its inboxes, by the requests on
 * the wire, and by the state; never by what the program says. Every function returns what is wrong, as sentences.
 *
 * @import { Command, Game, Wish } from "./types.js"
 * @import { Came, Let, Message, PlannedMessages, Records, Sent } from "./message-types.js"
 * @typedef {import("../local/control.mjs").Call} Call
 * @typedef {Message & { asked: Sent }} Known a message, and the request that it came by
 * @typedef {ReadonlyMap<string, { participants: readonly string[], removed?: readonly string[] }>} Groups by their ids
 *
 * What is read of an exported stack.
 * @typedef {{ group?: string, lastLook?: unknown }} Inputs
 * @typedef {{ deployment: { resources?: { type: string, inputs?: Inputs }[] } }} Exported
 */

const SEND = "SendChatappMessage";
const DELETE = "DeleteChatGroupParticipants";
const TYPE = ":ChatGroupParticipants";
/** Commands that may send messages. */
const SENDING = ["up", "up --refresh", "apply"];
/** Codes of failures after which a later message may arrive, so that another one is sent. */
const PASSING = ["131047", "131049", "131056", "130429"];
/** Most messages that one person gets for one group. */
const MOST_MESSAGES = 5;
const GROUP_SIZE = 8;

/** @param {{ group: string, to: string }} of */
const pairOf = ({ group, to }) => `${to} of ${group}`;
/** @param {Pick<Sent, "group" | "to" | "link">} a @param {Pick<Sent, "group" | "to" | "link">} b */
const isSame = (a, b) => a.to === b.to && a.group === b.group && a.link === b.link;

/**
 * The messages with the requests that they came by: of several the last one before it, since those that were throttled
 * made none.
 * @param {readonly Message[]} messages @param {readonly Sent[]} sent
 * @returns {Known[]}
 */
export function withRequests(messages, sent) {
  return messages.flatMap((message) => {
    const asked = sent.findLast((one) => isSame(one, message) && one.at <= message.at);
    return asked === undefined ? [] : [{ ...message, asked }];
  });
}

/**
 * Of each message that CAMS was asked for, and that it has, the request and its run are known; else the others here would
 * see nothing.
 * @param {readonly Call[]} calls @param {readonly Message[]} messages @param {readonly Sent[]} sent
 */
export function everySenderKnown(calls, messages, sent) {
  const had = calls.filter(({ action }) => action === SEND).length;
  const known = sent.filter(({ run }) => Number.isInteger(run)).length;
  const unasked = messages.filter((one) => withRequests([one], sent).length === 0);
  return [
    ...(had <= known ? [] : [`CAMS had ${had} requests for messages, but the runs of ${known} only are known`]),
    ...unasked.map((one) => `${pairOf(one)} has a message for which there was no request`),
  ];
}

/**
 * Nobody gets two messages with the same link for one group, unless a release names them, or the first one failed for a
 * reason that passes. (No reminder is ever due here.) And nobody gets many, whatever happens to links.
 * @param {readonly Message[]} messages @param {readonly Let[]} lets
 */
export function onceALink(messages, lets) {
  /** @type {Map<string, readonly Message[]>} */
  const byPair = new Map();
  for (const one of messages) byPair.set(pairOf(one), [...(byPair.get(pairOf(one)) ?? []), one]);
  return [...byPair].flatMap(([pair, all]) => {
    const released = lets.filter(({ group, number }) => pair === pairOf({ group, to: number })).length;
    const most = MOST_MESSAGES + released;
    const many = all.length > most ? [`${pair} has ${all.length} messages, more than ${most}`] : [];
    const links = [...new Set(all.map(({ link }) => link))];
    const twice = links.flatMap((link) => {
      const some = all.filter((one) => one.link === link);
      const failed = some.slice(0, -1).filter(({ failure }) => PASSING.includes(failure?.code ?? "")).length;
      const may = 1 + failed + released;
      return some.length > may ? [`${pair} has ${some.length} messages with the same link, and ${may} may be`] : [];
    });
    return [...many, ...twice];
  });
}

/**
 * Nobody is sent a message for a group from which they were removed.
 * @param {readonly Known[]} messages @param {readonly Call[]} calls @param {Groups} groups
 */
export function nobodyRemoved(messages, calls, groups) {
  return messages.flatMap(({ asked, to, group }) => {
    if (groups.get(group)?.removed?.includes(to) !== true) return [];
    const removal = calls.find(
      ({ action, groupId, numbers, at }) =>
        action === DELETE && groupId === group && numbers.includes(to) && Date.parse(at) < asked.at,
    );
    return removal === undefined
      ? []
      : [`${pairOf({ to, group })} was sent a message after the removal of ${removal.at}`];
  });
}

/**
 * Nobody is sent a message for a group that they left, as long as its roster declares them.
 * @param {readonly Known[]} messages @param {readonly Came[]} left those whom a run had seen there
 * @param {readonly Wish[]} wishes
 */
export function nobodyWhoLeft(messages, left, wishes) {
  return messages.flatMap(({ asked, to, group }) => {
    const leaving = left.findLast((one) => one.group === group && one.number === to && one.at < asked.at);
    if (leaving === undefined) return [];
    const since = wishes.filter(({ at }) => at > leaving.at && at <= asked.at);
    const stays = since.every(({ groups }) => groups.some((one) => one.group === group && one.declared.includes(to)));
    return stays ? [`${pairOf({ to, group })} was sent a message after they left`] : [];
  });
}

/**
 * Only who is declared, as the rosters were when the latest run began, and has agreed is sent a message.
 * @param {readonly Sent[]} sent @param {readonly Wish[]} wishes
 */
export function onlyDeclared(sent, wishes) {
  return sent.flatMap((one) => {
    const wish = wishes.findLast(({ at }) => at <= one.at)?.groups.find(({ group }) => group === one.group);
    if (wish?.declared.includes(one.to) !== true) return [`${pairOf(one)} was sent a message, and is not declared`];
    return wish.consents?.includes(one.to) === true ? [] : [`${pairOf(one)} was sent a message, and has not agreed`];
  });
}

/**
 * Only runs that apply something send messages, none more than its limit, and none after its end but for what is on the
 * wire then. A message that is repeated after throttling is one message.
 * @param {Readonly<Game["runs"]>} runs @param {readonly Sent[]} sent
 */
export function asRunsMay(runs, sent) {
  return runs.flatMap(({ name, number, command, end, graceMs, mostMessages }) => {
    const own = sent.filter(({ run }) => run === number);
    const count = new Set(own.map(pairOf)).size;
    return [
      ...(count > 0 && !SENDING.includes(command) ? [`${name} sent ${count} messages`] : []),
      ...(count > mostMessages ? [`${name} sent ${count} messages, and its limit is ${mostMessages}`] : []),
      ...own
        .filter(({ at }) => at > end + graceMs)
        .map(({ at }) => `${name}: a message was sent ${at - end} ms after its end`),
    ];
  });
}

/**
 * While a plan is applied nobody is sent a message who was not declared, had not agreed or was there when it was saved.
 * @param {readonly Sent[]} sent @param {readonly PlannedMessages[]} plans
 */
export function onlyPlannedMessages(sent, plans) {
  return plans.flatMap(({ run, people }) =>
    sent
      .filter((one) => one.run === run && !(people[one.group] ?? []).includes(one.to))
      .map((one) => `run ${run}: ${pairOf(one)} was sent a message, whom the plan can't name`),
  );
}

/**
 * While a template counts as marketing nothing is sent by it.
 * @param {readonly Sent[]} sent @param {readonly { from: number, until: number }[]} spans in milliseconds since 1970
 */
export function nothingByMarketing(sent, spans) {
  return sent
    .filter(({ at }) => spans.some(({ from, until }) => at >= from && at < until))
    .map((one) => `${pairOf(one)} was sent a message while the template counts as marketing`);
}

/**
 * Each message that CAMS accepted is on record when all is at rest: the record of somebody who is declared, and was not
 * in the group since, counts no fewer messages, and begins no later.
 * @param {readonly Message[]} messages @param {Records} records @param {Pick<Wish, "groups">} wish
 * @param {readonly Came[]} came who came into a group, and when @param {readonly Let[]} lets
 */
export function allOnRecord(messages, records, wish, came, lets) {
  return [...new Set(messages.map(pairOf))].flatMap((pair) => {
    const all = messages.filter((one) => pairOf(one) === pair);
    const last = all.at(-1);
    if (last === undefined) return [];
    const { group, to } = last;
    const declared = wish.groups.find((one) => one.group === group)?.declared.includes(to) === true;
    /** @param {Came} one */
    const isOf = (one) => one.group === group && one.number === to;
    if (!declared || came.some((one) => isOf(one) && one.at >= last.at)) return [];
    const record = records[group]?.[to];
    if (record === undefined) return [`${pair} has a message, and the state knows of none`];
    const isReset = lets.some(isOf);
    const fewer = !isReset && record.messages < all.length;
    const later = Date.parse(record.since) > last.at && record.messages <= all.length;
    return [
      ...(fewer ? [`${pair} has ${all.length} messages, and the state knows of ${record.messages}`] : []),
      ...(later && !isReset
        ? [`${pair} has a message from before ${record.since}, when the state begins to know`]
        : []),
    ];
  });
}

/**
 * A record has the MessageId of a message to its own person for its own group, where CAMS has a message with that id.
 * @param {readonly Message[]} messages @param {Records} records
 */
export function ownIds(messages, records) {
  return Object.entries(records).flatMap(([group, people]) =>
    Object.entries(people).flatMap(([to, { id }]) => {
      const pair = pairOf({ group, to });
      const found = messages.find((one) => id !== undefined && one.id === id);
      return found === undefined || pairOf(found) === pair
        ? []
        : [`${pair} is on record with the message of ${pairOf(found)}`];
    }),
  );
}

/**
 * Everybody who may be invited was: declared, agreed, absent, with room in the group; neither removed nor gone. Without
 * this, a program that sends nothing would wrong nobody.
 * @param {Records} records @param {Groups} groups @param {Pick<Wish, "groups">} wish
 * @param {readonly Came[]} gone everybody who left a group
 */
export function everybodyInvited(records, groups, wish, gone) {
  return wish.groups.flatMap(({ group, declared, consents = [] }) => {
    const { participants = [], removed = [] } = groups.get(group) ?? {};
    const known = records[group] ?? {};
    const absent = declared.filter((number) => !participants.includes(number) && consents.includes(number));
    const waiting = absent.filter(
      (number) => !removed.includes(number) && !gone.some((one) => one.group === group && one.number === number),
    );
    const open = declared.filter((number) => known[number] !== undefined && !participants.includes(number)).length;
    if (participants.length + open >= GROUP_SIZE) return [];
    return waiting
      .filter((number) => known[number] === undefined)
      .map((number) => `${pairOf({ to: number, group })} may be invited, and was not`);
  });
}

/**
 * Each request for a message has a line of its own in the audit log that was written before it.
 * @param {string} text of the audit log @param {readonly Call[]} calls
 * @param {(number: string) => string} show writes digits in the one way in which numbers are compared
 */
export function auditTellsMessages(text, calls, show) {
  const attempts = text.split("\n").flatMap((line) => {
    const { act, event, number = "", at = "" } = lineOf(line);
    return act === "invite" && event === "attempt"
      ? [{ at, number: /^\d+$/.test(number) ? show(number) : number }]
      : [];
  });
  /** @type {Map<string, number>} */
  const sent = new Map();
  return calls.flatMap(({ action, to = "", at, code, httpStatus }, index) => {
    if (action !== SEND || /^(Throttling|131208)/.test(code) || httpStatus === 429) return [];
    const nth = (sent.get(to) ?? 0) + 1;
    sent.set(to, nth);
    const told = attempts.filter((one) => one.number === show(to) && one.at <= at).length;
    return told >= nth ? [] : [`call ${index}: ${nth} messages went to ${to}, but ${told} attempts were noted before`];
  });
}

/** @param {string} line @returns {{ act?: string, event?: string, number?: string, at?: string }} nothing when it is cut off */
function lineOf(line) {
  try {
    /** @type {unknown} */
    const read = JSON.parse(line);
    return /** @type {object} */ (read);
  } catch {
    return {};
  }
}

/**
 * What a state knows of invitations.
 * @param {string} text what `pulumi stack export --show-secrets` printed
 * @returns {Records}
 */
export function recordsIn(text) {
  /** @type {unknown} */
  const read = JSON.parse(text);
  const { deployment } = /** @type {Exported} */ (read);
  return Object.fromEntries(
    (deployment.resources ?? [])
      .filter(({ type }) => type.endsWith(TYPE))
      .map(({ inputs = {} }) => {
        const look = /** @type {{ invitations?: { invited?: Records[string] } } | undefined} */ (
          plain(inputs.lastLook)
        );
        return [inputs.group ?? "", look?.invitations?.invited ?? {}];
      }),
  );
}

/** A value, or the one within a secret. @param {unknown} value @returns {unknown} */
function plain(value) {
  const isSecret = typeof value === "object" && value !== null && "plaintext" in value;
  return isSecret && typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : value;
}
