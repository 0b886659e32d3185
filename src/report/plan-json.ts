/** The JSON of a plan, and what the JSON of other reports shares with it. */
import type { Awaited, Person, Refusal, Removal } from "../membership/types";
import { invitationsJson, standingJson } from "./invitations";
import { countPlan, goingFrom, heldIn, refusalsOf, type PlannedGroup, type PlanReport } from "./planned";
import type { LetGo } from "./summary";
import { upkeepJson } from "./upkeep";

/** A group that is still to be made has no GroupId. */
export const groupJson = (group: string): string | null => (group === "" ? null : group);

/** The JSON of what refuses the whole run, and of what holds its invitations and nothing else. */
export const runRefusalsJson = ({
  refusals,
  inviteRefusals = [],
}: Pick<PlanReport, "refusals" | "inviteRefusals">): readonly object[] => [
  ...refusals.map(({ rule, message }) => ({ rule, message })),
  ...inviteRefusals.map(({ rule, message }) => ({ rule, message, holds: "invitations" })),
];

/**
 * The JSON of `rollcall plan`. Nobody of a held group goes, so its `removals` are empty, and `held` has them. What only
 * some plans have, `letGo`, `held` and `notLookedAt`, is left out of the others.
 */
export function planJson(report: PlanReport): object {
  const { show, links } = report;
  const person = ({ number, name }: Person) => ({ number: show(number), name });
  const refusal = ({ rule, message }: Refusal) => ({ rule, message });
  const removal = (one: Removal) => removalJson(one, show);
  const { unidentified: _, ...summary } = countPlan(report);
  return {
    ...letGoJson(report),
    groups: report.groups.map((one) => {
      const { name, group, plan } = one;
      const inviteLink = links.get(group);
      const held = heldIn(one);
      return {
        name,
        group: groupJson(group),
        ...upkeepJson(one),
        ...invitationsJson(one, show),
        removals: goingFrom(one).map(removal),
        ...(held.length === 0 ? {} : { held: held.map(removal) }),
        awaiting: awaitingJson(one, inviteLink, show),
        left: (plan?.left ?? []).map(person),
        spared: (plan?.spared ?? []).map((one) => ({ ...person(one), because: one.because })),
        unidentified: plan?.unidentified ?? 0,
        refusals: refusalsOf(one).map(refusal),
      };
    }),
    ...(report.notLookedAt === 0 ? {} : { notLookedAt: report.notLookedAt }),
    refusals: runRefusalsJson(report),
    summary,
  };
}

export function removalJson({ number, name, reason }: Removal, show: (number: string) => string): object {
  return { number: show(number), name, reason };
}

/** Absent when there are none. */
export const letGoJson = ({ letGo }: { readonly letGo: readonly LetGo[] }): object =>
  letGo.length === 0 ? {} : { letGo: letGo.map(({ name, group }) => ({ name, group })) };

/** Everybody awaited in a group, with how it stands with their invitations. */
export const awaitingJson = (
  one: PlannedGroup,
  inviteLink: string | undefined,
  show: (number: string) => string,
): readonly object[] =>
  (one.plan?.awaiting ?? []).map((who) => ({ ...awaitedJson(who, inviteLink, show), ...standingJson(one, who) }));

/** Somebody awaited; a person who was removed before can't use the link. */
function awaitedJson(one: Awaited, inviteLink: string | undefined, show: (number: string) => string): object {
  const { number, name, removedBefore } = one;
  return {
    ...{ number: show(number), name },
    ...(removedBefore === true ? { removedBefore } : inviteLink === undefined ? {} : { inviteLink }),
  };
}
