/** What a merge refuses of one person, because it looks like an accident of the table. */

import { digitsOf } from "../numbers";
import { quote } from "../text/clean";
import type { Fact, Told } from "./told";
import type { People, SourceRecord, TableFault } from "./types";

type Records = ReadonlyMap<string, SourceRecord>;

/** Values whose end, when it is lost, leaves another value. */
const CUTTABLE: readonly Fact["kind"][] = ["number", "offboarded", "back", "consent"];

/**
 * Values that may have lost their end: a number that is the former one without its last digits, and what the last line
 * changes of somebody who is known, when no line break ends it.
 */
export function cutFaults(told: readonly Told[], records: Records, openLine: number | undefined): TableFault[] {
  return told.flatMap(({ key, id, facts }) => {
    const line = records.get(id)?.line;
    if (line === undefined) return [];
    const who = `${quote(key)} (${id})`;
    if (line === openLine && facts.some(({ kind }) => CUTTABLE.includes(kind))) {
      const message = `The last line has no line break at its end, and would change a number or a day of ${who}.`;
      return [{ lines: [line], message, hint: "Export the table again, or end the line if it is whole." }];
    }
    const cut = facts.find((fact) => fact.kind === "number" && isCut(fact.from, fact.to));
    if (cut?.kind !== "number") return [];
    const message = `The number "+${digitsOf(cut.to)}" of ${who} is the one in people.yaml without its last digits.`;
    const hint = `Correct the table; if it is right, write it yourself: npx rollcall number ${key} +${digitsOf(cut.to)}.`;
    return [{ lines: [line], message, hint }];
  });
}

const isCut = (from: string, to: string): boolean => from !== to && digitsOf(from).startsWith(digitsOf(to));

/** An id that gets another name and another number at once: the table gives it to another person. */
export function otherPersonFaults(told: readonly Told[], records: Records): TableFault[] {
  return told.flatMap(({ key, id, facts }) => {
    const name = facts.find((fact) => fact.kind === "name");
    if (name?.kind !== "name" || !facts.some(({ kind }) => kind === "number")) return [];
    const line = records.get(id)?.line;
    const message = `The id ${quote(id)} is that of ${quote(name.from)} (${quote(key)}), and the table gives it to ${quote(name.to)} with another number.`;
    const hint =
      "An id is one person's for ever, not the number of a row. " +
      `If they are one person, write the new number yourself: npx rollcall number ${key} "+…".`;
    return [{ lines: line === undefined ? [] : [line], message, hint }];
  });
}

/**
 * Entries by hand that records have the numbers of, under quite another name: perhaps a number that was given to somebody
 * else.
 * @param adopted key of the entry → the record that has its number
 */
export function adoptionFaults(people: People, adopted: ReadonlyMap<string, SourceRecord>): TableFault[] {
  return [...adopted].flatMap(([key, { id, name, line }]) => {
    const ours = people.get(key)?.name ?? "";
    const theirs = wordsOf(name);
    if (wordsOf(ours).some((word) => theirs.includes(word))) return [];
    const message = `${quote(name)} (${id}) has the number of ${quote(key)} in people.yaml, who is ${quote(ours)} and has no id.`;
    const hint = `If they are one person, write \`id: ${id}\` at ${quote(key)}; else correct the number of one of them.`;
    return [{ lines: [line], message, hint }];
  });
}

/** Without accents and case. */
const wordsOf = (name: string): readonly string[] =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
