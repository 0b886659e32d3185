/**
 * Limits upkeep to what a reviewed plan says of groups themselves and of their links: nothing else is done for them.
 */
import type { Upkeep } from "../groups/types";
import { actIn } from "../provider/invite-link";
import { CHANGE } from "../provider/upkeep";
import { readRecord } from "../provider/shapes";
import type { PlannedGroup } from "./plan-run";
import type { ReviewedPlan } from "./reviewed-plan";

/** The upkeep of a group, limited to what the plan names and what is still to be done. */
export function boundBy(plan: ReviewedPlan | undefined, one: PlannedGroup): PlannedGroup {
  const { upkeep } = one;
  if (plan === undefined || upkeep === undefined) return one;
  const named = readRecord(plan.chatGroups.get(one.desired.name)?.inputs[CHANGE]);
  const link = actIn(plan.links.get(one.desired.name)?.inputs[CHANGE]);
  const bound: Upkeep = {
    create: upkeep.create && "create" in named,
    set: Object.fromEntries(Object.entries(upkeep.set).filter(([text]) => text in named)),
    link: upkeep.link?.kind === link?.kind ? upkeep.link : undefined,
  };
  return { ...one, upkeep: bound };
}
