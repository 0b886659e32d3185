/**
 * What the last import saw: the base of the three-way merge. An import takes a value from the table only where the table
 * itself says something else than the last time, so what is changed by hand in people.yaml is not undone each week.
 *
 * It is kept beside people.yaml in `people.import.json`, which rosters' loading ignores, and not in keys of people.yaml:
 * those are for people to read and are the contract's. It belongs to the commit of people.yaml, so that a revert takes
 * both back.
 *
 * Of names and numbers it holds digests of 24 bits: enough to see a change (one in 16 million is missed), and too few to
 * find a number by trying all, since hundreds fit. Days are in people.yaml as well, and stand there as they are.
 */

import { createHash } from "node:crypto";
import type { Day } from "./types";

/** The file's name, beside people.yaml. */
export const LAST_IMPORT_FILE = "people.import.json";

/** A value that is not told in clear. */
export type Digest = string;

/** What the table said of one person. A field is missing while the table never told it. */
export interface Seen {
  readonly name?: Digest | undefined;
  readonly number?: Digest | undefined;
  /** A day; `no`: they had not left; `missing`: the table did not name them. */
  readonly left?: string | undefined;
  /** A day; `no`: they didn't agree; `blank`: the table said nothing. */
  readonly consent?: string | undefined;
  /** The `offboarded` that an import wrote. */
  readonly offboarded?: Day | undefined;
}

/** By id. */
export type LastImport = ReadonlyMap<string, Seen>;

const LENGTH = 6;

export const digestOf = (id: string, field: "name" | "number", value: string): Digest =>
  createHash("sha256")
    .update(JSON.stringify([id, field, value]))
    .digest("hex")
    .slice(0, LENGTH);

const ABOUT = "What `rollcall import` saw last. Keep it with people.yaml, and change nothing here.";

/** Sorted by id, one person a line, so that two changes of different people merge. */
export function lastImportText(last: LastImport): string {
  const people = [...last].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = people.map(([id, seen]) => `    ${JSON.stringify(id)}: ${JSON.stringify(inOrder(seen))}`);
  const all = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
  return `{\n  "about": ${JSON.stringify(ABOUT)},\n  "version": 1,\n  "people": ${all}\n}\n`;
}

const inOrder = ({ name, number, left, consent, offboarded }: Seen): Seen => ({
  name,
  number,
  left,
  consent,
  offboarded,
});

/** @returns undefined when the text is none that an import wrote */
export function readLastImport(text: string): LastImport | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, people } = fieldsOf(value);
  if (version !== 1 || typeof people !== "object" || people === null) return undefined;
  const entries = Object.entries(people).map(([id, seen]): [string, Seen] => [id, seenOf(seen)]);
  return new Map(entries);
}

function seenOf(value: unknown): Seen {
  const fields = fieldsOf(value);
  const text = (key: keyof Seen) => (typeof fields[key] === "string" ? fields[key] : undefined);
  const keys = ["name", "number", "left", "consent", "offboarded"] as const;
  return Object.fromEntries(keys.flatMap((key) => (text(key) === undefined ? [] : [[key, text(key)]])));
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
