/**
 * The made-up groups that are measured. Everything about a group follows from one number of eight digits, its token, so
 * that a state of a thousand groups can be grown to ten thousand by writing other tokens.
 */
export const ACCOUNT = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };
const PEOPLE = 8;

/**
 * @typedef {{ name: string, group: string, members: Readonly<Record<string, string>> }} Group members by number, as digits
 * @typedef {{ subject?: string, inviteLink?: "open", consent?: string }} Keys what a roster may say of the group itself; and the
 *   day on which all its people agreed to be written to
 *
 * What is read of an exported stack.
 * @typedef {{ urn: string, outputs?: { summary?: { groups?: number } } }} Resource
 * @typedef {{ deployment: { resources: Resource[] } }} Exported
 */

/** @param {number} index */
export const token = (index) => String(30_000_000 + index);

/**
 * @param {number} index
 * @returns {Group}
 */
export function groupAt(index) {
  const own = token(index);
  /** @type {(readonly [number: string, name: string])[]} */
  const people = Array.from({ length: PEOPLE }, (_, n) => [`628${own}${n}`, `Person ${n} of ${own}`]);
  return { name: `team-${own}`, group: `EA${own}`, members: Object.fromEntries(people) };
}

/** The first groups. @param {number} count */
export const groupsOf = (count) => Array.from({ length: count }, (_, index) => groupAt(index));

/** The same, with the subject and the link that it has at CAMS. @param {Group} group @returns {Group & Keys} */
export const withLink = (group) => ({ ...group, subject: group.name, inviteLink: "open" });

/** A group's roster. @param {Pick<Group, "group" | "members"> & Keys} group */
export function rosterText({ group, subject, inviteLink, consent, members }) {
  const keys = Object.entries({ group, subject, inviteLink }).filter(([, value]) => value !== undefined);
  const agreed = consent === undefined ? "" : `, consent: ${consent}`;
  const people = Object.entries(members).map(
    ([number, name]) => `  - { number: "+${number}", name: ${name}${agreed} }`,
  );
  return [...keys.map(([key, value]) => `${key}: ${value}`), "members:", ...people, ""].join("\n");
}

/** The world at CAMS in which everybody is where they are declared. @param {readonly Group[]} groups */
export function seedOf(groups) {
  const seeds = groups.map(({ name, group, members }) => ({
    groupId: group,
    subject: name,
    participants: Object.keys(members),
  }));
  return { businessNumbers: { [ACCOUNT.businessNumber]: { custSpaceId: ACCOUNT.custSpaceId, groups: seeds } } };
}

/**
 * A stack's exported state with more groups than it was made with: the resource of the first group, written once more
 * for each.
 * @param {Exported} exported @param {number} count
 */
export function grow(exported, count) {
  const { resources } = exported.deployment;
  /** @param {Resource} resource */
  const isGroup = ({ urn }) => urn.endsWith(`::team-${token(0)}`);
  const text = JSON.stringify(resources.find(isGroup));
  /** @type {(index: number) => unknown} */
  const copy = (index) => JSON.parse(text.replaceAll(token(0), token(index)));
  const grown = Array.from({ length: count }, (_, index) => copy(index));
  const others = resources.filter(({ urn }) => !/::team-\d{8}$/.test(urn));
  for (const { outputs } of others) if (outputs?.summary?.groups !== undefined) outputs.summary.groups = count;
  return { ...exported, deployment: { ...exported.deployment, resources: [...others, ...grown] } };
}
