import { byNumber } from "../plan";
import { REASONS } from "../reasons";
import type { Digits, Person } from "../types";
import { plural } from "../../text/plural";
import { nameOf, type RunRule } from "./rule";

/**
 * One wrong line in people.yaml or sets.yaml takes a person out of many groups at once. A former number is not counted:
 * a person who changed their number stays in all of these groups with the new one.
 */
export const maxGroupsPerPerson: RunRule = {
  rule: "max-groups-per-person",
  refuse: (all, limits, show) => {
    const people = new Map<Digits, Person & { readonly groups: readonly string[] }>();
    for (const one of all) {
      for (const { number, name } of one.remove.filter(
        (person) => !one.released.has(person.number) && REASONS[person.reason].countsForPerson,
      )) {
        const known = people.get(number) ?? { name, groups: [] };
        people.set(number, { number, name: known.name || name, groups: [...known.groups, one.name] });
      }
    }
    return [...people.values()]
      .filter(({ groups }) => groups.length > limits.maxGroupsPerPerson)
      .sort(byNumber)
      .map(
        ({ groups, ...person }) =>
          `${nameOf(person, show)} would be removed from ${plural(groups.length, "group")} (${groups.join(", ")}), ` +
          `more than the limit of ${limits.maxGroupsPerPerson} for one person. To permit it, set ` +
          `rollcall:maxGroupsPerPerson to ${groups.length}, set offboarded in people.yaml if they have left for good, ` +
          `or release them in releases.yaml`,
      );
  },
};
