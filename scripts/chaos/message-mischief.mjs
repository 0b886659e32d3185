/** What can go wrong around a message, drawn by chance. */
import { TARGETS } from "./mischief.mjs";

/**
 * @import { Dice, FaultAt, Fault, Kill, Manner, Moment, Signal, Step, Victim } from "./types.js"
 * @typedef {import("./cams.mjs").KnownFault} KnownFault
 */

/** @type {Step} */
const SEND = { step: "message", action: "SendChatappMessage", nth: 1 };
/**
 * The calls of a run with invitations, besides those of its people.
 * @type {readonly Step[]}
 */
const LOOKS = [
  { step: "list of messages", action: "ListChatappMessage", nth: 1 },
  { step: "list of groups", action: "ListChatGroup", nth: 1 },
  { step: "second list of groups", action: "ListChatGroup", nth: 2 },
  { step: "look at the template", action: "GetChatappTemplateDetail", nth: 1 },
  { step: "look at the number", action: "QueryChatappPhoneNumbers", nth: 1 },
  { step: "new link", action: "AddChatGroupInviteLink", nth: 1 },
  { step: "list before the message", action: "ListChatGroupParticipants", nth: 2 },
];

/** Faults that change a group for good, or make somebody leave unseen, and faults of a second page: there is none. */
const ELSEWHERE = /^(group-|leave-race|removal-|total-changes|page-empty|page-repeated|page-unstable|creation-)/;
/** Faults that a run waits out: forty of them take longer than a run may. */
const WAITED_OUT = /^(throttled-|meta-131208|too-many-)/;
/** In which forms Meta's refusal of a message may come. */
const FORMS = ["receipt", "code", "message", "http"];

/**
 * Every fault at every call around a message where it can strike; those of the message itself first.
 * @param {readonly KnownFault[]} faults @returns {FaultAt[]}
 */
export function everyMessageFault(faults) {
  return [SEND, ...LOOKS].flatMap((step) =>
    faults
      .filter(({ name, actions }) => !ELSEWHERE.test(name) && (actions === null || actions.includes(step.action)))
      .map(({ name, value }) => ({
        kind: /** @type {const} */ ("fault"),
        ...step,
        fault: name,
        forms: value?.byDefault === "receipt" ? FORMS : undefined,
      })),
  );
}

/** Those of the message itself. @param {readonly FaultAt[]} all */
export const ofTheMessage = (all) => all.filter(({ action }) => action === SEND.action);

/**
 * A fault as it strikes a run, perhaps for one person only.
 * @param {Dice} dice @param {FaultAt} fault @param {readonly string[]} numbers @returns {Fault}
 */
export function failing({ pick, chance }, { forms, ...fault }, numbers) {
  const isOfOne = fault.action === SEND.action && numbers.length > 0 && chance(0.4);
  return {
    ...fault,
    nth: fault.action === SEND.action ? pick([1, 1, 2, 3]) : fault.nth,
    times: pick(WAITED_OUT.test(fault.fault) ? [1, 1, 2, 3] : [1, 1, 2, 3, 40]),
    ...(isOfOne ? { number: pick(numbers), nth: 1 } : {}),
    ...(forms === undefined ? {} : { value: pick(forms) }),
  };
}

/**
 * What CAMS does with the message at which somebody is struck.
 * @type {readonly Manner[]}
 */
const ENDS = [
  { manner: "call never carried out", fault: "hang" },
  { manner: "call carried out, no answer", fault: "hang-applied" },
  { manner: "call carried out, no answer", fault: "hang-applied" },
  { manner: "connection reset after it was carried out", fault: "reset-applied" },
  { manner: "call carried out just after", fault: "slow", afterMs: 150 },
  { manner: "call carried out late", fault: "slow", afterMs: 900 },
  { manner: "call carried out during the next run", fault: "slow", afterMs: 4_000 },
  { manner: "call throttled again and again", fault: "throttled-429", times: 500 },
  { manner: "call answered" },
  { manner: "call answered" },
];

/** @type {readonly Victim[]} */
const VICTIMS = ["everything", "everything", "engine", "engine", "provider", "provider", "program"];

/** A moment around a message. @param {Dice} dice @returns {Moment} */
function drawMoment({ pick, chance }) {
  const thenMs = pick([0, 0, 5, 20, 60, 300]);
  if (chance(0.2)) return { ...pick(LOOKS), ...pick(ENDS.filter(({ times }) => times === undefined)), thenMs };
  const way = pick(ENDS);
  const nth = pick([1, 1, 1, 2, 3]);
  return { ...SEND, ...(way.times === undefined ? { nth } : { call: nth }), ...way, thenMs };
}

/** @param {Dice} dice @param {readonly Victim[]} victims @returns {Kill} */
export function drawMessageKill(dice, victims = VICTIMS) {
  return { kind: "kill", victim: dice.pick(victims), ...drawMoment(dice) };
}

/** @param {Dice} dice @returns {Signal} */
export function drawMessageSignal(dice) {
  const signal = dice.pick(/** @type {const} */ (["SIGTERM", "SIGINT"]));
  return { kind: "signal", signal, target: dice.pick(TARGETS), ...drawMoment(dice) };
}
