/**
 * What a run is to do for groups themselves and for their links, besides removals. One listing of an account's groups
 * serves all rosters that need it; when no roster needs it, it is not made. It only reads.
 */
import type { CamsReader, GroupInfo } from "../cams";
import { ambiguousGroup } from "../groups/guards/ambiguous-group";
import { maxNewGroupsPerRun } from "../groups/guards/max-new-groups-per-run";
import { planLink, type LinkCase } from "../groups/link";
import { linkPeople } from "../groups/people";
import { textsToSet } from "../groups/plan";
import type { GroupsSeen, GroupWish, LinkPolicy, Upkeep } from "../groups/types";
import { conflictText, judgeGroup, type Show, type Verdict } from "../membership/guards";
import { planGroup } from "../membership/plan";
import type { History, Refusal } from "../membership/types";
import { readLastLink } from "../provider/invite-link";
import type { Declared } from "./desired";
import type { LastRun, LastUpkeep } from "./last-run";
import { listAccounts, rowIn, seenOf } from "./list-accounts";
import type { OtherRoster } from "./other-stacks";
import type { PlannedGroup, RunPlan } from "./plan-run";
import { boundBy } from "./reviewed-upkeep";

export interface PlanUpkeepOptions {
  readonly reader: Pick<CamsReader, "listGroups">;
  readonly last: LastRun | undefined;
  readonly elsewhere: ReadonlyMap<string, OtherRoster>;
  readonly show: Show;
  readonly limits: { readonly maxNewGroupsPerRun: number };
  /** Groups that are not known to be there. */
  readonly toMake: readonly Declared[];
  /** What identifies the group of a roster (`identityOf` in the room `roster`). */
  readonly identityOf: (one: Declared) => string;
}

/** The plan of a run, together with the groups that it makes, and with what it does for groups that are there. */
export async function planUpkeep(plan: RunPlan, options: PlanUpkeepOptions): Promise<RunPlan> {
  const { toMake, last, show, limits } = options;
  const wishful = plan.groups.filter(
    ({ wish, verdict, skipped }) => wish !== undefined && verdict.kind === "approved" && !skipped,
  );
  if (wishful.length + toMake.length === 0) return plan;
  const seen = await listAccounts(options.reader, [...wishful, ...toMake]);
  const kept = new Set(wishful);
  const groups = plan.groups.map((one) =>
    kept.has(one) && one.wish !== undefined ? upkeepOf(one, one.wish, seenOf(seen, one), last, show) : one,
  );
  const made = toMake.map((one) => planToMake(one, plan, seenOf(seen, one), options));
  const names = made.filter(({ upkeep }) => upkeep?.create === true).map(({ desired }) => desired.name);
  const tooMany = maxNewGroupsPerRun(names, limits.maxNewGroupsPerRun);
  return {
    ...plan,
    groups: [...groups, ...made]
      .map((one) => boundBy(plan.reviewed, one))
      .sort((a, b) => (a.desired.name < b.desired.name ? -1 : 1)),
    refusals: [
      ...plan.refusals,
      ...(tooMany === undefined ? [] : [{ rule: "max-new-groups-per-run", name: undefined, message: tooMany }]),
    ],
  };
}

/** The upkeep of a group that is there. */
function upkeepOf(
  one: PlannedGroup,
  wish: GroupWish,
  seen: GroupsSeen,
  last: LastRun | undefined,
  show: Show,
): PlannedGroup {
  const { desired, history, verdict, ref } = one;
  if (verdict.plan === undefined) return one;
  const row = rowIn(seen, ref);
  if (row === undefined) {
    const why =
      seen.kind === "listed" ? "CAMS does not list the group among those of its account. Run again" : seen.why;
    const message = `${desired.name} (${ref.group}): the group's texts and its link are left as they are. ${why}`;
    return { ...one, upkeepRefusals: [refusal("groups-not-listed", desired.name, message)] };
  }
  const set = textsToSet(wish, row);
  const { link: policy, linkRevision: revision } = wish;
  if (policy === "keep") return { ...one, upkeep: { create: false, set, link: undefined } };
  if (last === undefined) {
    // A link that is left alone keeps its memory of who may hold it. Planned without the
    // state, it would lose that memory.
    const message =
      `${desired.name} (${ref.group}): the group's link is left as it is, since the stack's state could not be read, so it is not known who may hold it. ` +
      "Make `pulumi stack export` work (log in, give the passphrase), and run again";
    const refusals = [refusal("state-not-read", desired.name, message)];
    return { ...one, upkeep: { create: false, set, link: undefined }, upkeepRefusals: refusals };
  }
  const own = last.links.get(desired.name);
  const record = own?.group === ref.group ? own : recordOf(ref.group, last);
  const { act, memory } = planLink(
    {
      ...{ policy, revision, live: row.inviteLink, names: desired.names },
      before: record === undefined ? unmanaged(history) : readLastLink(record.inputs),
      people: linkPeople(desired, verdict.plan, history),
    },
    show,
  );
  return { ...one, upkeep: { create: false, set, link: act }, link: { live: row.inviteLink, memory } };
}

/**
 * A link that was not under management before. If its group was, a first revision is a change of the roster: it is how
 * people end a link that leaked. If the group is new, or its state was lost, nobody can tell.
 */
const unmanaged = ({ kind, memory }: History): LinkCase["before"] =>
  kind === "adopted"
    ? {
        // Strangers who came before are no reason to renew the link: nobody had asked then that it end.
        memory: { holders: new Set(), owed: undefined, strangers: memory.strangers ?? new Set() },
        revision: undefined,
      }
    : undefined;

/** The record of a link whose roster was renamed, or has exchanged groups with another roster. */
function recordOf(group: string, last: LastRun): LastUpkeep | undefined {
  for (const record of last.links.values()) if (record.group === group) return record;
  return undefined;
}

const EMPTY = { kind: "whole", participants: [], unidentified: 0 } as const;
const NEW: History = { kind: "new", memory: undefined };

/** A group that is to be made: nobody is in it, and everybody declared is awaited. */
function planToMake(one: Declared, plan: RunPlan, seen: GroupsSeen, options: PlanUpkeepOptions): PlannedGroup {
  const { show, elsewhere, identityOf } = options;
  const { desired, make, wish } = one;
  const reviewed = plan.reviewed?.groups.get(desired.name);
  const common = { ...one, history: NEW, observed: EMPTY, reviewed };
  const refusals = refusalsOf();
  if (refusals.length > 0) return { ...common, verdict: { kind: "held", plan: undefined, refusals } };
  const verdict: Verdict = judgeGroup({ desired, plan: planGroup(desired, EMPTY, NEW), history: NEW }, show);
  if (verdict.kind === "held" || wish === undefined) return { ...common, verdict };
  const people = linkPeople(desired, verdict.plan, NEW);
  const names = desired.names;
  const before = undefined;
  const kept = wish.link === "keep" ? undefined : planLink(casesOf(wish.link), show);
  return {
    ...common,
    verdict,
    upkeep: { create: true, set: {}, link: kept?.act } satisfies Upkeep,
    ...(kept === undefined ? {} : { link: { live: "", memory: kept.memory } }),
  };

  function casesOf(policy: Exclude<LinkPolicy, "keep">) {
    return { policy, revision: wish?.linkRevision, live: "", before, people, names };
  }

  function refusalsOf(): readonly Refusal[] {
    const other = elsewhere.get(identityOf(one));
    if (other !== undefined)
      return [
        refusal(
          "belongs-elsewhere",
          desired.name,
          `${desired.name}: ${conflictText({ kind: "other stack", ...other }, desired.file)}`,
        ),
      ];
    if (seen.kind === "not listed") {
      const message = `${desired.name}: the group is not made, since the groups of its account could not be listed. ${seen.why}`;
      return [refusal("groups-not-listed", desired.name, message)];
    }
    const wished = { name: desired.name, file: desired.file, subject: wish?.subject };
    const message = ambiguousGroup(wished, seen.groups satisfies readonly GroupInfo[], make?.intent ?? "unknown");
    return message === undefined ? [] : [refusal("ambiguous-group", desired.name, message)];
  }
}

const refusal = (rule: string, name: string, message: string): Refusal => ({ rule, name, message });
