/** CSV → rows. Separators are found out; a table that breaks off is refused. */

import { CsvError, parse } from "csv-parse/sync";
import { plural } from "../text/plural";
import { ok, type Read, refused, type Row, type Table, type TableFault } from "./types";

const SEPARATORS = [",", ";", "\t"] as const;

/** Spreadsheets say which separator they mean in a line before the table, such as `sep=;`. */
const SAID = /^sep=([^\n])\n/i;

/** One record, as the library tells it with `info` and `raw`. */
interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

export function readCsv(written: string): Read<Table> {
  const text = written.replace(/\r\n?/g, "\n");
  const said = SAID.exec(text);
  const body = said === null ? text : text.slice(said[0].length);
  const before = said === null ? 0 : 1;
  let parsed: readonly Parsed[];
  try {
    parsed = records(body, said?.[1] ?? separatorOf(body));
  } catch (error) {
    if (error instanceof CsvError) return refused(brokenQuote(error, before));
    throw error;
  }
  const [head, ...rest] = parsed.map(rowOf).map((row) => ({ ...row, line: row.line + before }));
  if (head === undefined) return refused({ lines: [], message: "The table is empty.", hint: "Export it again." });
  const columns = head.cells.map((cell) => cell.trim());
  const filled = rest.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  return ok({
    columns,
    rows: filled.filter(({ cells }) => cells.length === columns.length),
    faults: filled.flatMap((row) => wrongWidth(row, columns.length)),
    openLine: body.endsWith("\n") ? undefined : filled.at(-1)?.line,
  });
}

/** Rows of another width are told by us, all of them: the library would stop at the first. */
function records(text: string, delimiter: string): readonly Parsed[] {
  const options = { delimiter, info: true, raw: true, relax_column_count: true, skip_empty_lines: true } as const;
  return parse(text, options) as unknown as readonly Parsed[];
}

/** The library tells the line on which a record ends. `raw` is all of it, with blank lines before it. */
const rowOf = ({ record, raw, info }: Parsed): Row => ({
  line: info.lines - newlines(raw.trim()),
  cells: record,
});

const newlines = (text: string): number => text.split("\n").length - 1;

/** The separator of which the first line has most, outside quotes. */
function separatorOf(text: string): string {
  const [first = ""] = text
    .trimStart()
    .replace(/"[^"]*"/g, "")
    .split("\n", 1);
  const count = (separator: string) => first.split(separator).length;
  return [...SEPARATORS].sort((a, b) => count(b) - count(a))[0] ?? ",";
}

function wrongWidth({ line, cells }: Row, wanted: number): TableFault[] {
  if (cells.length === wanted) return [];
  const fewer = cells.length < wanted;
  const message = `The line has ${plural(cells.length, "column")}, and the first one has ${wanted}.`;
  const hint = fewer
    ? "If it is the last one, the table was cut off: export it again."
    : "Put cells that have a separator in them into double quotes.";
  return [{ lines: [line], message, hint }];
}

/** The library tells the line at which it stopped; `raw` is what it has of the record. */
function brokenQuote(error: CsvError, before: number): TableFault {
  const { code, lines, raw } = error as CsvError & { readonly lines: number; readonly raw: string };
  const line = lines + before - newlines(raw.trimStart().replace(/\n$/, ""));
  if (code === "CSV_QUOTE_NOT_CLOSED") {
    const message = "A double quote is opened and never closed.";
    return {
      lines: [line],
      message,
      hint: "The table was cut off, or the quote should be written twice: export it again.",
    };
  }
  const message = "A double quote stands in the middle of a cell.";
  return { lines: [line], message, hint: "Put the whole cell into double quotes, and write each quote in it twice." };
}
