/**
 * What `pulumi up` would do, person by person. Who goes comes first: those whom the rosters let go apart from those who
 * joined without being declared, so that a reviewer sees what a change of the rosters causes.
 */
import { REASONS } from "../membership/reasons";
import type { Person, Refusal, Removal, Spared } from "../membership/types";
import { plural } from "../text/plural";
import { capital, type Report, type Section } from "./document";
import { ENDED, endedRows, inviteFacts, inviteRows, standingIn, TO_INVITE } from "./invitations";
import { countPlan, everyRefusal, goingFrom, heldIn, type PlannedGroup, type PlanReport } from "./planned";
import { HELD, LET_GO, letGoCount, reasonOf, REMOVED_BEFORE, WHY_SPARED, type LetGo } from "./summary";
import { upkeepFacts, upkeepRows, upkeepSection } from "./upkeep";

/** The same for people. */
export function planReport(report: PlanReport): Report {
  return {
    subject: `Stack ${report.stack}`,
    headline: headlineOf(report),
    notes: report.notes,
    sections: [
      letGoSection(report.letGo),
      ...upkeepSections(report),
      ...removalSections(report),
      leftSection(report),
      inviteSection(report),
      awaitingSection(report),
      endedSection(report),
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

/** Groups that are made or changed, and what becomes of links. */
export const upkeepSections = ({ groups, refusals }: PlanReport): readonly Section[] =>
  upkeepRows(groups).map(([title, rows]) =>
    upkeepSection(`${capital(title)}${refusals.length > 0 ? ", but the run is refused" : ""}`, title, rows),
  );

/** Who goes, and what a guard says of it. */
export function removalSections(report: PlanReport): readonly Section[] {
  const { refusals } = report;
  const would = refusals.length > 0 ? "Would go, but the run is refused" : "To remove";
  const joined = ({ reason }: Removal) => REASONS[reason].isStranger;
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
    refusalSection(everyRefusal(report)),
    {
      title: capital(HELD),
      tone: "caution",
      columns: WITH_REASON,
      rows: peopleOf(report, heldIn, reasonOf),
    },
  ];
}

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

function headlineOf(report: PlanReport): string {
  const { letGo } = report;
  const { groups, removals, refusals, ...others } = countPlan(report);
  const rest = (["awaiting", "left", "spared", "unidentified"] as const)
    .filter((kind) => others[kind] > 0)
    .map((kind) => `${others[kind]} ${kind}`);
  const who =
    report.refusals.length > 0
      ? `the whole run is refused, with ${plural(removals, "removal")}`
      : removals === 0
        ? "nobody is to be removed"
        : `${plural(removals, "person", "people")} to remove`;
  const gone = letGo.length > 0 ? [letGoCount(letGo)] : [];
  const facts = [
    who,
    ...gone,
    ...upkeepFacts(report.groups),
    ...inviteFacts(report.groups),
    ...rest,
    ...(refusals > 0 ? [plural(refusals, "refusal")] : []),
  ];
  return `${facts.join(", ")}; ${plural(groups, "group")}`;
}

/** People who are removed from several groups, those from most groups first. */
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

/** Who is to be sent a message, and why. */
export const inviteSection = ({ groups, refusals, show }: PlanReport): Section => ({
  title: `${capital(TO_INVITE)}${refusals.length > 0 ? ", but the run is refused" : ""}`,
  tone: "plain",
  columns: WITH_REASON,
  rows: inviteRows(groups, show),
});

export const endedSection = ({ groups, show }: PlanReport): Section => ({
  title: capital(ENDED),
  tone: "plain",
  columns: [...PEOPLE, "How"],
  rows: endedRows(groups, show),
});

/** Awaited people, with the link by which they can join, how it stands with their invitation, or what is in the way. */
export function awaitingSection({ groups, links, show }: PlanReport): Section {
  const awaited = groups.flatMap((group) => (group.plan?.awaiting ?? []).map((person) => ({ group, person })));
  const linked = links.size > 0;
  const noted = awaited.some(({ group, person }) => group.invitations !== undefined || person.removedBefore === true);
  return {
    title: "Awaiting: declared, and to join by the invite link",
    tone: "plain",
    columns: [...PEOPLE, ...(linked ? ["Invite link"] : []), ...(noted ? ["Note"] : [])],
    linkColumn: PEOPLE.length,
    rows: awaited.map(({ group, person }) => {
      const isBarred = person.removedBefore === true;
      return [
        ...[group.name, show(person.number), person.name],
        ...(linked ? [isBarred ? "none" : (links.get(group.group) ?? "none")] : []),
        ...(noted ? [isBarred ? REMOVED_BEFORE : standingIn(group, person)] : []),
      ];
    }),
  };
}
