/** JSON lines → rows: one flat object a line. */

import { quote } from "../text/clean";
import { ok, type Read, refused, type Row, type Table, type TableFault } from "./types";

type Flat = ReadonlyMap<string, string | typeof NESTED>;

export function readJsonLines(text: string): Read<Table> {
  const faults: TableFault[] = [];
  const found: { readonly line: number; readonly values: Flat }[] = [];
  for (const [index, written] of text.split("\n").entries()) {
    if (written.trim() === "") continue;
    const line = index + 1;
    const values = valuesOf(written);
    if (typeof values === "string") faults.push({ lines: [line], message: values, hint: HINT });
    else found.push({ line, values });
  }
  if (found.length + faults.length === 0)
    return refused({ lines: [], message: "The table is empty.", hint: "Export it again." });
  const columns = [...new Set(found.flatMap(({ values }) => [...values.keys()]))];
  return ok({
    columns,
    faults,
    rows: found.map(({ line, values }) => rowOf(line, columns, values)),
  });
}

function rowOf(line: number, columns: readonly string[], values: Flat): Row {
  const odd = columns.flatMap((column, place): [number, string][] => {
    if (!values.has(column)) return [[place, `no key ${quote(column)}`]];
    return values.get(column) === NESTED ? [[place, `a list or an object as ${quote(column)}`]] : [];
  });
  const texts = columns.map((column) => values.get(column));
  return { line, cells: texts.map((text) => (typeof text === "string" ? text : "")), odd: new Map(odd) };
}

const HINT =
  'Each line is one object, such as {"id": "E-1", "name": "Ana", "number": "+62…"}. Perhaps the last one was cut off.';

/** The values as texts, or what is wrong with the line. Lists and objects are no texts: no column of a person is one. */
function valuesOf(line: string): Flat | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "The line is not JSON.";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "The line is no object.";
  const texts = new Map<string, string | typeof NESTED>();
  for (const [key, found] of Object.entries(value)) {
    const text = textOf(found, line);
    if (text === LOST) return `The value of ${quote(key)} is a number that JSON does not keep exactly.`;
    if (texts.has(key.trim())) return `The key ${quote(key.trim())} is there twice, with other blanks.`;
    texts.set(key.trim(), text);
  }
  return texts;
}

const LOST = Symbol("lost");
const NESTED = Symbol("nested");

/** Whole numbers keep their digits up to 2^53, unless they were written as powers of ten. */
function textOf(value: unknown, line: string): string | typeof NESTED | typeof LOST {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "number") return value === null ? "" : NESTED;
  const written = String(value);
  return Number.isSafeInteger(value) && line.includes(written) ? written : LOST;
}
