/** Which column of a table is for what. */

import { quote } from "../text/clean";
import { didYouMean } from "../text/nearest";
import { type Field, FIELDS, ok, type Read, refused, type Table, type TableFault } from "./types";

/** Names of columns that are given, such as `id=EmpNo,name=Name`. Without one, a column has the name of its field. */
export type ColumnNames = Readonly<Partial<Record<Field, string>>>;

/**
 * @param given names that stay, and may not be given again
 * @returns all names, or what is wrong with the text
 */
export function parseColumns(text: string, given: ColumnNames = {}): ColumnNames | string {
  const names: Partial<Record<Field, string>> = { ...given };
  for (const part of text.split(",")) {
    const [written = "", ...rest] = part.split("=");
    const field = FIELDS.find((name) => name === written.trim());
    const column = rest.join("=").trim();
    if (field === undefined) return `${quote(written.trim())} is none of ${FIELDS.join(", ")}`;
    if (column === "") return `${field} has no name of a column; write ${field}=Column`;
    if (names[field] !== undefined) return `${field} is given twice`;
    names[field] = column;
  }
  return names;
}

/** Where each field stands in a row; undefined: the table has no such column, and need not have it. */
export type Places = Readonly<Record<"id" | "name" | "number", number>> & Readonly<Partial<Record<Field, number>>>;

const NEEDED: readonly Field[] = ["id", "name", "number"];

/** Names are compared exactly, else without regard to case. */
export function findColumns({ columns }: Pick<Table, "columns">, names: ColumnNames): Read<Places> {
  const faults: TableFault[] = [];
  const places: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const wanted = names[field] ?? field;
    const found = matching(columns, wanted);
    const [place] = found;
    if (found.length > 1) faults.push(twice(wanted));
    else if (place !== undefined) places[field] = place;
    else if (names[field] !== undefined || NEEDED.includes(field)) faults.push(missing(field, wanted, columns));
  }
  faults.push(...shared(places, columns));
  const { id, name, number } = places;
  if (faults.length > 0 || id === undefined || name === undefined || number === undefined) return refused(...faults);
  return ok({ ...places, id, name, number });
}

function matching(columns: readonly string[], wanted: string): number[] {
  const places = (same: (column: string) => boolean) =>
    columns.flatMap((column, place) => (same(column) ? [place] : []));
  const exact = places((column) => column === wanted);
  return exact.length > 0 ? exact : places((column) => column.toLowerCase() === wanted.toLowerCase());
}

function missing(field: Field, wanted: string, columns: readonly string[]): TableFault {
  const message = `The table has no column ${quote(wanted)}, for ${MEANING[field]}.`;
  const there = `It has ${columns.map((column) => quote(column)).join(", ")}; name the right one: --columns ${field}=….`;
  return { lines: [], message, hint: didYouMean(wanted, columns, there) };
}

const twice = (wanted: string): TableFault => ({
  lines: [],
  message: `The table has the column ${quote(wanted)} more than once.`,
  hint: "Give one of them another name.",
});

/** One column can't be for two fields. */
function shared(places: Partial<Record<Field, number>>, columns: readonly string[]): TableFault[] {
  return columns.flatMap((column, place) => {
    const fields = FIELDS.filter((field) => places[field] === place);
    if (fields.length < 2) return [];
    const message = `The column ${quote(column)} would be for ${fields.join(" and ")}.`;
    return [{ lines: [], message, hint: "Give each its own: --columns." }];
  });
}

const MEANING: Readonly<Record<Field, string>> = {
  id: "the key of each record",
  name: "people's names",
  number: "their numbers",
  left: "the day on which they left",
  consent: "the day on which they agreed to be written to",
};
