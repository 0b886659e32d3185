/**
 * The guards: what stands between a plan and an act that cannot be undone.
 *
 * Order matters. First each group is judged on its own, from its own removals; a group that is held removes nobody,
 * and the others go on. Then the run is judged as a whole over exactly those removals that are left, so that what is
 * counted is what would be executed, no more and no less. Every rule is asked, so that every refusal of a run is seen
 * at once. There is no switch that turns the guards off: each refusal names the one setting that would permit it.
 *
 * Only `approve` and `narrow` make an `Approved`, and the executor takes nothing else: what was judged is what is
 * executed. `narrow` judges again on the listing that is read right before a delete; it can only take people away.
 *
 * To add a guard: one file beside this one, one entry in a list below, one table in test/membership/guards/.
 */
import type { Desired, GroupPlan, Observed, Refusal, Removal } from "../types";
import { belongsElsewhere } from "./belongs-elsewhere";
import { emptyRoster } from "./empty-roster";
import { maxGroupsPerPerson } from "./max-groups-per-person";
import { maxRemovalsPerGroup } from "./max-removals-per-group";
import { maxRemovalsPerRun } from "./max-removals-per-run";
import { nearMissOfDeclared } from "./near-miss";
import { movedPairs, numberChange, pairKey } from "./number-change";
import { removesEverybody } from "./removes-everybody";
import { suspiciousListing } from "./suspicious-listing";
import { unknownMemory } from "./unknown-memory";
import type { GroupCase, GroupRule, RunCase, RunLimits, RunRule, Show } from "./rule";

export { nameOf, nameAll, type Conflict, type RunCase, type RunLimits, type Show } from "./rule";
export { isSuspicious } from "./suspicious-listing";
export { conflictText } from "./belongs-elsewhere";
export { secondLook, type SecondLook } from "./second-look";

const GROUP_RULES: readonly GroupRule[] = [
  belongsElsewhere,
  unknownMemory,
  suspiciousListing,
  emptyRoster,
  removesEverybody,
  maxRemovalsPerGroup,
  nearMissOfDeclared,
  numberChange,
];
const RUN_RULES: readonly RunRule[] = [maxRemovalsPerRun, maxGroupsPerPerson];

declare const approval: unique symbol;

/** Removals of one group that every guard let pass. Only this room makes it. */
export interface Approved {
  readonly [approval]: true;
  readonly group: string;
  readonly remove: readonly Removal[];
}

/** What the guards say of one group. */
export type Verdict =
  | { readonly kind: "approved"; readonly plan: GroupPlan; readonly approved: Approved }
  | { readonly kind: "held"; readonly plan: GroupPlan | undefined; readonly refusals: readonly Refusal[] };

/** One group before the guards: its plan, or the listing that allowed none. */
export type Candidate =
  GroupCase | { readonly desired: Desired; readonly observed: Exclude<Observed, { kind: "whole" }> };

/** What the guards say of a run. With any refusal in `run`, nothing at all may be done. */
export interface Judgement {
  readonly run: readonly Refusal[];
  /** In the order of the candidates. */
  readonly groups: readonly Verdict[];
}

/** Judges every group, then the run. */
export function approve(candidates: readonly Candidate[], limits: RunLimits, show: Show): Judgement {
  const moved = movedAnywhere(candidates);
  const judged = candidates.map((one) => ({ desired: one.desired, verdict: judgeGroup({ ...one, moved }, show) }));
  const passed = judged.flatMap(({ desired, verdict }) =>
    verdict.kind === "approved" ? [runCase(desired, verdict.approved)] : [],
  );
  return { run: judgeRun(passed, limits, show), groups: judged.map(({ verdict }) => verdict) };
}

/** Names of the groups of each pair of numbers that left and came, by `pairKey`. */
function movedAnywhere(candidates: readonly Candidate[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const one of candidates) {
    if (!("plan" in one)) continue;
    for (const pair of movedPairs(one.plan, one.history, one.desired)) {
      groups.set(pairKey(pair), [...(groups.get(pairKey(pair)) ?? []), one.desired.name]);
    }
  }
  return groups;
}

/** What the guards of the run are shown of a group that passed its own. */
export function runCase(desired: Desired, approved: Approved): RunCase {
  return { name: desired.name, remove: approved.remove, released: desired.released };
}

/** Judges a run over the removals that would be executed in it. */
export function judgeRun(all: readonly RunCase[], limits: RunLimits, show: Show): readonly Refusal[] {
  return RUN_RULES.flatMap(({ rule, refuse }) =>
    refuse(all, limits, show).map((message) => ({ rule, name: undefined, message })),
  );
}

/** Judges one group alone. */
export function judgeGroup(candidate: Candidate, show: Show): Verdict {
  const { name, group } = candidate.desired;
  // One that is still to be made has no id.
  const where = group === "" ? name : `${name} (${group})`;
  if (!("plan" in candidate)) {
    const { kind, why } = candidate.observed;
    const rule = kind === "unknown group" ? "unknown-group" : "doubtful-listing";
    return { kind: "held", plan: undefined, refusals: [{ rule, name, message: `${where}: ${why}` }] };
  }
  const refusals = GROUP_RULES.flatMap(({ rule, refuse }) => {
    const message = refuse(candidate, show);
    return message === undefined ? [] : [{ rule, name, message: `${where}: ${message}` }];
  });
  if (refusals.length > 0) return { kind: "held", plan: candidate.plan, refusals };
  return { kind: "approved", plan: candidate.plan, approved: seal(group, candidate.plan.remove) };
}

/**
 * The removals that are still right on a fresh plan of the same group: approved before *and* planned now. The guards
 * judge what is left once more, for the world may have changed since; somebody who joined in between is not in it. Names
 * and reasons are those that were approved: a fresh plan may know less of the rosters.
 */
export function narrow(approved: Approved, { desired, plan: fresh, history }: GroupCase, show: Show): Verdict {
  const before = new Map(approved.remove.map((removal) => [removal.number, removal]));
  const remove = fresh.remove.flatMap((person) => {
    const was = before.get(person.number);
    return was === undefined ? [] : [{ ...person, name: was.name, reason: was.reason }];
  });
  const plan = { ...fresh, remove };
  return judgeGroup({ desired, plan, history }, show);
}

function seal(group: string, remove: readonly Removal[]): Approved {
  return { group, remove } as unknown as Approved;
}
