/**
 * What differs from what is declared and from what the last run left behind: who joined, who left, who is awaited; groups that
 * are not there, subjects that differ, links that are missing or should end.
 */
import { REASONS } from "../membership/reasons";
import type { Person } from "../membership/types";
import { plural } from "../text/plural";
import type { Report } from "./document";
import { invitationsJson, inviteFacts } from "./invitations";
import { letGoCount } from "./summary";
import {
  awaitingSection,
  endedSection,
  inviteSection,
  leftSection,
  letGoSection,
  PEOPLE,
  peopleOf,
  removalSections,
  sparedSection,
  unidentifiedSection,
  upkeepSections,
} from "./plan";
import { awaitingJson, groupJson, removalJson, letGoJson, runRefusalsJson } from "./plan-json";
import { countPlan, goingFrom, refusalsOf, type PlannedGroup, type PlanReport } from "./planned";
import { countChanges, upkeepFacts, upkeepJson, type UpkeepCounts } from "./upkeep";

export interface DriftReport extends PlanReport {
  /** By GroupId: declared people who are there, and were not at the last run. */
  readonly arrived: ReadonlyMap<string, readonly Person[]>;
}

export interface DriftSummary extends UpkeepCounts {
  readonly groups: number;
  /** Groups whose subject or description is another one. */
  readonly changes: number;
  readonly joined: number;
  readonly left: number;
  readonly awaiting: number;
  readonly removals: number;
  readonly refusals: number;
  /** People who would be sent a message. */
  readonly invitations: number;
}

/** Undeclared people in the group who came by the link. Protected people may be there. */
function strangers({ plan }: PlannedGroup): readonly Person[] {
  const removed = (plan?.remove ?? []).filter(({ reason }) => REASONS[reason].isStranger);
  return [...removed, ...(plan?.spared ?? []).filter(({ because }) => because !== "protect")];
}

const arrivedIn = ({ arrived }: DriftReport, { group }: PlannedGroup): readonly Person[] => arrived.get(group) ?? [];

export function countDrift(report: DriftReport): DriftSummary {
  const { groups, removals, awaiting, left, refusals, newGroups, links, invitations } = countPlan(report);
  const joined = report.groups.reduce((sum, one) => sum + arrivedIn(report, one).length + strangers(one).length, 0);
  const changes = countChanges(report.groups);
  return { groups, joined, left, awaiting, removals, newGroups, changes, links, refusals, invitations };
}

/** The JSON of `rollcall drift`. */
export function driftJson(report: DriftReport): object {
  const person = ({ number, name }: Person) => ({ number: report.show(number), name });
  return {
    ...letGoJson(report),
    groups: report.groups.map((one) => ({
      name: one.name,
      group: groupJson(one.group),
      ...upkeepJson(one),
      ...invitationsJson(one, report.show),
      joined: [
        ...arrivedIn(report, one).map((who) => ({ ...person(who), declared: true })),
        ...strangers(one).map((who) => ({ ...person(who), declared: false })),
      ],
      left: (one.plan?.left ?? []).map(person),
      awaiting: awaitingJson(one, report.links.get(one.group), report.show),
      removals: goingFrom(one).map((who) => removalJson(who, report.show)),
      unidentified: one.plan?.unidentified ?? 0,
      refusals: refusalsOf(one).map(({ rule, message }) => ({ rule, message })),
    })),
    refusals: runRefusalsJson(report),
    summary: countDrift(report),
  };
}

/** The same for people. */
export function driftReport(report: DriftReport): Report {
  const { groups, joined, left, awaiting, removals, refusals } = countDrift(report);
  const counts = [
    ...upkeepFacts(report.groups),
    ...inviteFacts(report.groups),
    ...(joined > 0 ? [`${joined} joined`] : []),
    ...(left > 0 ? [`${left} left`] : []),
    ...(awaiting > 0 ? [`${awaiting} awaiting`] : []),
    ...(removals > 0 ? [`${removals} to remove`] : []),
    ...(refusals > 0 ? [plural(refusals, "refusal")] : []),
  ];
  const gone = report.letGo.length > 0 ? [letGoCount(report.letGo)] : [];
  return {
    subject: `Stack ${report.stack}`,
    headline: `${[...(counts.length === 0 ? ["no drift"] : counts), ...gone].join(", ")}; ${plural(groups, "group")}`,
    notes: report.notes,
    sections: [
      letGoSection(report.letGo),
      ...upkeepSections(report),
      ...removalSections(report),
      sparedSection(report),
      {
        title: "Joined: declared, and not there at the last run",
        tone: "plain",
        columns: PEOPLE,
        rows: peopleOf(report, (one) => arrivedIn(report, one)),
      },
      leftSection(report),
      inviteSection(report),
      awaitingSection(report),
      endedSection(report),
      unidentifiedSection(report),
    ],
  };
}
