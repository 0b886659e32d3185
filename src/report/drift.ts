/** What differs from what is declared and from what the last run left behind: who joined, who left, who is awaited. */
import type { Person } from "../membership/types";
import { plural } from "../text/plural";
import type { Report } from "./document";
import { letGoCount } from "./summary";
import {
  awaitedJson,
  awaitingSection,
  countPlan,
  goingFrom,
  leftSection,
  letGoJson,
  letGoSection,
  PEOPLE,
  peopleOf,
  removalSections,
  sparedSection,
  unidentifiedSection,
  type PlannedGroup,
  type PlanReport,
} from "./plan";

export interface DriftReport extends PlanReport {
  /** By GroupId: declared people who are there, and were not at the last run. */
  readonly arrived: ReadonlyMap<string, readonly Person[]>;
}

export interface DriftSummary {
  readonly groups: number;
  readonly joined: number;
  readonly left: number;
  readonly awaiting: number;
  readonly removals: number;
  readonly refusals: number;
}

/** Undeclared people in the group who came by the link. Whoever is protected may be there. */
function strangers({ plan }: PlannedGroup): readonly Person[] {
  const removed = (plan?.remove ?? []).filter(({ reason }) => reason === "never declared");
  return [...removed, ...(plan?.spared ?? []).filter(({ because }) => because !== "protect")];
}

const arrivedIn = ({ arrived }: DriftReport, { group }: PlannedGroup): readonly Person[] => arrived.get(group) ?? [];

export function countDrift(report: DriftReport): DriftSummary {
  const { groups, removals, awaiting, left, refusals } = countPlan(report);
  const joined = report.groups.reduce((sum, one) => sum + arrivedIn(report, one).length + strangers(one).length, 0);
  return { groups, joined, left, awaiting, removals, refusals };
}

/** The JSON of `rollcall drift`. */
export function driftJson(report: DriftReport): object {
  const person = ({ number, name }: Person) => ({ number: report.show(number), name });
  return {
    ...letGoJson(report),
    groups: report.groups.map((one) => ({
      name: one.name,
      group: one.group,
      joined: [
        ...arrivedIn(report, one).map((who) => ({ ...person(who), declared: true })),
        ...strangers(one).map((who) => ({ ...person(who), declared: false })),
      ],
      left: (one.plan?.left ?? []).map(person),
      awaiting: (one.plan?.awaiting ?? []).map((who) => awaitedJson(who, report.links.get(one.group), report.show)),
      removals: goingFrom(one).map((who) => ({ ...person(who), reason: who.reason })),
      unidentified: one.plan?.unidentified ?? 0,
      refusals: one.refusals.map(({ rule, message }) => ({ rule, message })),
    })),
    refusals: report.refusals.map(({ rule, message }) => ({ rule, message })),
    summary: countDrift(report),
  };
}

/** The same for people. */
export function driftReport(report: DriftReport): Report {
  const { groups, joined, left, awaiting, removals, refusals } = countDrift(report);
  const counts = [
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
      ...removalSections(report),
      sparedSection(report),
      {
        title: "Joined: declared, and not there at the last run",
        tone: "plain",
        columns: PEOPLE,
        rows: peopleOf(report, (one) => arrivedIn(report, one)),
      },
      leftSection(report),
      awaitingSection(report),
      unidentifiedSection(report),
    ],
  };
}
