import { call, count, counts, type RunRule } from "./rule";

/** One wrong line in people.yaml or sets.yaml takes a person out of many groups at once. */
export const maxGroupsPerPerson: RunRule = {
  rule: "max-groups-per-person",
  refuse: (all, limits, show) => {
    const groupsOf = new Map<string, { name: string; groups: string[] }>();
    for (const one of all) {
      for (const { number, name } of one.remove.filter((person) => counts(one, person))) {
        const entry = groupsOf.get(number) ?? { name, groups: [] };
        entry.groups.push(one.name);
        groupsOf.set(number, { name: entry.name || name, groups: entry.groups });
      }
    }
    return [...groupsOf]
      .filter(([, { groups }]) => groups.length > limits.maxGroupsPerPerson)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([number, { name, groups }]) =>
          `${call({ number, name }, show)} would be removed from ${count(groups.length, "group")} (${groups.join(", ")}), ` +
          `more than the limit of ${limits.maxGroupsPerPerson} for one person. To permit it, set ` +
          `rollcall:maxGroupsPerPerson to ${groups.length}, set offboarded in people.yaml if they have left for good, ` +
          `or release them in releases.yaml`,
      );
  },
};
