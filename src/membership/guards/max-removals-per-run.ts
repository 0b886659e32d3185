import { count, counts, type RunRule } from "./rule";

/** People whose last day in the company has come are not counted: taking them out everywhere is the routine. */
export const maxRemovalsPerRun: RunRule = {
  rule: "max-removals-per-run",
  refuse: (all, limits) => {
    const counted = all
      .map((one) => ({ name: one.name, n: one.remove.filter((person) => counts(one, person)).length }))
      .filter(({ n }) => n > 0);
    const total = counted.reduce((sum, { n }) => sum + n, 0);
    if (total <= limits.maxRemovalsPerRun) return [];
    return [
      `${count(total, "removal")} in ${count(counted.length, "group")} (${counted.map(({ name, n }) => `${name}: ${n}`).join(", ")}), ` +
        `more than the run's limit of ${limits.maxRemovalsPerRun}. To permit it, set rollcall:maxRemovalsPerRun to ${total}, ` +
        `or release these people in releases.yaml`,
    ];
  },
};
