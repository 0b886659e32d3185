/** Values as YAML writes them, in the way that people would. */

import { stringify } from "yaml";
import type { Person } from "../types";

/** A value that begins with a letter and has nothing that YAML could take for something else, also in braces. */
const PLAIN = /^\p{L}[\p{L}\p{M}\p{N} .'_-]*$/u;

/** A text, in double quotes where it needs any. */
export const scalar = (text: string): string =>
  PLAIN.test(text) && stringify(text, { lineWidth: 0 }).trimEnd() === text ? text : JSON.stringify(text);

/** Keys of an entry that an import writes, in the order of a new entry. */
export const WRITTEN = ["number", "name", "id", "formerly", "offboarded", "consent"] as const;
export type Written = (typeof WRITTEN)[number];

/**
 * The value of one key of an entry, on one line.
 * @param json whether it is to be JSON: in double quotes, unless it is a list
 */
export function valueText(key: Written, person: Person, json = false): string {
  if (json && key !== "formerly") return JSON.stringify(person[key] ?? "");
  switch (key) {
    case "number":
      return JSON.stringify(person.number);
    case "formerly":
      return listText(person.formerly ?? []);
    case "name":
    case "id":
      return scalar(person[key] ?? "");
    case "offboarded":
    case "consent":
      return person[key] ?? "";
  }
}

export const listText = (numbers: readonly string[]): string =>
  `[${numbers.map((number) => JSON.stringify(number)).join(", ")}]`;

/** The pairs of a new entry. */
export const pairsOf = (person: Person, json = false): string[] =>
  WRITTEN.filter((key) => person[key] !== undefined).map(
    (key) => `${json ? JSON.stringify(key) : key}: ${valueText(key, person, json)}`,
  );
