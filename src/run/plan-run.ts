/**
 * The plan of a run: all groups are observed, planned and judged. It only reads. The program registers what comes out of
 * it, and `rollcall plan` prints it, so that both say the same.
 */
import type { CamsReader } from "../cams";
import {
  approve,
  isSuspicious,
  type Candidate,
  type Conflict,
  type RunLimits,
  type Show,
  type Verdict,
} from "../membership/guards";
import type { Memory } from "../membership/memory";
import { planGroup } from "../membership/plan";
import type { History, Observed, Refusal } from "../membership/types";
import { observeAll, type RollCallOptions } from "../observation/roll-call";
import { conflictsOf } from "./conflicts";
import type { Declared } from "./desired";
import type { LastRun } from "./last-run";
import type { OtherRoster } from "./other-stacks";
import type { ReviewedGroup, ReviewedPlan } from "./reviewed-plan";

/** One group, looked at and judged. */
export interface PlannedGroup extends Declared {
  readonly history: History;
  readonly observed: Observed;
  readonly verdict: Verdict;
  /** What the reviewed plan says of it, when one is applied; undefined too for a group that it does not know. */
  readonly reviewed: ReviewedGroup | undefined;
  /** Set when the group was not looked at: no change concerns it, or the reviewed plan leaves it as it is. */
  readonly skipped?: true;
}

export interface RunPlan {
  /** In the order of the rosters, which is by name. */
  readonly groups: readonly PlannedGroup[];
  /** Refusals of the whole run: with any of them nothing may be registered. */
  readonly refusals: readonly Refusal[];
  /** The reviewed plan that is applied, if there is one. */
  readonly reviewed: ReviewedPlan | undefined;
}

export interface PlanRunOptions extends RollCallOptions {
  readonly reader: Pick<CamsReader, "listParticipants">;
  readonly limits: RunLimits;
  readonly show: Show;
  /** What the state knows; undefined when it could not be read. It may still be under way while groups are listed. */
  readonly last: LastRun | undefined | Promise<LastRun | undefined>;
  /** Groups that rosters of other stacks declare, too. */
  readonly elsewhere?: ReadonlyMap<string, OtherRoster>;
  /** GroupIds; others are not looked at, unless they have to be (`mayStay`). Without it, all are. */
  readonly only?: ReadonlySet<string> | undefined;
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
  const { only, reviewed, reader, show } = options;
  const roll = (some: readonly Declared[]) =>
    observeAll(
      reader,
      some.map(({ ref }) => ref),
      options,
    );
  // Which groups are asked may depend on the state, but mostly all are, and then nobody waits for it.
  const whole = only === undefined && reviewed === undefined;
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
    reviewed === undefined
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

/** What is wanted of a group, with the people whom the reviewed plan names, when one is applied. */
function bound({ desired, reviewed }: Known, observed: Observed, show: Show): Declared["desired"] {
  if (reviewed === undefined || observed.kind !== "whole") return desired;
  const named = observed.participants.filter((number) => show(number) in reviewed.removals);
  return { ...desired, named: new Set(named) };
}

/**
 * Whether a group can be left as it is, whatever git says of its roster: rewritten history tells nothing of what was
 * applied. Not one that the state does not know, or knows otherwise than it is declared today (`isAsDeclared`); not one
 * whose last removal did not come to its end, for nobody would tell of it any more; and not one that something else
 * claims, too, for whose it is is the guards' to judge.
 */
function mayStay({ ref, desired, history, conflict }: Known, last: LastRun | undefined): boolean {
  const was = last?.groups.get(desired.group);
  if (was?.name === undefined || was.unfinished || conflict !== undefined || history.kind !== "adopted") return false;
  const { businessNumber, custSpaceId } = was.inputs;
  return (
    businessNumber === ref.businessNumber && custSpaceId === ref.custSpaceId && isAsDeclared(desired, history.memory)
  );
}

/**
 * Whether the last look was at the people who are declared today, by the same names, and nobody stayed there by a rule
 * that holds no more: those who were reported only, or protected, are to go now.
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
 * A group that is not looked at stays as it is, which needs no approval and is no refusal; but for one that a guard held
 * when the reviewed plan was made: that the plan leaves it as it is must not look as if all were done.
 */
function leave(one: Known): PlannedGroup {
  const { name, group } = one.desired;
  const message = `${name} (${group}): a guard held this group when the plan was made, so the plan leaves it as it is. Make a new plan`;
  const refusals = one.reviewed?.held === true ? [{ rule: "held-in-plan", name, message }] : [];
  const left = { ...one, observed: NOT_LISTED, verdict: { kind: "held", plan: undefined, refusals } as const };
  return refusals.length > 0 ? left : { ...left, skipped: true };
}

const NOT_LISTED: Observed = { kind: "doubtful", why: "the group was not listed, so nobody is removed. Run again" };

/** A listing that lacks suspiciously many people is read a second time before it is judged. */
function suspicious({ desired, history }: Known, observed: Observed | undefined): boolean {
  return observed?.kind === "whole" && isSuspicious(planGroup(desired, observed, history), history, desired.released);
}

/** Every refusal of a run: those of the run first, then the groups' by name. */
export function allRefusals({ groups, refusals }: RunPlan): readonly Refusal[] {
  return [...refusals, ...groups.flatMap(({ verdict }) => (verdict.kind === "held" ? verdict.refusals : []))];
}
