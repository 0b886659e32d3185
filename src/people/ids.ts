/** Ids that a spreadsheet or a person may have written otherwise. */

import { quote } from "../text/clean";
import type { Person, SourceRecord, TableFault } from "./types";

/** The same for ids that differ in case, blanks, zeros in front, or a spreadsheet's apostrophe. */
const shapeOf = (id: string): string =>
  id
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, "")
    .replace(/^'/, "")
    .replace(/^0+(?=.)/, "");

const HINT = "If it is one person, write one id in both.";

/**
 * An id of the file that the table has not, and one like it that only the table has: else one person would be offboarded,
 * and be new.
 */
export function lookalikeFaults(people: Iterable<Person>, records: ReadonlyMap<string, SourceRecord>): TableFault[] {
  const ids = new Set([...people].flatMap(({ id }) => (id === undefined ? [] : [id])));
  const missing = new Map([...ids].filter((id) => !records.has(id)).map((id) => [shapeOf(id), id]));
  return [...records.values()].flatMap(({ id, line }) => {
    const other = ids.has(id) ? undefined : missing.get(shapeOf(id));
    if (other === undefined) return [];
    const message = `The id ${quote(id)} is not in people.yaml, and ${quote(other)} of people.yaml is not in the table.`;
    return [{ lines: [line], message, hint: HINT }];
  });
}

/** Two ids of the table that differ in nothing else. */
export function lookalikesInTable(records: readonly SourceRecord[]): TableFault[] {
  const first = new Map<string, SourceRecord>();
  return records.flatMap((record) => {
    if (record.id === "") return [];
    const shape = shapeOf(record.id);
    const other = first.get(shape);
    if (other === undefined) first.set(shape, record);
    if (other === undefined || other.id === record.id) return [];
    const message = `The ids ${quote(other.id)} and ${quote(record.id)} differ only in case, blanks or zeros in front.`;
    return [{ lines: [other.line, record.line], message, hint: "Keep one of them, or correct the other." }];
  });
}
