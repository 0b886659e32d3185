/** A prepared run → what reports know of it. */
import { accountKey, CamsError, type Account } from "../cams";
import type { PlanReport } from "../report/planned";
import { leftAlone, leftAloneText } from "../run/left-alone";
import { STATE_UNREAD, type PreparedRun } from "../run/prepare";
import { EXIT } from "./exit";
import { tell } from "./project";

/** The plan of a prepared run, with the invite links of groups in which somebody is awaited. */
export async function planOf(stack: string, prepared: PreparedRun, changedSince?: string): Promise<PlanReport> {
  const { plan, show, last, letGo, now } = prepared;
  const left = leftAloneText(plan, changedSince);
  if (left !== "") tell(left);
  return {
    stack,
    groups: plan.groups
      .filter(({ skipped }) => skipped !== true)
      .map(({ ref, desired, verdict, wish, upkeep, upkeepRefusals, invitations }) => ({
        name: desired.name,
        group: ref.group,
        plan: verdict.plan,
        refusals: verdict.kind === "held" ? verdict.refusals : [],
        ...{ subject: wish?.subject, upkeep, upkeepRefusals },
        invitations: invitations === undefined ? undefined : { ...invitations, now },
      })),
    notLookedAt: leftAlone(plan),
    letGo,
    refusals: plan.refusals,
    inviteRefusals: plan.inviteRefusals,
    links: await linksOf(prepared),
    notes: [...(last === undefined ? [STATE_UNREAD] : []), ...(left === "" ? [] : [left])],
    show,
  };
}

/**
 * Invite links by GroupId: one listing of groups for each account in which somebody is awaited, unless the plan has them. They
 * let anybody in, so they are not shown where numbers are masked; that they can't be had is no failure. A link that the run ends
 * is nobody's way in.
 */
async function linksOf({ plan, settings, reader }: PreparedRun): Promise<ReadonlyMap<string, string>> {
  if (settings.display === "masked") return new Map();
  const awaited = plan.groups.filter(
    ({ verdict, make, upkeep }) =>
      (verdict.plan?.awaiting.length ?? 0) > 0 && make === undefined && upkeep?.link === undefined,
  );
  const known = awaited.flatMap(({ ref, link }): [string, string][] =>
    link === undefined ? [] : [[ref.group, link.live]],
  );
  const others = awaited.filter(({ link }) => link === undefined).map(({ ref }) => ref);
  const wanted = new Set(others.map(({ group }) => group));
  const accounts = new Map(others.map((ref) => [accountKey(ref), ref]));
  const listed: [string, string][] = [];
  for (const account of accounts.values()) {
    for (const { group, inviteLink } of await groupsOf(reader, account)) {
      if (wanted.has(group)) listed.push([group, inviteLink]);
    }
  }
  return new Map([...known, ...listed].filter(([, inviteLink]) => inviteLink !== ""));
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
