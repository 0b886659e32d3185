/** The values of an import: a table of another program, what it says of people, and what is wrong with it. */

import type { Digits } from "../numbers";

/** `YYYY-MM-DD`, UTC. */
export type Day = string;

/** What is wrong with a table, for people. Nothing is written while there is one. */
export interface TableFault {
  /** 1-based lines of the table that it is about, in their order; none: the whole table. */
  readonly lines: readonly number[];
  /** What, and which: a sentence. */
  readonly message: string;
  /** What to do: a sentence. */
  readonly hint: string;
}

/** The rows of a table, whatever its form. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows that can't be read, and are not in `rows`. */
  readonly faults: readonly TableFault[];
  /** Line of the last row, when no line break ends it: it may be cut off. */
  readonly openLine?: number | undefined;
}

export interface Row {
  /** 1-based line on which the row begins. */
  readonly line: number;
  /** As long as `columns`. */
  readonly cells: readonly string[];
  /** Places of cells that tell nothing, though they are blank in `cells` → why; goes behind "The line has ". */
  readonly odd?: ReadonlyMap<number, string>;
}

/** What a column of the table can be for. */
export const FIELDS = ["id", "name", "number", "left", "consent"] as const;
export type Field = (typeof FIELDS)[number];

export interface SourceNumber {
  readonly digits: Digits;
  /** As people write it, in international form. */
  readonly text: string;
  /** The digits of the cell: those of a whole number whose plus was lost, perhaps. */
  readonly written: Digits;
}

/** What the table says of one person. */
export interface SourceRecord {
  readonly line: number;
  readonly id: string;
  readonly name: string;
  /** Undefined: the cell is blank. Nothing is known of their number then. */
  readonly number: SourceNumber | undefined;
  readonly left: Day | undefined;
  /** A day; `no`: they don't agree; undefined: the cell is blank, or there is none. */
  readonly consent: string | undefined;
}

/** A table that has no fault. */
export interface Source {
  /** Sorted by line; at least one. No two have the same id or number. */
  readonly records: readonly SourceRecord[];
  /** Whether the table has these columns. Without one, nothing is known of it. */
  readonly has: Readonly<Record<"left" | "consent", boolean>>;
  /** Line of the last row, when no line break ends it: it may be cut off. */
  readonly openLine?: number | undefined;
}

/** A result, or everything that is wrong. */
export type Read<T> =
  { readonly kind: "ok"; readonly value: T } | { readonly kind: "refused"; readonly faults: readonly TableFault[] };

export const ok = <T>(value: T): Read<T> => ({ kind: "ok", value });
export const refused = (...faults: readonly TableFault[]): Read<never> => ({ kind: "refused", faults });

/** A person's entry in people.yaml, as far as an import knows it. */
export interface Person {
  readonly number: string;
  readonly name: string;
  readonly asListed?: boolean | undefined;
  readonly id?: string | undefined;
  readonly formerly?: readonly string[] | undefined;
  readonly offboarded?: Day | undefined;
  readonly consent?: Day | undefined;
  readonly reason?: string | undefined;
}

/** people.yaml: key → person, in the file's order. */
export type People = ReadonlyMap<string, Person>;
