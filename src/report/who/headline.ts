import { plural } from "../../text/plural";
import { countNotKnown, countStates, entriesOf, isDoubtful, STATES } from "./entries";
import type { WhoReport } from "./types";

/** The answer in one sentence. */
export function headlineOf({ about, groups, nameless }: WhoReport): string {
  const lacking = lackingIn(groups);
  if (about?.is !== undefined)
    return `${about.title}: ${whereabouts(about.is, groups)}${namelessText(nameless)}${lacking}`;
  const counts = countStates(groups);
  const parts = [...STATES, "unidentified" as const]
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`);
  const told = parts.length === 0 ? "nobody" : parts.join(", ");
  return `${about?.title ?? plural(groups.length, "group")}: ${told}${lacking}`;
}

/** What keeps the answer from being whole, each part after a semicolon. */
function lackingIn(groups: WhoReport["groups"]): string {
  const parts = [
    ["not known", countNotKnown(groups)] as const,
    ["doubtful", groups.filter(isDoubtful).length] as const,
  ];
  return parts.map(([what, count]) => (count === 0 ? "" : `; ${what}: ${plural(count, "group")}`)).join("");
}

/** Rows that may be the person who was asked for; empty when there are none. */
export function namelessText(nameless: WhoReport["nameless"]): string {
  if (nameless === undefined || nameless.rows === 0) return "";
  const { rows, groups } = nameless;
  return `; ${plural(rows, "row")} without a number in ${plural(groups, "group")} may be anybody`;
}

/** `present in 2 groups, awaiting in 1 group` */
function whereabouts(is: (number: string) => boolean, groups: WhoReport["groups"]): string {
  const states = groups.flatMap((group) => [
    ...new Set(entriesOf(group, "dated").flatMap(({ number, state }) => (is(number) ? [state] : []))),
  ]);
  const told = STATES.map((state) => [state, states.filter((one) => one === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${state} in ${plural(count, "group")}`);
  return told.length === 0 ? "declared in no group, and seen in none" : told.join(", ");
}
