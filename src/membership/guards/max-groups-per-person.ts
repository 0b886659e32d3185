import { call, count, type RunRule } from "./rule";

/** One wrong line in people.yaml or sets.yaml takes a person out of many groups at once. */
export const maxGroupsPerPerson: RunRule = {
  rule: "max-groups-per-person",
  refuse: (all, limits, show) => {
    const groupsOf = new Map<string, { name: string; groups: string[] }>();
    for (const { desired, plan } of all) {
      for (const { number, name, reason } of plan.remove) {
        if (reason === "offboarded" || desired.released.has(number)) continue;
        const entry = groupsOf.get(number) ?? { name, groups: [] };
        entry.groups.push(desired.name);
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
