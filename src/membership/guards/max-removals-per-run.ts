import { plural } from "../../text/plural";
import { nameOf, counts, type RunRule } from "./rule";

/** People whose last day in the company has come are not counted: taking them out everywhere is the routine. */
export const maxRemovalsPerRun: RunRule = {
  rule: "max-removals-per-run",
  refuse: (all, limits, show) => {
    const counted = all
      .map((one) => ({ name: one.name, people: one.remove.filter((person) => counts(one, person)) }))
      .filter(({ people }) => people.length > 0);
    const who = counted.flatMap(({ name, people }) => people.map((person) => `${nameOf(person, show)} from ${name}`));
    if (who.length <= limits.maxRemovalsPerRun) return [];
    return [
      `${plural(who.length, "removal")} in ${plural(counted.length, "group")} ` +
        `(${counted.map(({ name, people }) => `${name}: ${people.length}`).join(", ")}), ` +
        `more than the run's limit of ${limits.maxRemovalsPerRun}: ${who.join(", ")}. ` +
        `To permit it, set rollcall:maxRemovalsPerRun to ${who.length}, or release these people in releases.yaml`,
    ];
  },
};
