/** A table, people.yaml and what the last import saw → what the two files are to be, or everything that forbids it. */

import { isDeepStrictEqual } from "node:util";
import { peopleOf } from "../roster";
import { type ColumnNames, findColumns } from "./columns";
import { readCsv } from "./csv";
import { readJsonLines } from "./jsonl";
import { LAST_IMPORT_FILE, type LastImport, lastImportText, readLastImport } from "./last-import";
import type { Limits } from "./limits";
import { merge, type Merge } from "./merge";
import { readRecords, type RecordOptions } from "./records";
import { textOf } from "./text";
import { type Day, ok, type People, type Read, refused, type Source, type Table } from "./types";
import { editPeople, NOBODY } from "./yaml/edit";

export const FORMATS = ["csv", "jsonl"] as const;
export type TableFormat = (typeof FORMATS)[number];

export interface TableOptions extends RecordOptions {
  /** Undefined: JSON lines if the table begins with a brace, else CSV. */
  readonly format: TableFormat | undefined;
  readonly columns: ColumnNames;
}

/** What the table says, or everything that is wrong with it. */
export function readTable(bytes: Uint8Array, options: TableOptions): Read<Source> {
  const text = textOf(bytes);
  if (text.kind === "refused") return text;
  const table = tableOf(text.value, options.format);
  if (table.kind === "refused") return table;
  const places = findColumns(table.value, options.columns);
  if (places.kind === "refused") return refused(...places.faults, ...table.value.faults);
  return readRecords(table.value, places.value, options);
}

function tableOf(text: string, format: TableFormat | undefined): Read<Table> {
  switch (format ?? (text.trimStart().startsWith("{") ? "jsonl" : "csv")) {
    case "csv":
      return readCsv(text);
    case "jsonl":
      return readJsonLines(text);
  }
}

export interface Files {
  /** people.yaml, which has no problem; undefined: there is none. */
  readonly people: string | undefined;
  /** people.import.json; undefined: there is none. */
  readonly last: string | undefined;
}

/** What was done, and both files as they are to be: the same as before where there is nothing to do. */
export interface Imported extends Omit<Merge, "people" | "last">, Files {}

export function importSource(source: Source, files: Files, options: Limits & { readonly today: Day }): Read<Imported> {
  const last: LastImport | undefined = files.last === undefined ? new Map() : readLastImport(files.last);
  if (last === undefined) return refused(unreadable);
  const text = files.people ?? NOBODY;
  const before: People = peopleOf(text);
  const merged = merge({ people: before, source, last, ...options });
  if (merged.kind === "refused") return merged;
  const { people, last: seen, ...told } = merged.value;
  const edited = editPeople(text, before, people);
  confirm(edited, people);
  // Where nobody is imported no file is made.
  if (edited === text && files.people === undefined) return ok({ ...told, ...files });
  return ok({ ...told, people: edited, last: lastImportText(seen) });
}

const unreadable = {
  lines: [],
  message: `${LAST_IMPORT_FILE}, beside people.yaml, is not as an import writes it.`,
  hint: "Take it from git. Without it, the table decides on every name and number.",
};

/** The text has to say exactly what was planned. */
function confirm(text: string, wanted: People): void {
  const plain = (people: People) => Object.fromEntries([...people].map(([key, person]) => [key, { ...person }]));
  if (!isDeepStrictEqual(plain(peopleOf(text)), plain(wanted)))
    throw new Error("people.yaml would not say what the import planned, so nothing is written");
}
