import { plural } from "../text/plural";
import { capital, type Report, type Section } from "./document";
import { acrossSection, letGoSection, refusalSection, WITH_REASON } from "./plan";
import { groupJson, letGoJson } from "./plan-json";
import type { Told, ToldGroup } from "./pulumi-output";
import { letGoCount } from "./summary";
import { countPeople, toldInvitationFacts, toldInvitationSections } from "./told-invitations";
import { toldUpkeepFacts, toldUpkeepSections } from "./told-upkeep";
import type { UpkeepCounts } from "./upkeep";

export interface ToldSummary extends UpkeepCounts {
  readonly groups: number;
  readonly removals: number;
  readonly refusals: number;
  readonly errors: number;
  /** Groups whose update, or that of their link or their invitations, failed. */
  readonly failed: number;
  /** People who are invited. */
  readonly invitations: number;
  /** Groups of which a text is set. */
  readonly changes: number;
}

export function countTold({ groups, newGroups, changes, links, invitations, refusals, errors }: Told): ToldSummary {
  const all = [...groups, ...newGroups, ...changes, ...links, ...invitations];
  const failed = all.filter(({ outcome }) => outcome === "failed");
  return {
    groups: groups.length,
    removals: groups.reduce((sum, { removals }) => sum + removals.length, 0),
    newGroups: newGroups.length,
    changes: namesOf(changes).size,
    links: links.length,
    invitations: countPeople(invitations),
    refusals: refusals.length,
    errors: errors.length,
    failed: namesOf(failed).size,
  };
}

const namesOf = (some: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set(some.map(({ name }) => name));

/** The JSON of `rollcall report`. */
export function toldJson(told: Told): object {
  const { kind, groups, newGroups, changes, links, invitations, refusals, notes, errors } = told;
  return {
    kind,
    ...letGoJson(told),
    ...(newGroups.length === 0 ? {} : { newGroups }),
    ...(changes.length === 0 ? {} : { changes }),
    ...(links.length === 0 ? {} : { links }),
    ...(invitations.length === 0 ? {} : { invitations }),
    groups: groups.map((one) => ({ ...one, group: groupJson(one.group) })),
    ...{ refusals, notes, errors, summary: countTold(told) },
  };
}

/** The same for people. */
export function toldReport(told: Told): Report {
  const { kind, groups, letGo, refusals, notes, errors, summary } = told;
  const of = (outcome: ToldGroup["outcome"]) => groups.filter((one) => one.outcome === outcome);
  return {
    subject: kind === "preview" ? "Preview" : "Update",
    headline: headlineOf(told),
    notes: notes.map(oneLine),
    sections: [
      letGoSection(letGo),
      ...toldUpkeepSections(told),
      removalSection("Not known to be removed: the update of their group failed", of("failed")),
      ...causes(kind === "preview" ? "To remove" : "Planned, and not reached", of("planned")),
      ...causes("Removed", of("done")),
      acrossGroups(groups),
      ...toldInvitationSections(told),
      refusalSection(refusals),
      { title: "Errors", tone: "caution", columns: [], rows: errors.map((error) => [oneLine(error)]) },
      ...summary.map(({ title, rows }): Section => ({
        title: capital(title),
        tone: "plain",
        columns: [],
        rows: rows.map((row) => [row]),
      })),
    ],
  };
}

/** Whom the rosters let go, apart from who joined without being declared. */
function causes(title: string, groups: readonly ToldGroup[]): Section[] {
  const only = (joined: boolean) =>
    groups.map((one) => ({
      ...one,
      removals: one.removals.filter(({ reason }) => (reason === "never declared") === joined),
    }));
  return [
    removalSection(`${title}: not in the rosters any more`, only(false)),
    removalSection(`${title}: joined without being declared`, only(true)),
  ];
}

const removalSection = (title: string, groups: readonly ToldGroup[]): Section => ({
  title,
  tone: "alarm",
  columns: WITH_REASON,
  rows: groups.flatMap((one) => one.removals.map(({ number, name, reason }) => [one.name, number, name, reason])),
});

function acrossGroups(groups: readonly ToldGroup[]): Section {
  const people = new Map<string, { name: string; from: string[] }>();
  for (const { name: group, removals } of groups) {
    for (const { number, name } of removals) {
      const known = people.get(number);
      people.set(number, {
        name: known?.name === "" ? name : (known?.name ?? name),
        from: [...(known?.from ?? []), group],
      });
    }
  }
  return acrossSection([...people].map(([number, one]) => ({ number, ...one })));
}

/** Groups of which nobody goes are not counted: what Pulumi prints leaves out those that stay as they are. */
function headlineOf(told: Told): string {
  const { removals, refusals, errors, failed } = countTold(told);
  const from = plural(told.groups.filter((one) => one.removals.length > 0).length, "group");
  const tense = told.kind === "preview" ? "to remove" : failed > 0 ? "removed or to be removed" : "removed";
  const who = told.wholeRun
    ? "the whole run is refused: nobody is removed"
    : removals === 0
      ? "nobody is removed"
      : `${plural(removals, "person", "people")} ${tense} from ${from}`;
  return [
    who,
    ...(told.letGo.length > 0 ? [letGoCount(told.letGo)] : []),
    ...toldUpkeepFacts(told),
    ...toldInvitationFacts(told),
    ...(refusals > 0 ? [plural(refusals, "refusal")] : []),
    ...(failed > 0 ? [`${plural(failed, "group")} failed`] : []),
    ...(errors > 0 ? [plural(errors, "error")] : []),
  ].join(", ");
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");
