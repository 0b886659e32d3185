/**
 * The plan of a run: all groups are observed, planned and judged. It only reads. The program registers the result, and
 * `rollcall plan` prints it, so both say the same.
 */
import type { CamsReader } from "../cams";
import type { GroupWish, LinkMemory, Upkeep } from "../groups/types";
import {
  approve,
  isSuspicious,
  type Candidate,
  type Conflict,
  type RunLimits,
  type Show,
  type Verdict,
} from "../membership/guards";
import { planGroup } from "../membership/plan";
import type { History, Memory, Observed, Refusal, Removal } from "../membership/types";
import { observeAll, type RollCallOptions } from "../observation/roll-call";
import { conflictsOf } from "./conflicts";
import type { Declared } from "./desired";
import type { LastRun } from "./last-run";
import type { OtherRoster } from "./other-stacks";
import type { ReviewedGroup, ReviewedPlan } from "./reviewed-plan";
import type { PlannedInvitations } from "./planned-invitations";

/** One group, looked at and judged. */
export interface PlannedGroup extends Declared {
  readonly history: History;
  readonly observed: Observed;
  readonly verdict: Verdict;
  /** What the reviewed plan says of it; undefined when none is applied, or when the plan does not know the group. */
  readonly reviewed: ReviewedGroup | undefined;
  /** What is to be done for the group itself; undefined when nothing is wanted of it, or when it is left alone. */
  readonly upkeep?: Upkeep | undefined;
  /** The link, and what is to be remembered of it; only when the wish for it is `open` or `while-awaited`. */
  readonly link?: PlannedLink | undefined;
  /** Why nothing is done for the group itself. This does not hold the group. */
  readonly upkeepRefusals?: readonly Refusal[] | undefined;
  /** Who is to be invited, and who is not; undefined where nobody is to be, or where the group was not looked at. */
  readonly invitations?: PlannedInvitations | undefined;
  /** Set when the group was not looked at: no change concerns it, or the reviewed plan leaves it as it is. */
  readonly skipped?: true;
}

/** Who is removed in this run; nobody where a guard holds the group. */
export const removalsIn = ({ verdict }: Pick<PlannedGroup, "verdict">): readonly Removal[] =>
  verdict.kind === "approved" ? verdict.approved.remove : [];

/** Whether somebody is invited in this run. */
export const isInviting = ({ invitations }: Pick<PlannedGroup, "invitations">): boolean =>
  invitations !== undefined && invitations.invite.length > 0;

/** A link that Rollcall manages: the wish for it is `open` or `while-awaited`. */
export interface PlannedLink {
  /** As CAMS lists it; empty when there is none. */
  readonly live: string;
  readonly memory: LinkMemory;
}

export interface RunPlan {
  /** In the order of the rosters, which is by name. */
  readonly groups: readonly PlannedGroup[];
  /** Refusals of the whole run: if there is one, nothing may be registered. */
  readonly refusals: readonly Refusal[];
  /** Why nobody is invited into some groups. This holds nothing else. */
  readonly inviteRefusals?: readonly Refusal[] | undefined;
  /** The reviewed plan that is applied, if there is one. */
  readonly reviewed: ReviewedPlan | undefined;
}

export interface PlanRunOptions extends RollCallOptions {
  readonly reader: Pick<CamsReader, "listParticipants">;
  readonly limits: RunLimits;
  readonly show: Show;
  /** What the state knows; undefined when it could not be read. A promise, when it is read while groups are listed. */
  readonly last: LastRun | undefined | Promise<LastRun | undefined>;
  /** Groups that rosters of other stacks declare, too. */
  readonly elsewhere?: ReadonlyMap<string, OtherRoster>;
  /**
   * GroupIds of the groups to look at. Others are looked at only if they have to be (`mayStay`). Without it, all are.
   */
  readonly only?: ReadonlySet<string> | undefined;
  /** GroupIds of the only groups to look at, whatever the state says of the others. Without it, all are. */
  readonly exactly?: ReadonlySet<string> | undefined;
  /** The reviewed plan that is applied: it says which groups are looked at, and who may go. */
  readonly reviewed?: ReviewedPlan | undefined;
}

/** One group with all that is known of it before it is looked at. */
interface Known extends Declared {
  readonly history: History;
  readonly reviewed: ReviewedGroup | undefined;
  readonly conflict: Conflict | undefined;
}

/** Observes all groups, plans each and judges all. Throws `CamsError` when CAMS can't be asked at all. */
export async function planRun(declared: readonly Declared[], options: PlanRunOptions): Promise<RunPlan> {
  const { only, exactly, reviewed, reader, show } = options;
  const roll = (some: readonly Declared[]) =>
    observeAll(
      reader,
      some.map(({ ref }) => ref),
      options,
    );
  // Usually all groups are listed, without waiting for the state. Otherwise the state may decide which are.
  const whole = only === undefined && exactly === undefined && reviewed === undefined;
  const [last, early] = await Promise.all([options.last, whole ? roll(declared) : undefined]);
  const conflicts = conflictsOf(declared, last, options.elsewhere ?? new Map());
  const all = declared.map((one): Known => {
    const { name, group } = one.desired;
    return {
      ...one,
      reviewed: reviewed?.groups.get(name),
      history: historyOf(one, last),
      conflict: conflicts.get(group),
    };
  });
  const isAsked = (one: Known): boolean =>
    exactly !== undefined
      ? exactly.has(one.ref.group)
      : reviewed === undefined
        ? only?.has(one.ref.group) !== false || !mayStay(one, last)
        : one.reviewed?.lookedAt === true;
  const known = whole ? all : all.filter(isAsked);
  const observations = early ?? (await roll(known));
  const suspects = known.filter((one) => suspicious(one, observations.get(one.ref.group)));
  const again = await observeAll(
    reader,
    suspects.map(({ ref }) => ref),
    { concurrency: options.concurrency, heard: true },
  );
  const seen = known.map((one) => {
    const { group } = one.ref;
    const observed = again.get(group) ?? observations.get(group) ?? NOT_LISTED;
    return { ...one, observed, desired: bound(one, observed, show) };
  });
  const candidates = seen.map(({ desired, observed, history, conflict }): Candidate => {
    if (observed.kind !== "whole") return { desired, observed };
    return { desired, plan: planGroup(desired, observed, history), history, conflict };
  });
  const judgement = approve(candidates, options.limits, show);
  const judged = new Map(
    seen.flatMap((one, index): [string, PlannedGroup][] => {
      const verdict = judgement.groups[index];
      return verdict === undefined ? [] : [[one.ref.group, { ...one, verdict }]];
    }),
  );
  return { reviewed, groups: all.map((one) => judged.get(one.ref.group) ?? leave(one)), refusals: judgement.run };
}

/** What earlier runs know of a group. */
function historyOf({ desired }: Declared, last: LastRun | undefined): History {
  if (last === undefined) return { kind: "unknown" };
  return last.groups.get(desired.group)?.history ?? { kind: "new", memory: undefined };
}

/** What is wanted of a group; when a reviewed plan is applied, with the people whom the plan names. */
function bound({ desired, reviewed }: Known, observed: Observed, show: Show): Declared["desired"] {
  if (reviewed === undefined || observed.kind !== "whole") return desired;
  const named = observed.participants.filter((number) => show(number) in reviewed.removals);
  return { ...desired, named: new Set(named) };
}

/**
 * Whether a group may be skipped when git shows no change of its roster. Git does not know what was applied. So a group
 * is looked at when the state does not know it, or knows other people than are declared (`isAsDeclared`). It is also
 * looked at when its last removal was not completed, or when another resource or stack claims it: the guards judge
 * that.
 */
function mayStay({ ref, desired, history, conflict, wish }: Known, last: LastRun | undefined): boolean {
  const was = last?.groups.get(desired.group);
  if (was?.name === undefined || was.unfinished || conflict !== undefined || history.kind !== "adopted") return false;
  const { businessNumber, custSpaceId } = was.inputs;
  if (wish !== undefined && !isAsWished(wish, last)) return false;
  if (last?.invitations.get(was.name)?.unfinished === true) return false;
  return (
    businessNumber === ref.businessNumber && custSpaceId === ref.custSpaceId && isAsDeclared(desired, history.memory)
  );
}

/** Whether the last run left the group itself and its link as they are wished for today. */
function isAsWished({ name, subject, description, link, linkRevision }: GroupWish, last: LastRun | undefined): boolean {
  const [group, kept] = [last?.chatGroups.get(name), last?.links.get(name)];
  const isGroup =
    subject === undefined
      ? group === undefined
      : group?.unfinished === false && group.inputs.subject === subject && group.inputs.description === description;
  const isLink =
    link === "keep"
      ? kept === undefined
      : kept?.unfinished === false && kept.inputs.inviteLink === link && kept.inputs.linkRevision === linkRevision;
  return isGroup && isLink;
}

/**
 * Whether the people who are declared today were declared at the last look, by the same names, and nobody stayed there
 * by a rule that no longer applies. People who stayed by `report` or `protect` are to be removed once that rule is
 * gone.
 */
function isAsDeclared({ members, undeclared, protect }: Declared["desired"], memory: Memory): boolean {
  const { declared } = memory;
  const sameness =
    declared.size === members.size && [...members].every(([number, name]) => declared.get(number) === name);
  return (
    sameness &&
    [...(memory.undeclared ?? [])].every(
      ([number, because]) =>
        (because !== "report" || undeclared === "report") && (because !== "protect" || protect.has(number)),
    )
  );
}

/**
 * A group that is not looked at stays as it is. That needs no approval and is no refusal. But if a guard held the group
 * when the reviewed plan was made, there is a refusal: the run must not look as if everything were done.
 */
function leave(one: Known): PlannedGroup {
  const { name, group } = one.desired;
  const message = `${name} (${group}): a guard held this group when the plan was made, so the plan leaves it as it is. Make a new plan`;
  const refusals = one.reviewed?.held === true ? [{ rule: "held-in-plan", name, message }] : [];
  const left = { ...one, observed: NOT_LISTED, verdict: { kind: "held", plan: undefined, refusals } as const };
  return refusals.length > 0 ? left : { ...left, skipped: true };
}

const NOT_LISTED: Observed = { kind: "doubtful", why: "the group was not listed, so nobody is removed. Run again" };

/** A listing in which suspiciously many people are missing is read a second time before it is judged. */
function suspicious({ desired, history }: Known, observed: Observed | undefined): boolean {
  return observed?.kind === "whole" && isSuspicious(planGroup(desired, observed, history), history, desired.released);
}

/** Every refusal of a run: those of the run and of invitations first, then the groups' by name. */
export function allRefusals({ groups, refusals, inviteRefusals = [] }: RunPlan): readonly Refusal[] {
  return [
    ...refusals,
    ...inviteRefusals,
    ...groups.flatMap(({ verdict, upkeepRefusals = [] }) => [
      ...(verdict.kind === "held" ? verdict.refusals : []),
      ...upkeepRefusals,
    ]),
  ];
}
