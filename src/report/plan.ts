/**
 * What `pulumi up` would do, person by person. Who goes comes first: those whom the rosters let go apart from those who
 * joined without being declared, so that a reviewer sees what a change of the rosters causes.
 */
import type { GroupPlan, Person, Refusal, Removal, Spared } from "../membership/types";
import { plural, type Report, type Section } from "./document";
import { summarise, WHY_SPARED, type Summary } from "./summary";

export interface PlanReport {
  readonly stack: string;
  /** Sorted by name. */
  readonly groups: readonly PlannedGroup[];
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

/** The JSON of `rollcall plan`. Nobody of a held group goes, so its `removals` are empty; its refusals name them. */
export function planJson(report: PlanReport): object {
  const { show, links } = report;
  const person = ({ number, name }: Person) => ({ number: show(number), name });
  const refusal = ({ rule, message }: Refusal) => ({ rule, message });
  const { unidentified: _, ...summary } = countPlan(report);
  return {
    groups: report.groups.map(({ name, group, plan, refusals }) => {
      const inviteLink = links.get(group);
      return {
        name,
        group,
        removals: (refusals.length > 0 ? [] : (plan?.remove ?? [])).map((one) => ({
          ...person(one),
          reason: one.reason,
        })),
        awaiting: (plan?.awaiting ?? []).map((one) => ({
          ...person(one),
          ...(inviteLink === undefined ? {} : { inviteLink }),
        })),
        left: (plan?.left ?? []).map(person),
        spared: (plan?.spared ?? []).map((one) => ({ ...person(one), because: one.because })),
        unidentified: plan?.unidentified ?? 0,
        refusals: refusals.map(refusal),
      };
    }),
    refusals: report.refusals.map(refusal),
    summary,
  };
}

/** The same for people. */
export function planReport(report: PlanReport): Report {
  const { groups, refusals, show } = report;
  const whole = refusals.length > 0;
  const rows = <P extends Person>(
    of: (one: PlannedGroup) => readonly P[],
    note: (person: P, one: PlannedGroup) => string,
  ) =>
    groups.flatMap((one) => of(one).map((person) => [one.name, show(person.number), person.name, note(person, one)]));
  const going = (pick: (removal: Removal) => boolean) =>
    rows(({ plan, refusals }) => (refusals.length > 0 ? [] : (plan?.remove ?? []).filter(pick)), reasonOf);
  const joined = ({ reason }: Removal) => reason === "never declared";
  const would = whole ? "Would go, but the run is refused" : "To remove";
  return {
    subject: `Stack ${report.stack}`,
    headline: headlineOf(countPlan(report), whole),
    notes: report.notes,
    sections: [
      {
        title: `${would}: not in the rosters any more`,
        tone: "alarm",
        columns: WITH_REASON,
        rows: going((one) => !joined(one)),
      },
      { title: `${would}: joined without being declared`, tone: "alarm", columns: WITH_REASON, rows: going(joined) },
      acrossGroups(report),
      refusalSection([...refusals, ...groups.flatMap((one) => one.refusals)]),
      {
        title: "Held by a guard: nobody of these goes",
        tone: "caution",
        columns: WITH_REASON,
        rows: rows(({ plan, refusals }) => (refusals.length > 0 ? (plan?.remove ?? []) : []), reasonOf),
      },
      {
        title: "Left on their own",
        tone: "plain",
        columns: PEOPLE,
        rows: rows(
          ({ plan }) => plan?.left ?? [],
          () => "",
        ).map((row) => row.slice(0, 3)),
      },
      awaitingSection(groups, report),
      {
        title: "Undeclared, but spared",
        tone: "plain",
        columns: WITH_REASON,
        rows: rows(
          ({ plan }) => plan?.spared ?? [],
          ({ because }: Spared) => WHY_SPARED[because],
        ),
      },
      {
        title: "Unidentified: rows without a plain number, never removed",
        tone: "plain",
        columns: ["Group", "Rows"],
        rows: groups.flatMap(({ name, plan }) =>
          plan !== undefined && plan.unidentified > 0 ? [[name, String(plan.unidentified)]] : [],
        ),
      },
    ],
  };
}

export const PEOPLE = ["Group", "Number", "Name"] as const;
export const WITH_REASON = [...PEOPLE, "Why"] as const;

const reasonOf = ({ reason, released }: Removal): string => (released === true ? `${reason}, released` : reason);

function headlineOf({ groups, removals, refusals, ...others }: Summary, whole: boolean): string {
  const rest = (["awaiting", "left", "spared", "unidentified"] as const)
    .filter((kind) => others[kind] > 0)
    .map((kind) => `${others[kind]} ${kind}`);
  const who = whole
    ? `the whole run is refused, with ${plural(removals, "removal")}`
    : removals === 0
      ? "nobody is to be removed"
      : `${plural(removals, "person", "people")} to remove`;
  const facts = [who, ...rest, ...(refusals > 0 ? [plural(refusals, "refusal")] : [])];
  return `${facts.join(", ")}; ${plural(groups, "group")}`;
}

/** Whoever goes from several groups, those from most groups first. */
function acrossGroups({ groups, show }: PlanReport): Section {
  const people = new Map<string, { name: string; from: string[] }>();
  for (const { name: group, plan, refusals } of groups) {
    for (const { number, name } of refusals.length > 0 ? [] : (plan?.remove ?? [])) {
      const known = people.get(number) ?? { name, from: [] };
      people.set(number, { name: known.name || name, from: [...known.from, group] });
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

/** Awaited people, with the link by which they can join. */
export function awaitingSection(
  groups: readonly PlannedGroup[],
  { links, show }: Pick<PlanReport, "links" | "show">,
): Section {
  const linked = links.size > 0;
  return {
    title: "Awaiting: declared, and to join by the invite link",
    tone: "plain",
    columns: linked ? [...PEOPLE, "Invite link"] : PEOPLE,
    linkColumn: PEOPLE.length,
    rows: groups.flatMap(({ name, group, plan }) =>
      (plan?.awaiting ?? []).map((person) => [
        name,
        show(person.number),
        person.name,
        ...(linked ? [links.get(group) ?? "none"] : []),
      ]),
    ),
  };
}
