/**
 * The stories of invitations: rosters declare people who are to be sent the link of their group, and runs are struck while
 * they send it. In between people join by the link, are dropped and declared again, leave, and links are made anew.
 */
import { drawMessageKill, drawMessageSignal, failing, ofTheMessage } from "./message-mischief.mjs";
import { drawFullDisk } from "./mischief.mjs";
import { inviteesOf, LATE, peopleOf, TEMPLATE } from "./world.mjs";

/**
 * @import { Act, Change, Command, Dice, Drawn, DrawnGroup, Mischief, Person, RunAct, Slowness, Story } from "./types.js"
 */

/** Most people whom a roster may declare. */
const MOST_DECLARED = 8;
const SETTINGS = { invitationTemplate: TEMPLATE.code, maxInvitationsPerRun: 40 };
const LINKS = /** @type {const} */ ([undefined, undefined, "while-awaited", "open"]);
/** @type {readonly Slowness[]} */
const SLOW = [
  { listedAfterMs: 0, deliveredAfterMs: 0 },
  { listedAfterMs: 0, deliveredAfterMs: 1_000 },
  { listedAfterMs: 5_000, deliveredAfterMs: 4_000 },
  // Longer than a run takes: what an earlier run has sent is not listed yet.
  { listedAfterMs: 20_000, deliveredAfterMs: 0 },
];

/** @param {Command} command @param {Omit<RunAct, "act" | "command">} more @returns {RunAct} */
const run = (command, more = {}) => ({ act: "run", command, ...more });

/**
 * The same groups, with people declared besides who are not there. Most have agreed to be written to, and so have all
 * who are there: who is dropped and declared again must not be written to, though they have agreed.
 * @param {Dice} dice @param {DrawnGroup} one @returns {DrawnGroup}
 */
function inviting({ between, some, pick, chance }, one) {
  const room = MOST_DECLARED - one.declared.length;
  const asked = some(inviteesOf(one.group), Math.min(room, between(1, 3)));
  const consents = [...peopleOf(one.group), ...asked.filter(() => chance(0.85))];
  const link = pick(LINKS);
  return { ...one, declared: [...one.declared, ...asked], consents, ...(link === undefined ? {} : { link }) };
}

/** @param {readonly DrawnGroup[]} groups */
const invited = (groups) =>
  groups.flatMap(({ group, declared }) =>
    inviteesOf(group)
      .filter((number) => declared.includes(number))
      .map((number) => ({ group, number })),
  );

/**
 * What happens between two runs.
 * @param {Dice} dice @param {readonly DrawnGroup[]} groups @param {boolean} isQuiet whether nobody comes in uninvited
 * @returns {Act}
 */
function gap(dice, groups, isQuiet) {
  const { chance, pick } = dice;
  const all = groups.flatMap(({ group }) => inviteesOf(group).map((number) => ({ group, number })));
  const old = groups.flatMap(({ group, drops }) => drops.map((number) => ({ group, number })));
  // Whoever leaves while a stranger is new would seem to have changed their number, and the group would be held.
  const quiet = groups.filter(({ strangers }) => isQuiet && strangers.length === 0);
  const staying = quiet.flatMap((one) => one.declared.map((number) => ({ group: one.group, number })));
  const linked = groups.filter(({ link }) => link !== undefined);
  const maybe = (/** @type {number} */ share, /** @type {readonly Person[]} */ list) =>
    list.length > 0 && chance(share) ? [pick(list)] : [];
  const code = pick(["131026", "131050", "131056", "131000"]);
  /** @type {Change} */
  const change = {
    follows: all.filter(() => chance(0.25)),
    drops: maybe(0.3, all),
    declares: [...dice.some(all, dice.between(0, 4)), ...maybe(0.3, old)],
    consents: maybe(0.3, all),
    leaves: maybe(0.4, staying),
    joins: isQuiet
      ? []
      : maybe(
          0.3,
          groups.map(({ group }) => ({ group, number: LATE })),
        ),
    revises: linked.length > 0 && chance(0.3) ? [pick(linked).group] : [],
    reads: maybe(0.3, all).map(({ number }) => number),
    fails: maybe(0.2, all).map(({ number }) => ({ number, code })),
  };
  return { act: "world", ...change };
}

/** What may come between two runs and has to change nothing. @param {Dice} dice @returns {Act[]} */
function between({ chance }) {
  return [
    ...(chance(0.2) ? [run("refresh")] : []),
    ...(chance(0.15) ? [run("plan")] : []),
    ...(chance(0.15) ? [/** @type {Act} */ ({ act: "display" })] : []),
  ];
}

/**
 * People are invited, and runs of it are struck around the messages.
 * @param {Dice} dice @param {Drawn} drawn
 * @returns {Story}
 */
export function drawInvitations(dice, { groups: drawn, ofMessages, firstOfMessages }) {
  const { pick, chance } = dice;
  const groups = drawn.map((one) => inviting(dice, one));
  const people = invited(groups);
  const numbers = [...new Set(people.map(({ number }) => number))];
  const isQuiet = chance(0.6);
  /** @returns {Mischief} */
  const mischief = () => {
    if (chance(0.4)) return drawMessageKill(dice);
    if (chance(0.3)) return drawMessageSignal(dice);
    if (chance(0.05)) return drawFullDisk(dice);
    return failing(dice, pick(chance(0.5) ? ofTheMessage(ofMessages) : ofMessages), numbers);
  };
  const first = firstOfMessages === undefined ? mischief() : failing(dice, firstOfMessages, numbers);
  /** @param {Mischief} what @returns {RunAct} */
  const struck = (what) =>
    run(pick(/** @type {const} */ (["up", "up", "up", "up --refresh"])), {
      mischief: what,
      by: what.kind === "signal" || chance(0.2) ? "rollcall" : "pulumi",
      kept: chance(0.3),
    });
  const isLimited = chance(0.2);
  const settings = {
    ...SETTINGS,
    ...(isLimited ? { maxInvitationsPerRun: dice.between(1, 3) } : {}),
    ...(chance(0.2) ? { callsPerSecond: 5 } : {}),
  };
  /** @type {Act[]} */
  const released = chance(0.5) ? [{ act: "let", people: dice.some(people, 2) }] : [];
  /** @type {Act[]} */
  const marketing = chance(0.15)
    ? [{ act: "template", is: { category: "MARKETING" } }, run("up"), { act: "template", is: { category: "UTILITY" } }]
    : [];
  return {
    groups,
    settings,
    slowness: chance(0.7) ? pick(SLOW) : undefined,
    acts: [
      struck(first),
      ...(isLimited ? [/** @type {Act} */ ({ act: "set", settings: SETTINGS }), struck(mischief())] : []),
      gap(dice, groups, isQuiet),
      ...between(dice),
      ...marketing,
      ...(chance(0.7) ? [struck(mischief())] : [run("up")]),
      gap(dice, groups, isQuiet),
      ...between(dice),
      ...released,
      ...(chance(0.5) ? [struck(mischief())] : []),
      gap(dice, groups, isQuiet),
    ],
  };
}

/**
 * A plan that names who is invited is saved; people come and go; it is applied, with a blow around the messages, and again
 * until it is carried out.
 * @param {Dice} dice @param {Drawn} drawn
 * @returns {Story}
 */
export function drawInvitationPlan(dice, { groups: drawn, ofMessages }) {
  const { pick, chance } = dice;
  const groups = drawn.map((one) => inviting(dice, one));
  const people = invited(groups);
  const numbers = people.map(({ number }) => number);
  const came = people.filter(() => chance(0.2));
  const late = groups.filter(() => chance(0.3)).map(({ group }) => ({ group, number: LATE }));
  const mischief = chance(0.6)
    ? drawMessageKill(dice, ["everything", "everything", "provider", "engine"])
    : failing(dice, pick(ofMessages), numbers);
  return {
    groups,
    settings: SETTINGS,
    slowness: chance(0.3) ? pick(SLOW) : undefined,
    acts: [
      ...(chance(0.5) ? [run("up", { mischief: drawMessageKill(dice) })] : []),
      run("plan"),
      { act: "world", joins: [...came, ...late], reads: [pick(numbers)] },
      ...(chance(0.2) ? [run("refresh")] : []),
      ...(chance(0.7) ? [run("apply", { mischief })] : []),
      ...(chance(0.2) ? [run("refresh")] : []),
      { act: "carry out", mayBeHeld: [] },
      gap(dice, groups, true),
    ],
  };
}
