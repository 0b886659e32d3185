import type { GroupRef } from "../cams";
import { nameAll, type Show } from "../membership/guards";
import type { GroupPlan, Spared } from "../membership/types";
import { plural } from "../text/plural";

/** Why undeclared people stay, in the order of the report. */
const WHY: Readonly<Record<Spared["because"], string>> = {
  adoption: "spared by adoption, so the next up removes them, within the limits",
  report: "spared by undeclared: report",
  protect: "spared by protect",
  plan: "spared, since the reviewed plan does not name them",
};

/**
 * Reports the people who are in a group and stay, although nobody declared them, for a group that no roll call reports.
 * It gives a line for people and a line for rows without a number, and no line where there is nothing to report. The
 * business number itself is not reported.
 */
export function stayText(
  plan: Pick<GroupPlan, "spared" | "unidentified">,
  { group, businessNumber }: Pick<GroupRef, "group" | "businessNumber">,
  show: Show,
): readonly string[] {
  const spared = plan.spared.filter(({ number }) => number !== businessNumber);
  const reasons = (Object.keys(WHY) as Spared["because"][]).flatMap((because) => {
    const people = spared.filter((one) => one.because === because);
    return people.length === 0 ? [] : [`${nameAll(people, show)} (${WHY[because]})`];
  });
  const { unidentified: rows } = plan;
  return [
    ...(reasons.length === 0
      ? []
      : [`${group}: ${spared.length} in the group, but not declared: ${reasons.join("; ")}`]),
    ...(rows === 0 ? [] : [`${group}: ${plural(rows, "row")} without a plain number, never removed`]),
  ];
}
