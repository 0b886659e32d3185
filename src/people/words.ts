/** An import in words: a line for each person, and the faults of a table. */

import { clean, quote } from "../text/clean";
import { plural } from "../text/plural";
import type { Fact, LeftOut, Told } from "./told";
import type { TableFault } from "./types";

/** `TABLE:3: what. What to do.` */
export function faultText(table: string, { lines, message, hint }: TableFault): string {
  const [first] = lines;
  const at = first === undefined ? clean(table) : `${clean(table)}:${first}`;
  const all = lines.length > 1 ? ` (lines ${lines.join(", ")})` : "";
  return `${at}: ${clean(message.replace(/\.$/, ""))}${all}. ${clean(hint)}`;
}

/** How a number is shown. */
type Show = (number: string) => string;

interface Summary {
  readonly told: readonly Told[];
  readonly leftOut: readonly LeftOut[];
  readonly unchanged: number;
}

/** By person, then in numbers. Each line ends with a line break. */
export function summaryText({ told, leftOut, unchanged }: Summary, show: Show): string {
  const people = told.map(({ key, id, name, facts }) => {
    const words = facts.map((fact) => factText(fact, show)).join("; ");
    return `${key} (${clean(id)}), ${clean(name)}: ${words}`;
  });
  const named = leftOut.filter(({ why }) => why !== "left already");
  const left = leftOut.length - named.length;
  const lines = [
    ...people,
    ...named.map(({ id, name, why }) => `left out: ${clean(name)} (${clean(id)}), ${WHY[why](clean(id))}`),
    ...(left > 0 ? [`left out: ${plural(left, "person", "people")} of the table who left already`] : []),
    countText(told, unchanged),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const WHY: Readonly<Record<LeftOut["why"], (id: string) => string>> = {
  "no number": () => "who has no number in the table",
  "left already": () => "who left already",
  "deleted by hand": (id) =>
    `whose entry, or its id, was deleted by hand; to have them again, write an entry with \`id: ${id}\``,
};

function countText(told: readonly Told[], unchanged: number): string {
  const has = (kind: Fact["kind"]) => told.filter(({ facts }) => facts.some((fact) => fact.kind === kind)).length;
  const changed = told.filter(({ facts }) => facts.some(({ kind }) => CHANGES.includes(kind))).length;
  const kept = told.filter(({ facts }) => facts.every(({ kind }) => kind === "kept")).length;
  const counts = [
    [has("added"), "added"],
    [has("adopted"), "adopted"],
    [changed, "changed"],
    [has("offboarded"), "offboarded"],
    [has("back"), "back"],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [...words, `${unchanged + kept} unchanged`].join(", ");
}

const CHANGES: readonly Fact["kind"][] = ["name", "number", "consent"];

function factText(fact: Fact, show: Show): string {
  switch (fact.kind) {
    case "added":
      return `new, with ${show(fact.number)}`;
    case "adopted":
      return `the entry written by hand has the number ${show(fact.number)}, and gets this id`;
    case "name":
      return `name ${quote(fact.from)} → ${quote(fact.to)}${instead(fact.byHand)}`;
    case "number":
      return `number ${show(fact.from)} → ${show(fact.to)}${instead(fact.byHand)}`;
    case "offboarded":
      return `offboarded from ${fact.day} on: ${fact.why === "left" ? "the table has this day" : "missing in the table"}${instead(fact.byHand)}`;
    case "back":
      return "no longer offboarded: the table has them again";
    case "consent":
      return `consent ${fact.from ?? "none"} → ${fact.to ?? "none"}${instead(fact.byHand)}`;
    case "kept":
      return keptText(fact, show);
  }
}

const instead = (byHand: boolean): string => (byHand ? ", in place of what was written by hand" : "");

function keptText({ field, source }: Fact & { readonly kind: "kept" }, show: Show): string {
  switch (field) {
    case "name":
      return `keeps the name written by hand; the table has ${quote(source)}`;
    case "number":
      return `keeps the number written by hand; the table has ${show(source)}`;
    case "offboarded":
      return `keeps what was written by hand about leaving; of that the table says: ${source}`;
    case "consent":
      return `keeps what was written by hand about consent; of that the table says: ${source}`;
  }
}
