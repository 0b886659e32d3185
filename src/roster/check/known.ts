/** The names and numbers that files give, as far as they could be read, for others to refer to. */

import { readDigits } from "./numbers";
import { entries, field, isMapping, items, textField, texts } from "../yaml/raw";
import type { Digits } from "../types";

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
  /** Numbers that CAMS lists though no plan may know them: declared with `asListed`, or somebody's former number. */
  readonly listed: ReadonlySet<Digits>;
}

export function knownOf(people: Source | undefined, sets: Source | undefined, rosters: readonly Source[]): Known {
  const persons = entries(people?.value, "people");
  const members = rosters.flatMap(({ value }) => items(value, "members").map(([, member]) => member));
  const listed = [...persons.map(([, person]) => person), ...members].filter(isAsListed).map(numberOf);
  const former = persons.flatMap(([, person]) => texts(person, "formerly").map(([, number]) => readDigits(number)));
  return {
    people: unreadable(people, "people") ? undefined : new Map(persons.map(([key, person]) => [key, numberOf(person)])),
    sets: unreadable(sets, "sets") ? undefined : new Set(entries(sets?.value, "sets").map(([key]) => key)),
    rosters: new Set(rosters.map(({ name }) => name)),
    listed: new Set([...listed, ...former].filter((digits) => digits !== undefined)),
  };
}

const unreadable = (source: Source | undefined, key: string): boolean =>
  source !== undefined && !isMapping(field(source.value, key));

/** The digits of an entry's number, when it has one of the right form. */
export const numberOf = (entry: unknown): Digits | undefined => readDigits(textField(entry, "number"));

/** Whether an entry says that CAMS itself lists its number so. */
export const isAsListed = (entry: unknown): boolean => field(entry, "asListed") === true;
