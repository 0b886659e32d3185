import { memoryOf, wasThere } from "../memory";
import type { Digits, GroupPlan, History, Person } from "../types";
import { call, callAll, type GroupRule, type Show } from "./rule";

/** Somebody declared who left, and an unknown number that came: perhaps one person, whose number is another one now. */
export interface Pair {
  readonly left: Person;
  readonly came: Person;
}

/** The same pair in any group. */
export const pairKey = ({ left, came }: Pair): string => `${left.number} ${came.number}`;

/**
 * Everybody declared who left since the last look, with everybody undeclared who came since and would be removed:
 * WhatsApp moves a membership when a person changes their number.
 */
export function movedPairs(
  plan: Pick<GroupPlan, "left" | "remove">,
  history: History,
  released: ReadonlySet<Digits>,
): readonly Pair[] {
  const memory = memoryOf(history);
  if (memory === undefined) return [];
  const left = plan.left.filter(({ number }) => !released.has(number) && wasThere(memory, number));
  const came = plan.remove.filter(
    ({ number, reason }) => reason === "never declared" && !released.has(number) && !wasThere(memory, number),
  );
  return left.flatMap((one) => came.map((other) => ({ left: one, came: other })));
}

export const numberChange: GroupRule = {
  rule: "number-change",
  refuse: ({ desired, plan, history, moved }, show) => {
    const pairs = movedPairs(plan, history, desired.released);
    if (pairs.length === 0) return undefined;
    const [left, came] = [unique(pairs.map((pair) => pair.left)), unique(pairs.map((pair) => pair.came))];
    const also = pairs.flatMap((pair) => {
      const groups = (moved?.get(pairKey(pair)) ?? []).filter((name) => name !== desired.name);
      return groups.length === 0 ? [] : [`${nameBoth(pair, show)} in ${groups.join(", ")}`];
    });
    const others = also.length === 0 ? "in no other group" : `also ${also.join(", and ")}`;
    return (
      `perhaps somebody has a new number, and WhatsApp has moved their membership: since the last look ` +
      `${callAll(left, show)} left and ${callAll(came, show)} came (the same pair: ${others}). ` +
      `If it is the same person, write the new number into the roster or people.yaml, with the old one in formerly; if not, ` +
      `release the removal in releases.yaml, or take whoever left out of ${desired.file}`
    );
  },
};

const nameBoth = ({ left, came }: Pair, show: Show): string => `${call(left, show)} and ${call(came, show)}`;

const unique = (people: readonly Person[]): readonly Person[] => [
  ...new Map(people.map((person) => [person.number, person])).values(),
];
