/** What is reported of a run that is planned: its groups, and what is counted of them. */
import type { GroupPlan, Refusal, Removal } from "../membership/types";
import type { GroupInvitations } from "./invitations";
import { summarise, type LetGo, type Summary } from "./summary";
import type { KeptGroup } from "./upkeep";

export interface PlanReport {
  readonly stack: string;
  /** Sorted by name. */
  readonly groups: readonly PlannedGroup[];
  /** How many more there are, which were not looked at. */
  readonly notLookedAt: number;
  /** Groups that the state knows and no roster declares. */
  readonly letGo: readonly LetGo[];
  /** Refusals of the whole run. */
  readonly refusals: readonly Refusal[];
  /** Why nobody is invited into some groups. Nothing else is held by it. */
  readonly inviteRefusals?: readonly Refusal[] | undefined;
  /** Invite links, GroupId → link, of groups in which somebody is awaited. */
  readonly links: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
  /** Writes a number as people may see it. */
  readonly show: (number: string) => string;
}

export interface PlannedGroup extends KeptGroup {
  /** CAMS GroupId; empty for a group that is still to be made. */
  readonly group: string;
  /** Undefined when there was no whole listing. */
  readonly plan: GroupPlan | undefined;
  /** Why a guard holds the group: with any, nobody of it goes. */
  readonly refusals: readonly Refusal[];
  /** Why nothing is done for the group itself and for its link. Nobody is held by it. */
  readonly upkeepRefusals?: readonly Refusal[] | undefined;
  readonly invitations?: GroupInvitations | undefined;
}

/** Everything that is refused in a group. */
export const refusalsOf = ({ refusals, upkeepRefusals = [] }: PlannedGroup): readonly Refusal[] => [
  ...refusals,
  ...upkeepRefusals,
];

/** Nobody goes from a group that a guard holds. */
export const goingFrom = ({ plan, refusals }: PlannedGroup): readonly Removal[] =>
  refusals.length > 0 ? [] : (plan?.remove ?? []);

/** Who would go from a held group, were it not held. */
export const heldIn = ({ plan, refusals }: PlannedGroup): readonly Removal[] =>
  refusals.length > 0 ? (plan?.remove ?? []) : [];

/** Counts of a plan. Where the run is refused, removals are those that were refused with it. */
export function countPlan(report: Pick<PlanReport, "groups" | "refusals" | "inviteRefusals">): Summary {
  const { groups } = report;
  const planned = groups.flatMap(({ plan, refusals, upkeep, invitations }) =>
    plan === undefined ? [] : [{ plan, held: refusals.length > 0, upkeep, invitations }],
  );
  return summarise(planned, groups.length, everyRefusal(report));
}

/** Those of the run and of invitations first. */
export const everyRefusal = ({
  groups,
  refusals,
  inviteRefusals = [],
}: Pick<PlanReport, "groups" | "refusals" | "inviteRefusals">): readonly Refusal[] => [
  ...refusals,
  ...inviteRefusals,
  ...groups.flatMap(refusalsOf),
];
