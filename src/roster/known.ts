/** The names that files give, as far as they could be read, for others to refer to. */

import { digitsOf } from "./numbers";
import { entries, field, isMapping, textField } from "./raw";
import { NUMBER_PATTERN } from "./shape";
import type { Digits } from "./types";

/** A file's value, as far as it could be read. */
export interface Source {
  readonly name: string;
  readonly file: string;
  readonly value: unknown;
}

/** The names that may be referred to; undefined: their file cannot be read, so nothing is said about them. */
export interface Known {
  /** Key → digits, or undefined where the number is at fault. */
  readonly people: ReadonlyMap<string, Digits | undefined> | undefined;
  readonly sets: ReadonlySet<string> | undefined;
  readonly rosters: ReadonlySet<string>;
}

export function knownOf(people: Source | undefined, sets: Source | undefined, rosters: Iterable<string>): Known {
  return {
    people: unreadable(people, "people")
      ? undefined
      : new Map(entries(people?.value, "people").map(([key, person]) => [key, numberOf(person)])),
    sets: unreadable(sets, "sets") ? undefined : new Set(entries(sets?.value, "sets").map(([key]) => key)),
    rosters: new Set(rosters),
  };
}

const unreadable = (source: Source | undefined, key: string): boolean =>
  source !== undefined && !isMapping(field(source.value, key));

/** The digits of an entry's number, when it has one of the right form. */
export function numberOf(entry: unknown): Digits | undefined {
  const number = textField(entry, "number");
  return number !== undefined && NUMBER_PATTERN.test(number) ? digitsOf(number) : undefined;
}
