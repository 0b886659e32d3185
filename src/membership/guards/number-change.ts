import { movedIn } from "../memory";
import type { Desired, Digits, GroupPlan, History, Person } from "../types";
import { nameOf, nameAll, type GroupRule, type Show } from "./rule";

/** Somebody declared who left, and an unknown number that came: perhaps one person, whose number is another one now. */
export interface Pair {
  readonly left: Person;
  readonly came: Person;
}

/** The same pair in any group. */
export const pairKey = ({ left, came }: Pair): string => `${left.number} ${came.number}`;

/**
 * Everybody undeclared who would be removed, with everybody declared who left when they came: WhatsApp moves a
 * membership when a person changes their number.
 */
export function movedPairs(
  plan: GroupPlan,
  history: History,
  desired: Pick<Desired, "released" | "formerly">,
): readonly Pair[] {
  const { released } = desired;
  const moved = movedIn(plan, history.memory);
  return plan.remove.flatMap((came) => {
    if (released.has(came.number)) return [];
    const leftThen = new Set(moved.get(came.number));
    // The rosters say whose former number it is. Only if that person left can the two be the same.
    const mayBe = (number: Digits): boolean =>
      came.reason !== "changed number" || number === desired.formerly.get(came.number);
    return [...plan.left, ...plan.awaiting]
      .filter(({ number }) => leftThen.has(number) && !released.has(number) && mayBe(number))
      .map((left) => ({ left, came }));
  });
}

export const numberChange: GroupRule = {
  rule: "number-change",
  refuse: ({ desired, plan, history, moved }, show) => {
    const pairs = movedPairs(plan, history, desired);
    if (pairs.length === 0) return undefined;
    const [left, came] = [unique(pairs.map((pair) => pair.left)), unique(pairs.map((pair) => pair.came))];
    const also = pairs.flatMap((pair) => {
      const groups = (moved?.get(pairKey(pair)) ?? []).filter((name) => name !== desired.name);
      return groups.length === 0 ? [] : [`${nameBoth(pair, show)} in ${groups.join(", ")}`];
    });
    const others = also.length === 0 ? "in no other group" : `also ${also.join(", and ")}`;
    return (
      `perhaps somebody has a new number, and WhatsApp has moved their membership: between two looks ` +
      `${nameAll(left, show)} left and ${nameAll(came, show)} came (the same pair: ${others}). ` +
      remedy(desired.file)
    );
  },
};

/** What to do. Only rosters have people.yaml and releases.yaml beside them. */
function remedy(file: string): string {
  return file.endsWith(".yaml")
    ? "If it is the same person, write the new number into the roster or people.yaml, with the old one in formerly; if not, " +
        `release the removal in releases.yaml, or delete the person who left from ${file}`
    : `If it is the same person, write the new number into ${file}; if not, delete the person who left from them, or keep the new number with protect`;
}

const nameBoth = ({ left, came }: Pair, show: Show): string => `${nameOf(left, show)} and ${nameOf(came, show)}`;

const unique = (people: readonly Person[]): readonly Person[] => [
  ...new Map(people.map((person) => [person.number, person])).values(),
];
