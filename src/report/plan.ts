/**
 * What `pulumi up` would do, person by person. Who goes comes first: those whom the rosters let go apart from those who
 * joined without being declared, so that a reviewer sees what a change of the rosters causes.
 */
import type { Awaited, GroupPlan, Person, Refusal, Removal, Spared } from "../membership/types";
import { plural } from "../text/plural";
import { capital, type Report, type Section } from "./document";
import {
  HELD,
  LET_GO,
  letGoCount,
  reasonOf,
  REMOVED_BEFORE,
  summarise,
  WHY_SPARED,
  type LetGo,
  type Summary,
} from "./summary";

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
  /** Invite links, GroupId → link, of groups in which somebody is awaited. */
  readonly links: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
  /** Writes a number as people may see it. */
  readonly show: (number: string) => string;
}

export interface PlannedGroup {
  readonly name: string;
  readonly group: string;
  /** Undefined when there was no whole listing. */
  readonly plan: GroupPlan | undefined;
  /** Why a guard holds the group: with any, nobody of it goes. */
  readonly refusals: readonly Refusal[];
}

/** Counts of a plan. Where the run is refused, removals are those that were refused with it. */
export function countPlan({ groups, refusals }: Pick<PlanReport, "groups" | "refusals">): Summary {
  const planned = groups.flatMap(({ plan, refusals }) =>
    plan === undefined ? [] : [{ plan, held: refusals.length > 0 }],
  );
  return summarise(planned, groups.length, [...refusals, ...groups.flatMap((one) => one.refusals)]);
}

/**
 * The JSON of `rollcall plan`. Nobody of a held group goes, so its `removals` are empty, and `held` has them. What only
 * some plans have, `letGo`, `held` and `notLookedAt`, is left out of the others.
 */
export function planJson(report: PlanReport): object {
  const { show, links } = report;
  const person = ({ number, name }: Person) => ({ number: show(number), name });
  const refusal = ({ rule, message }: Refusal) => ({ rule, message });
  const removal = (one: Removal) => ({ ...person(one), reason: one.reason });
  const { unidentified: _, ...summary } = countPlan(report);
  return {
    ...letGoJson(report),
    groups: report.groups.map((one) => {
      const { name, group, plan, refusals } = one;
      const inviteLink = links.get(group);
      const held = heldIn(one);
      return {
        name,
        group,
        removals: goingFrom(one).map(removal),
        ...(held.length === 0 ? {} : { held: held.map(removal) }),
        awaiting: (plan?.awaiting ?? []).map((one) => awaitedJson(one, inviteLink, show)),
        left: (plan?.left ?? []).map(person),
        spared: (plan?.spared ?? []).map((one) => ({ ...person(one), because: one.because })),
        unidentified: plan?.unidentified ?? 0,
        refusals: refusals.map(refusal),
      };
    }),
    ...(report.notLookedAt === 0 ? {} : { notLookedAt: report.notLookedAt }),
    refusals: report.refusals.map(refusal),
    summary,
  };
}

/** Absent when there are none. */
export const letGoJson = ({ letGo }: { readonly letGo: readonly LetGo[] }): object =>
  letGo.length === 0 ? {} : { letGo: letGo.map(({ name, group }) => ({ name, group })) };

/** Somebody awaited; whoever was removed before can't use the link. */
export function awaitedJson(one: Awaited, inviteLink: string | undefined, show: (number: string) => string): object {
  const { number, name, removedBefore } = one;
  return {
    ...{ number: show(number), name },
    ...(removedBefore === true ? { removedBefore } : inviteLink === undefined ? {} : { inviteLink }),
  };
}

/** The same for people. */
export function planReport(report: PlanReport): Report {
  return {
    subject: `Stack ${report.stack}`,
    headline: headlineOf(countPlan(report), report.refusals.length > 0, report.letGo),
    notes: report.notes,
    sections: [
      letGoSection(report.letGo),
      ...removalSections(report),
      leftSection(report),
      awaitingSection(report),
      sparedSection(report),
      unidentifiedSection(report),
    ],
  };
}

/** Stands before the removals, and leaves them their room. */
export const letGoSection = (letGo: readonly LetGo[]): Section => ({
  title: capital(LET_GO),
  tone: "caution",
  columns: ["Name", "Group"],
  rows: letGo.map(({ name, group }) => [name, group]),
  most: MOST_LET_GO,
});

/** Characters: some hundred groups. */
const MOST_LET_GO = 10_000;

/** Who goes, and what a guard says of it. */
export function removalSections(report: PlanReport): readonly Section[] {
  const { groups, refusals } = report;
  const would = refusals.length > 0 ? "Would go, but the run is refused" : "To remove";
  const joined = ({ reason }: Removal) => reason === "never declared";
  const going = (title: string, pick: (removal: Removal) => boolean): Section => ({
    title: `${would}: ${title}`,
    tone: "alarm",
    columns: WITH_REASON,
    rows: peopleOf(report, (one) => goingFrom(one).filter(pick), reasonOf),
  });
  return [
    going("not in the rosters any more", (one) => !joined(one)),
    going("joined without being declared", joined),
    acrossGroups(report),
    refusalSection([...refusals, ...groups.flatMap((one) => one.refusals)]),
    {
      title: capital(HELD),
      tone: "caution",
      columns: WITH_REASON,
      rows: peopleOf(report, heldIn, reasonOf),
    },
  ];
}

/** Nobody goes from a group that a guard holds. */
export const goingFrom = ({ plan, refusals }: PlannedGroup): readonly Removal[] =>
  refusals.length > 0 ? [] : (plan?.remove ?? []);

/** Who would go from a held group, were it not held. */
const heldIn = ({ plan, refusals }: PlannedGroup): readonly Removal[] =>
  refusals.length > 0 ? (plan?.remove ?? []) : [];

/** Rows of group, number and name, and of what `note` says. */
export function peopleOf<P extends Person>(
  { groups, show }: Pick<PlanReport, "groups" | "show">,
  of: (one: PlannedGroup) => readonly P[],
  note?: (person: P) => string,
): string[][] {
  return groups.flatMap((one) =>
    of(one).map((person) => [
      one.name,
      show(person.number),
      person.name,
      ...(note === undefined ? [] : [note(person)]),
    ]),
  );
}

export const leftSection = (report: PlanReport): Section => ({
  title: "Left on their own",
  tone: "plain",
  columns: PEOPLE,
  rows: peopleOf(report, ({ plan }) => plan?.left ?? []),
});

export const sparedSection = (report: PlanReport): Section => ({
  title: "Undeclared, but spared",
  tone: "plain",
  columns: WITH_REASON,
  rows: peopleOf(
    report,
    ({ plan }) => plan?.spared ?? [],
    ({ because }: Spared) => WHY_SPARED[because],
  ),
});

export const unidentifiedSection = ({ groups }: PlanReport): Section => ({
  title: "Unidentified: rows without a plain number, never removed",
  tone: "plain",
  columns: ["Group", "Rows"],
  rows: groups.flatMap(({ name, plan }) =>
    plan !== undefined && plan.unidentified > 0 ? [[name, String(plan.unidentified)]] : [],
  ),
});

export const PEOPLE = ["Group", "Number", "Name"] as const;
export const WITH_REASON = [...PEOPLE, "Why"] as const;

function headlineOf(
  { groups, removals, refusals, ...others }: Summary,
  whole: boolean,
  letGo: readonly LetGo[],
): string {
  const rest = (["awaiting", "left", "spared", "unidentified"] as const)
    .filter((kind) => others[kind] > 0)
    .map((kind) => `${others[kind]} ${kind}`);
  const who = whole
    ? `the whole run is refused, with ${plural(removals, "removal")}`
    : removals === 0
      ? "nobody is to be removed"
      : `${plural(removals, "person", "people")} to remove`;
  const gone = letGo.length > 0 ? [letGoCount(letGo)] : [];
  const facts = [who, ...gone, ...rest, ...(refusals > 0 ? [plural(refusals, "refusal")] : [])];
  return `${facts.join(", ")}; ${plural(groups, "group")}`;
}

/** Whoever goes from several groups, those from most groups first. */
function acrossGroups({ groups, show }: PlanReport): Section {
  const people = new Map<string, { name: string; from: string[] }>();
  for (const one of groups) {
    for (const { number, name } of goingFrom(one)) {
      const known = people.get(number) ?? { name, from: [] };
      people.set(number, { name: known.name || name, from: [...known.from, one.name] });
    }
  }
  return acrossSection([...people].map(([number, one]) => ({ number: show(number), ...one })));
}

/** @param people numbers as they are shown */
export function acrossSection(
  people: readonly { readonly number: string; readonly name: string; readonly from: readonly string[] }[],
): Section {
  const several = people
    .filter(({ from }) => from.length > 1)
    .sort((a, b) => b.from.length - a.from.length || (a.number < b.number ? -1 : 1));
  return {
    title: "By person, whoever goes from several groups",
    tone: "alarm",
    columns: ["Number", "Name", "Groups"],
    rows: several.map(({ number, name, from }) => [number, name, `${from.length}: ${from.join(", ")}`]),
  };
}

export const refusalSection = (refusals: readonly Pick<Refusal, "rule" | "message">[]): Section => ({
  title: "Refused",
  tone: "caution",
  columns: [],
  rows: refusals.map(({ rule, message }) => [`[${rule}]`, message]),
});

/** Awaited people, with the link by which they can join, or what is in the way of that. */
export function awaitingSection({ groups, links, show }: PlanReport): Section {
  const awaited = groups.flatMap(({ name, group, plan }) =>
    (plan?.awaiting ?? []).map((person) => ({ name, group, person })),
  );
  const linked = links.size > 0;
  const barred = awaited.some(({ person }) => person.removedBefore === true);
  return {
    title: "Awaiting: declared, and to join by the invite link",
    tone: "plain",
    columns: [...PEOPLE, ...(linked ? ["Invite link"] : []), ...(barred ? ["Note"] : [])],
    linkColumn: PEOPLE.length,
    rows: awaited.map(({ name, group, person }) => [
      name,
      show(person.number),
      person.name,
      ...(linked ? [person.removedBefore === true ? "none" : (links.get(group) ?? "none")] : []),
      ...(barred ? [person.removedBefore === true ? REMOVED_BEFORE : ""] : []),
    ]),
  };
}
