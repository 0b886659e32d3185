import type { GroupPlan, Person, Refusal, Removal, Spared } from "../membership/types";
import { clean, unmarked } from "../text/clean";
import { width } from "../text/width";
import {
  countInvitations,
  ENDED,
  endedRows,
  inviteFacts,
  inviteRows,
  isStuck,
  standingIn,
  TO_INVITE,
  type GroupInvitations,
} from "./invitations";
import { countUpkeep, upkeepFacts, upkeepRows, type KeptGroup, type UpkeepCounts } from "./upkeep";

/** Counts of one run, as the stack output `summary` and the JSON of `plan` give them. */
export interface Summary extends UpkeepCounts {
  readonly groups: number;
  /** People who were planned to be removed when the roll was taken, whatever became of it: not those who are out. */
  readonly removals: number;
  readonly awaiting: number;
  readonly left: number;
  readonly spared: number;
  readonly unidentified: number;
  readonly refusals: number;
  /** People who were planned to be sent a message when the roll was taken, whatever became of it. */
  readonly invitations: number;
}

/** One group as reports see it: nobody goes from a group that a guard holds. */
export interface ReportedGroup extends Omit<KeptGroup, "name"> {
  readonly plan: GroupPlan;
  readonly held: boolean;
  readonly invitations?: GroupInvitations | undefined;
}

export function summarise(groups: readonly ReportedGroup[], groupCount: number, refusals: readonly Refusal[]): Summary {
  const total = (of: (one: ReportedGroup) => number): number => groups.reduce((sum, one) => sum + of(one), 0);
  return {
    groups: groupCount,
    removals: total(({ plan, held }) => (held ? 0 : plan.remove.length)),
    awaiting: total(({ plan }) => plan.awaiting.length),
    left: total(({ plan }) => plan.left.length),
    spared: total(({ plan }) => plan.spared.length),
    unidentified: total(({ plan }) => plan.unidentified),
    refusals: refusals.length,
    invitations: countInvitations(groups),
    ...countUpkeep(groups.map(keptOf)),
  };
}

const keptOf = ({ plan, ...one }: ReportedGroup): KeptGroup => ({ ...one, name: plan.name });

/** Why somebody stays although undeclared, in words. */
export const WHY_SPARED: Record<Spared["because"], string> = {
  adoption: "undeclared, spared by adoption: the next up removes them, within the limits",
  report: "undeclared, spared by undeclared: report",
  protect: "undeclared, spared by protect",
  plan: "undeclared, spared since the reviewed plan does not name them",
};

/** What is said of somebody awaited whom this tool removed from the group before. */
export const REMOVED_BEFORE = "removed from this group before: the invite link does not let them in";

/** A group that the state knows and no roster declares any more. */
export interface LetGo {
  readonly name: string;
  readonly group: string;
}

/** Title of those groups. */
export const LET_GO =
  "let go: no roster declares the group any more, so it is forgotten, and nobody is removed from it";

/** Title of those who would be removed, were their group not held. */
export const HELD = "held by a guard: nobody of these goes";

/** Why somebody is to be removed. */
export const reasonOf = ({ reason, released }: Removal): string => (released === true ? `${reason}, released` : reason);

/** Title of awaited people of whom somebody has to look at the invitation. */
const STUCK = "awaiting, and invited again only by a release in releases.yaml";

/**
 * Most lines of one kind of people in the summary of a run. Removals, held or not, and invitations that are to be sent or
 * that failed are all shown.
 */
const MOST_LINES = 20;

/**
 * The summary of a run for a terminal or a log: one line of counts, then groups that are let go, made or changed and links,
 * which are all shown, and everybody but those present; who goes first.
 * @param show writes a number as people may see it
 */
export function summaryText(
  summary: Summary,
  groups: readonly ReportedGroup[],
  show: (number: string) => string,
  letGo: readonly LetGo[] = [],
): string {
  const people = <P extends Person>(
    of: (one: ReportedGroup) => readonly P[],
    note: (person: P) => string,
  ): string[][] =>
    groups.flatMap((one) => of(one).map((person) => [one.plan.name, show(person.number), person.name, note(person)]));
  const removedBefore = people(
    ({ plan }) => plan.awaiting.filter((one) => one.removedBefore === true),
    () => "",
  );
  /** With how it stands with their invitations. */
  const awaited = (stuck: boolean): string[][] =>
    groups.flatMap((one) =>
      one.plan.awaiting
        .filter((person) => person.removedBefore !== true && isStuck(one, person) === stuck)
        .map((person) => [one.plan.name, show(person.number), person.name, clean(standingIn(one, person))]),
    );
  const kept = groups.map(keptOf);
  const inviting = groups.map(({ plan, invitations }) => ({ name: plan.name, invitations }));
  const sections: readonly (readonly [string, string[][], number])[] = [
    [LET_GO, letGo.map(({ name, group }) => [name, group]), Infinity],
    ...upkeepRows(kept).map(([title, rows]) => [title, rows.map((row) => row.map(clean)), Infinity] as const),
    ["remove", people(({ plan, held }) => (held ? [] : plan.remove), reasonOf), Infinity],
    [HELD, people(({ plan, held }) => (held ? plan.remove : []), reasonOf), Infinity],
    [
      "left on their own",
      people(
        ({ plan }) => plan.left,
        () => "",
      ),
      MOST_LINES,
    ],
    [TO_INVITE, inviteRows(inviting, show), Infinity],
    ["awaiting, to join by the invite link", awaited(false), MOST_LINES],
    [STUCK, awaited(true), Infinity],
    [`awaiting, but ${REMOVED_BEFORE}`, removedBefore, MOST_LINES],
    [ENDED, endedRows(inviting, show), MOST_LINES],
    [
      "spared",
      people(
        ({ plan }) => plan.spared,
        ({ because }: Spared) => WHY_SPARED[because],
      ),
      MOST_LINES,
    ],
    [
      "unidentified",
      groups
        .filter(({ plan }) => plan.unidentified > 0)
        .map(({ plan }) => [
          plan.name,
          `${plan.unidentified} ${plan.unidentified === 1 ? "row" : "rows"} without a plain number`,
        ]),
      MOST_LINES,
    ],
  ];
  const facts = [...(letGo.length > 0 ? [letGoCount(letGo)] : []), ...upkeepFacts(kept), ...inviteFacts(inviting)];
  const lines = [
    `Roll call of ${summary.groups === 1 ? "1 group" : `${summary.groups} groups`}: ${summary.removals} to remove, ${summary.awaiting} awaiting, ${summary.left} left, ` +
      `${summary.spared} spared, ${summary.unidentified} unidentified, ${summary.refusals} refused${facts.map((fact) => `, ${fact}`).join("")}`,
  ];
  for (const [title, rows, most] of sections) {
    if (rows.length === 0) continue;
    lines.push(`  ${title}`, ...align(rows.slice(0, most)).map((line) => `    ${line}`));
    if (rows.length > most) lines.push(`    and ${rows.length - most} more`);
  }
  // The CLI takes this for the beginning of a colour, and ends in a panic at one that it does not know.
  return unmarked(lines.join("\n"));
}

/** `1 group let go` */
export const letGoCount = ({ length }: readonly LetGo[]): string =>
  `${length === 1 ? "1 group" : `${length} groups`} let go`;

/** Pads columns to their widest cell, as a terminal shows it; no trailing spaces. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, width(cell))));
  return rows.map((row) =>
    row
      .map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - width(cell)))
      .join("  ")
      .trimEnd(),
  );
}
