/** A prepared run → what reports know of it. */
import { CamsError, type Account } from "../cams";
import type { PlanReport } from "../report/plan";
import { leftAlone, leftAloneText, STATE_UNREAD, type PreparedRun } from "../run/prepare";
import { EXIT } from "./exit";
import { tell } from "./project";

/** The plan of a prepared run, with the invite links of groups in which somebody is awaited. */
export async function planOf(stack: string, prepared: PreparedRun, changedSince?: string): Promise<PlanReport> {
  const { plan, show, last, letGo } = prepared;
  const left = leftAloneText(plan, changedSince);
  if (left !== "") tell(left);
  return {
    stack,
    groups: plan.groups
      .filter(({ skipped }) => skipped !== true)
      .map(({ ref, desired, verdict }) => ({
        name: desired.name,
        group: ref.group,
        plan: verdict.plan,
        refusals: verdict.kind === "held" ? verdict.refusals : [],
      })),
    notLookedAt: leftAlone(plan),
    letGo,
    refusals: plan.refusals,
    links: await linksOf(prepared),
    notes: [...(last === undefined ? [STATE_UNREAD] : []), ...(left === "" ? [] : [left])],
    show,
  };
}

/**
 * Invite links by GroupId: one listing of groups for each account in which somebody is awaited. They let anybody in, so
 * they are not shown where numbers are masked; that they can't be had is no failure.
 */
async function linksOf({ plan, settings, reader }: PreparedRun): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>();
  if (settings.display === "masked") return links;
  const awaited = plan.groups.filter(({ verdict }) => (verdict.plan?.awaiting.length ?? 0) > 0);
  const wanted = new Set(awaited.map(({ ref }) => ref.group));
  const accounts = new Map(awaited.map(({ ref }) => [`${ref.businessNumber} ${ref.custSpaceId}`, ref]));
  for (const account of accounts.values()) {
    for (const { group, inviteLink } of await groupsOf(reader, account)) {
      if (wanted.has(group) && inviteLink !== "") links.set(group, inviteLink);
    }
  }
  return links;
}

async function groupsOf(reader: PreparedRun["reader"], account: Account) {
  try {
    return await reader.listGroups(account);
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    tell(`warning: the invite links can't be shown. ${error.message}`);
    return [];
  }
}

/** A refusal says more than that there are removals. */
export function exitOf({ refusals, removals }: { readonly refusals: number; readonly removals: number }): number {
  return refusals > 0 ? EXIT.refused : removals > 0 ? EXIT.removals : EXIT.clean;
}
