/** Changes between two revisions, for terminals, programs and pull request comments. Who goes comes first, by name. */

import { clean } from "../../text/clean";
import { byPerson, type GroupChange, type Joining, type Leaving, type PersonChange } from "../resolve/compare";
import { markdown } from "../../text/markdown";
import type { Digits } from "../types";
import { plural } from "../../text/plural";

export type ChangeFormat = "text" | "json" | "markdown";

export interface ChangeReport {
  /** Commits that were compared. */
  readonly base: string;
  readonly head: string;
  readonly stacks: readonly StackChanges[];
}

export interface StackChanges {
  readonly stack: string;
  readonly changes: readonly GroupChange[];
  /** How numbers of this stack are shown. */
  readonly show: (number: Digits) => string;
}

export function renderChanges(report: ChangeReport, format: ChangeFormat): string {
  switch (format) {
    case "text":
      return textOf(report);
    case "json":
      return `${JSON.stringify(jsonOf(report), undefined, 2)}\n`;
    case "markdown":
      return markdownOf(report);
  }
}

const gone = (changes: readonly GroupChange[]): Leaving[] =>
  changes.flatMap(({ leaves }) => leaves.filter(({ spared }) => spared === undefined));

export const countRemovals = ({ stacks }: ChangeReport): number =>
  stacks.reduce((sum, { changes }) => sum + gone(changes).length, 0);

/** `2 removals, 1 joins, nobody spared, in 2 groups`. */
function summary({ stacks }: ChangeReport): string {
  const all = stacks.flatMap(({ changes }) => changes);
  if (all.length === 0) return "Nobody joins or leaves a group.";
  const spared = all.flatMap(({ leaves }) => leaves).length - gone(all).length;
  const parts = [
    plural(gone(all).length, "removal"),
    `${plural(
      all.reduce((sum, { joins }) => sum + joins.length, 0),
      "person",
      "people",
    )} to join`,
    ...(spared > 0 ? [`${spared} undeclared but spared`] : []),
  ];
  return `${parts.join(", ")}; ${plural(all.length, "group")} touched.`;
}

const KINDS = {
  changed: "",
  added: "new: nobody is removed at its first up",
  deleted: "no longer kept: nobody is removed",
  unknown: "its roster at the base cannot be read, so what changes is not known",
} as const;

const reasonOf = ({ reason, spared }: Leaving): string =>
  spared === undefined ? reason : `${reason}, spared by ${spared === "report" ? "undeclared: report" : "protect"}`;

function detailOf({ via, until }: Joining): string {
  const parts = [...(via.length > 0 ? [`through ${via.join(" > ")}`] : []), ...(until ? [`until ${until}`] : [])];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function textOf(report: ChangeReport): string {
  const stacks = report.stacks.filter(({ changes }) => changes.length > 0).map((one) => stackText(one));
  return `${[summary(report), ...stacks].join("\n\n")}\n`;
}

function stackText({ stack, changes, show }: StackChanges): string {
  const who = ({ number, name }: { number: Digits; name: string }) => `${clean(name)} ${show(number)}`;
  const people = byPerson(changes).map((person) => `  ${who(person)}: ${roads(person)}`);
  const groups = changes.flatMap(({ name, group, kind, joins, leaves, settings }) => [
    `  ${name}${group === undefined ? "" : ` (${clean(group)})`}${KINDS[kind] === "" ? "" : `: ${KINDS[kind]}`}`,
    ...settings.map((line) => `    ~ ${clean(line)}`),
    ...leaves.map((person) => `    - ${who(person)}: ${reasonOf(person)}`),
    ...joins.map((person) => `    + ${who(person)}${detailOf(person)}`),
  ]);
  const byWhom = people.length === 0 ? [] : [`Stack ${stack}, by person`, ...people];
  return [...byWhom, `Stack ${stack}, by group`, ...groups].join("\n");
}

/** `leaves jakarta/ops; joins surabaya/ops`. */
function roads({ joins, leaves, spared }: PersonChange): string {
  const removed = leaves.filter((name) => !spared.includes(name));
  const parts = [
    ...(removed.length > 0 ? [`leaves ${removed.join(", ")}`] : []),
    ...(spared.length > 0 ? [`undeclared but spared in ${spared.join(", ")}`] : []),
    ...(joins.length > 0 ? [`joins ${joins.join(", ")}`] : []),
  ];
  return parts.join("; ");
}

function jsonOf(report: ChangeReport): object {
  const all = report.stacks.flatMap(({ changes }) => changes);
  return {
    base: report.base,
    head: report.head,
    groups: report.stacks.flatMap(({ stack, changes, show }) =>
      changes.map(({ name, group, kind, joins, leaves, settings }) => ({
        stack,
        name,
        ...(group === undefined ? {} : { group }),
        change: kind,
        ...(settings.length === 0 ? {} : { settings }),
        removals: leaves
          .filter(({ spared }) => spared === undefined)
          .map(({ number, name, reason }) => ({ number: show(number), name, reason })),
        joins: joins.map(({ number, name, via, until }) => ({
          number: show(number),
          name,
          via,
          ...(until ? { until } : {}),
        })),
        spared: leaves
          .filter(({ spared }) => spared !== undefined)
          .map(({ number, name, spared }) => ({ number: show(number), name, because: spared })),
      })),
    ),
    people: report.stacks.flatMap(({ stack, changes, show }) =>
      byPerson(changes).map(({ number, name, joins, leaves, spared }) => ({
        stack,
        number: show(number),
        name,
        removals: leaves.filter((group) => !spared.includes(group)),
        joins,
        spared,
      })),
    ),
    summary: {
      groups: all.length,
      removals: gone(all).length,
      joins: all.reduce((sum, { joins }) => sum + joins.length, 0),
      spared: all.flatMap(({ leaves }) => leaves).length - gone(all).length,
    },
  };
}

function markdownOf(report: ChangeReport): string {
  const stacks = report.stacks.filter(({ changes }) => changes.length > 0).flatMap((one) => stackMarkdown(one));
  const commits = `<sub>${report.base.slice(0, 12)} → ${report.head.slice(0, 12)}, from the rosters alone</sub>`;
  return `${[`**${summary(report)}**`, ...stacks, commits].join("\n\n")}\n`;
}

function stackMarkdown({ stack, changes, show }: StackChanges): string[] {
  const who = ({ number, name }: { number: Digits; name: string }) => `${markdown(name)} | ${markdown(show(number))}`;
  const rows = (pick: (leaving: Leaving) => boolean) =>
    changes.flatMap(({ name, leaves }) =>
      leaves.filter(pick).map((one) => `| ${who(one)} | ${markdown(name)} | ${markdown(reasonOf(one))} |`),
    );
  const joins = changes.flatMap(({ name, joins }) =>
    joins.map((one) => `| ${who(one)} | ${markdown(name)} | ${markdown(detailOf(one).trim())} |`),
  );
  const people = byPerson(changes).map((one) => `| ${who(one)} | ${markdown(roads(one))} |`);
  const groups = changes
    .filter(({ kind, settings }) => kind !== "changed" || settings.length > 0)
    .map(({ name, kind, settings }) => `- ${markdown(name)}: ${KINDS[kind] || settings.map(markdown).join("; ")}`);
  return [
    ...table(
      `Removed in ${markdown(stack)}`,
      "Person | Number | Group | Reason",
      rows(({ spared }) => spared === undefined),
    ),
    ...table(
      `Undeclared but spared in ${markdown(stack)}`,
      "Person | Number | Group | Reason",
      rows(({ spared }) => spared !== undefined),
    ),
    ...table(`To join in ${markdown(stack)}`, "Person | Number | Group | How", joins),
    ...table(`By person in ${markdown(stack)}`, "Person | Number | Change", people),
    ...(groups.length > 0 ? [`#### Groups of ${markdown(stack)}\n\n${groups.join("\n")}`] : []),
  ];
}

function table(title: string, head: string, rows: readonly string[]): string[] {
  if (rows.length === 0) return [];
  const line = head.replace(/[^|]+/g, " --- ");
  return [`#### ${title} (${rows.length})\n\n| ${head} |\n|${line}|\n${rows.join("\n")}`];
}
