import type { GroupPlan, History } from "../types";
import { callAll, type GroupRule } from "./rule";

/** Fewer people than this may leave a group in any proportion. */
const FEWEST = 3;

/**
 * Whether a listing lacks more than half of the declared people whom the last look saw in the group. People do leave,
 * but rarely so many at once; a listing that lost rows looks just like it.
 */
export function isSuspicious(
  plan: Pick<GroupPlan, "left">,
  history: History | undefined,
  released: ReadonlySet<string>,
): boolean {
  const lost = plan.left.filter(({ number }) => !released.has(number)).length;
  return lost >= FEWEST && lost * 2 > sizeBefore(history);
}

/** How many declared people were there at the last run; infinitely many when nobody knows, for then no share is lost. */
function sizeBefore(history: History | undefined): number {
  return (history?.kind === "adopted" ? history.last.present?.size : undefined) ?? Infinity;
}

/** The rule's name: what it holds is not taken down as what was there. */
export const SUSPICIOUS = "suspicious-listing";

export const suspiciousListing: GroupRule = {
  rule: SUSPICIOUS,
  refuse: ({ desired, plan, history }, show) => {
    if (!isSuspicious(plan, history, desired.released)) return undefined;
    return (
      `the listing lacks ${plan.left.length} people (${callAll(plan.left, show)}) ` +
      `of the ${sizeBefore(history)} who were there at the last run, more than half, and nobody removed them. If they really left, ` +
      `take them out of ${desired.file} or release them in releases.yaml; else run again later`
    );
  },
};
