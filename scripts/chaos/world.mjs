/** The groups and people that chaos is played with. */
import { random } from "./random.mjs";

/** The last group is not adopted yet. */
export const NOT_ADOPTED = "EA4";
export const GROUPS = ["EA1", "EA2", "EA3", NOT_ADOPTED];
/** Who is in which group when the run begins. */
const WORLD = people();
/** Who is in a group when the run begins. @param {string} group */
export const peopleOf = (group) => WORLD.get(group) ?? [];
/** @param {string} group */
export const rosterOf = (group) => `teams/${group.toLowerCase()}`;

/** Comes in by the link between two runs. */
export const LATE = "6598765432";

/** The new number of somebody who changes theirs. */
export const NEW_NUMBER = "6587203914";

/** Who may come into a group uninvited. @param {string} group */
export function strangersOf(group) {
  return [`65812${group.charCodeAt(2)}471`, `65931${group.charCodeAt(2)}083`];
}

/** The message by which people are invited. */
export const TEMPLATE = { code: "invite_1", name: "join_group", body: "Hi $(name), please join $(group): $(link)" };
const INVITEES = invitees();
/** Who may be declared besides, and invited. The first one in every group. @param {string} group */
export const inviteesOf = (group) => INVITEES.get(group) ?? [];

/** Numbers without a near miss among them. Some people are in every group. */
function people() {
  const { between } = random(8);
  const number = () => `6281${between(10_000_000, 99_999_999)}`;
  const everywhere = [number(), number()];
  return new Map(GROUPS.map((id) => [id, [...everywhere, ...Array.from({ length: 4 }, number)]]));
}

function invitees() {
  const { between } = random(9);
  const number = () => `6285${between(10_000_000, 99_999_999)}`;
  const everywhere = number();
  return new Map(GROUPS.map((id) => [id, [everywhere, number(), number(), number()]]));
}
