/** Rows → what the table says of each person, or everything that is wrong with it. */

import { digitsOf, readTableNumber } from "../numbers";
import { quote, SAFE_TEXT } from "../text/clean";
import type { Places } from "./columns";
import { readDay } from "./days";
import {
  type Day,
  type Field,
  FIELDS,
  ok,
  type Read,
  refused,
  type Row,
  type Source,
  type SourceRecord,
  type Table,
} from "./types";
import { lookalikesInTable } from "./ids";
import type { TableFault } from "./types";

export interface RecordOptions {
  /** Calling code for numbers without a plus. */
  readonly country: string | undefined;
  readonly today: Day;
  /** How a number is shown in messages. */
  readonly shown: (number: string) => string;
}

/** Most characters of a name and of an id, as people.yaml takes them. */
const LONGEST = { name: 100, id: 128 } as const;

export function readRecords(table: Table, places: Places, options: RecordOptions): Read<Source> {
  const read = table.rows.map((row) => new RowReader(row, places, options));
  const records = read.map(({ record }) => record);
  const faults = [...table.faults, ...read.flatMap((row) => row.faults)];
  if (records.length + faults.length === 0)
    faults.push({ lines: [], message: "The table has no people.", hint: "Export it again." });
  faults.push(
    ...sameIn(
      records,
      ({ id }) => (id === "" ? undefined : id),
      (id) => `id ${quote(id)}`,
    ),
    ...sameIn(
      records,
      ({ number }) => number?.digits,
      (digits) => `number "+${digits}"`,
    ),
    ...lookalikesInTable(records),
  );
  if (records.length > 0 && faults.length === 0 && records.every(({ number }) => number === undefined)) {
    const hint = "Perhaps another column has them: --columns number=…, or the account may not read numbers.";
    faults.push({ lines: [], message: "Nobody in the table has a number.", hint });
  }
  if (faults.length > 0) return refused(...faults.sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0)));
  const has = { left: places.left !== undefined, consent: places.consent !== undefined };
  return ok({ records, has, openLine: table.openLine });
}

/** One row: each cell is looked at, so that all of its faults are told at once. */
class RowReader {
  readonly faults: TableFault[] = [];
  readonly record: SourceRecord;

  constructor(
    private readonly row: Row,
    private readonly places: Places,
    private readonly options: RecordOptions,
  ) {
    this.record = {
      line: row.line,
      id: this.text("id"),
      name: this.text("name"),
      number: this.number(),
      left: this.day("left"),
      consent: this.consent(),
    };
    for (const why of FIELDS.flatMap((field) => this.oddity(field) ?? []))
      this.fault(`The line has ${why}.`, "Write one text for each, or null where there is none.");
  }

  private oddity(field: Field): string | undefined {
    const place = this.places[field];
    return place === undefined ? undefined : this.row.odd?.get(place);
  }

  /** The cell on one line, without blanks at its ends. */
  private cell(field: Field): string {
    const place = this.places[field];
    return (
      (place === undefined ? undefined : this.row.cells[place])?.normalize("NFC").replace(/\s+/g, " ").trim() ?? ""
    );
  }

  private text(field: "id" | "name"): string {
    const cell = this.cell(field);
    // A spreadsheet's apostrophe says that the number behind it is a text.
    const found = field === "id" ? cell.replace(/^'(?=\d)/, "") : cell;
    if (found === "") {
      if (this.oddity(field) === undefined) this.fault(`The ${field} is blank.`, "Write it, or leave the line out.");
    } else if (field === "name" && !/\p{L}/u.test(found)) {
      this.fault(
        `The name ${quote(this.options.shown(found))} has no letter.`,
        "Perhaps another column has the names.",
      );
    } else if (!SAFE_TEXT.test(found) || /\p{Surrogate}/u.test(found)) {
      this.fault(`The ${field} ${quote(found)} has a character that can't be seen or moves text.`, "Delete it.");
    } else if (found.length > LONGEST[field]) {
      this.fault(
        `The ${field} has ${found.length} characters, more than the limit of ${LONGEST[field]}.`,
        "Shorten it.",
      );
    }
    return found;
  }

  private number(): SourceRecord["number"] {
    const found = this.cell("number");
    if (found === "") return undefined;
    const read = readTableNumber(found, this.options.country);
    if (read.kind === "ok") return { digits: read.digits, text: read.text, written: digitsOf(found) };
    this.fault(`The number ${quote(this.options.shown(found))} of ${quote(this.cell("name"))} ${read.why}.`, read.hint);
    return undefined;
  }

  private day(field: "left" | "consent"): Day | undefined {
    const found = this.cell(field);
    const day = readDay(found);
    if (day.kind === "no day") {
      const hint = field === "consent" ? "Write the day on which they agreed" : "Write the day on which they left";
      this.fault(
        `The cell ${field} of ${quote(this.cell("name"))} is ${quote(found)}, which is no day.`,
        `${hint}: 2026-12-01.`,
      );
    }
    return day.kind === "day" ? day.day : undefined;
  }

  private consent(): SourceRecord["consent"] {
    const { today } = this.options;
    if (/^(?:no|n|false|0)$/i.test(this.cell("consent"))) return "no";
    const day = this.day("consent");
    if (day === undefined || day <= today) return day;
    const who = quote(this.cell("name"));
    this.fault(
      `The consent of ${who} is of ${day}, and today is ${today} (UTC).`,
      "Write the day on which they agreed.",
    );
    return undefined;
  }

  private fault(message: string, hint: string): void {
    this.faults.push({ lines: [this.row.line], message, hint });
  }
}

/** One fault for each value that several records have. */
function sameIn(
  records: readonly SourceRecord[],
  valueOf: (record: SourceRecord) => string | undefined,
  words: (value: string) => string,
): TableFault[] {
  const byValue = new Map<string, SourceRecord[]>();
  for (const record of records) {
    const value = valueOf(record);
    if (value !== undefined) byValue.set(value, [...(byValue.get(value) ?? []), record]);
  }
  return [...byValue].flatMap(([value, all]) => {
    if (all.length === 1) return [];
    const who = all.map(({ name, id }) => `${quote(name)} (${id})`).join(", ");
    const message = `${all.length} records have the ${words(value)}: ${who}.`;
    return [{ lines: all.map(({ line }) => line), message, hint: "Keep one of them, or correct the others." }];
  });
}
