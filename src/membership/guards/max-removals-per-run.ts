import { callAll, count, counts, type RunRule } from "./rule";

/** People whose last day in the company has come are not counted: taking them out everywhere is the routine. */
export const maxRemovalsPerRun: RunRule = {
  rule: "max-removals-per-run",
  refuse: (all, limits, show) => {
    const counted = all
      .map((one) => ({ name: one.name, people: one.remove.filter((person) => counts(one, person)) }))
      .filter(({ people }) => people.length > 0);
    const total = counted.reduce((sum, { people }) => sum + people.length, 0);
    if (total <= limits.maxRemovalsPerRun) return [];
    return [
      `${count(total, "removal")} in ${count(counted.length, "group")} ` +
        `(${counted.map(({ name, people }) => `${name}: ${callAll(people, show)}`).join("; ")}), ` +
        `more than the run's limit of ${limits.maxRemovalsPerRun}. To permit it, set rollcall:maxRemovalsPerRun to ${total}, ` +
        `or release these people in releases.yaml`,
    ];
  },
};
