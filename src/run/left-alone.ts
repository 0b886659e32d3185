import type { RunPlan } from "./plan-run";

/** How many groups a run leaves alone. */
export const leftAlone = ({ groups }: RunPlan): number => groups.filter(({ skipped }) => skipped).length;

/** Says how many groups were not looked at, and why; empty when there are none. */
export function leftAloneText(plan: RunPlan, changedSince: string | undefined): string {
  const { groups, reviewed } = plan;
  const left = leftAlone(plan);
  if (left === 0) return "";
  return reviewed !== undefined
    ? `${left} of ${groups.length} groups were not looked at, since the reviewed plan leaves them as they are: nobody is removed from them`
    : `${left} of ${groups.length} groups were not looked at, since no change since ${changedSince ?? ""} concerns them: nobody is removed from them, and no drift is seen`;
}
