/** What goes on between two runs of the chaos: in groups, on phones, in rosters and in releases. */

/**
 * @import { Change, Game, Person } from "./types.js"
 */

/** Most people whom a roster may declare. */
const MOST_DECLARED = 8;

/** @param {readonly Person[]} list @param {string} group */
const of = (list, group) => list.filter((one) => one.group === group).map(({ number }) => number);

/**
 * People come, leave and change their numbers, and rosters change.
 * @param {Game} game @param {Change} change
 */
export async function changeWorld(game, change) {
  const { project, cams } = game;
  await peopleCome(game, change);
  for (const { group, from, to } of change.changes ?? []) await cams.changeNumber(group, from, to);
  for (const number of change.reads ?? []) await cams.read(number);
  for (const { number, code } of change.fails ?? []) await cams.fail(number, code);
  project.note(`world: ${JSON.stringify(change)}`);
  const { declares = [], drops = [], consents = [], revises = [] } = change;
  if (declares.length + drops.length + consents.length + revises.length === 0) return;
  game.groups = game.groups.map((one) => {
    const dropped = of(drops, one.group);
    const declared = one.declared.filter((number) => !dropped.includes(number));
    const room = MOST_DECLARED - declared.length;
    const added = of(declares, one.group).filter((number) => !declared.includes(number));
    const agreed = of([...declares, ...consents], one.group);
    return {
      ...one,
      declared: [...declared, ...new Set(added)].slice(0, declared.length + room),
      ...(one.consents === undefined ? {} : { consents: [...new Set([...one.consents, ...agreed])] }),
      ...(revises.includes(one.group) ? { revision: (one.revision ?? 0) + 1 } : {}),
    };
  });
  game.groups.forEach((one) => project.declare(one));
}

/** @param {Game} game @param {Change} change */
async function peopleCome({ cams, came, left, gone, seen, project }, { joins = [], leaves = [], follows = [] }) {
  for (const { group, number } of leaves) {
    const isThere = (await cams.groups()).get(group)?.participants.includes(number) === true;
    await cams.leave(group, number);
    if (!isThere) continue;
    gone.push({ group, number, at: Date.now() });
    if (seen.has(`${group} ${number}`)) left.push({ group, number, at: Date.now() });
  }
  for (const { group, number } of joins) {
    await cams.join(group, number);
    came.push({ group, number, at: Date.now() });
  }
  for (const { group, number } of follows) {
    if (!(await cams.follow(group, number))) continue;
    came.push({ group, number, at: Date.now() });
    project.note(`${number} came into ${group} by the link of a message`);
  }
}

/** People whom releases let be written to once more. @param {Game} game @param {readonly Person[]} people */
export function letBeWrittenTo({ project, groups, lets }, people) {
  const named = groups.flatMap(({ name, group }) => {
    const numbers = of(people, group);
    return numbers.length === 0 ? [] : [{ name, numbers }];
  });
  if (named.length > 0) project.release(named);
  lets.push(...people.map((one) => ({ ...one, at: Date.now() })));
}

/**
 * Who may be invited if everything is as it is now, by group: declared, agreed, and not there.
 * @param {Pick<Game, "cams" | "groups">} game
 */
export async function invitable({ cams, groups }) {
  const found = await cams.groups();
  return Object.fromEntries(
    groups.map(({ group, declared, consents = [] }) => {
      const there = found.get(group)?.participants ?? [];
      return /** @type {const} */ ([
        group,
        declared.filter((number) => consents.includes(number) && !there.includes(number)),
      ]);
    }),
  );
}
