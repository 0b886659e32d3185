/** Somebody's new number: in people.yaml, which keeps the old one, and in every roster that has the old one. */

import { type Digits, digitsOf, readNumber } from "../numbers";
import { peopleOf } from "../roster";
import { nearest } from "../text/nearest";
import { type NewNumber, withNumber } from "./new-number";
import type { People, Person } from "./types";
import { editPeople } from "./yaml/edit";
import { replaceNumber } from "./yaml/rosters";

export interface NumberFiles {
  /** people.yaml, which has no problem. */
  readonly people: string;
  /** File → text of each roster. */
  readonly rosters: ReadonlyMap<string, string>;
}

export type NumberChange =
  | {
      readonly kind: "changed";
      readonly key: string;
      readonly name: string;
      /** The old number, as people.yaml had it. */
      readonly from: string;
      readonly people: string;
      /** File → new text, of rosters that had the old number. */
      readonly rosters: ReadonlyMap<string, string>;
    }
  | { readonly kind: "same"; readonly key: string; readonly name: string }
  | { readonly kind: "refused"; readonly message: string };

/** @param word the person's key in people.yaml, number or whole name */
export function changeNumber(files: NumberFiles, word: string, to: NewNumber): NumberChange {
  const before: People = peopleOf(files.people);
  const found = findPerson(before, word);
  if (typeof found === "string") return { kind: "refused", message: found };
  const [key, person] = found;
  const from = digitsOf(person.number);
  if (from === to.digits) return { kind: "same", key, name: person.name };
  const taken = ownerOf(before, to.digits, key);
  if (taken !== undefined) return { kind: "refused", message: taken };
  const rosters = new Map(
    [...files.rosters].flatMap(([file, text]) => {
      const changed = replaceNumber(text, from, to.text);
      return changed === text ? [] : [[file, changed] as const];
    }),
  );
  const after = new Map([...before, [key, withNumber(person, to)]]);
  const people = editPeople(files.people, before, after);
  return { kind: "changed", key, name: person.name, from: person.number, people, rosters };
}

type Found = readonly [key: string, person: Person];

function findPerson(people: People, word: string): Found | string {
  const byKey = people.get(word.normalize("NFC"));
  if (byKey !== undefined) return [word.normalize("NFC"), byKey];
  const digits = readNumber(word);
  const fits = [...people].filter(
    ([, { number, name }]) => digitsOf(number) === digits || name.toLowerCase() === word.normalize("NFC").toLowerCase(),
  );
  const [first, ...more] = fits;
  if (first === undefined) return nobody(people, word);
  if (more.length === 0) return first;
  return `several people fit: ${fits.map(([key, { name }]) => `${key} (${name})`).join(", ")}. Give the key of one.`;
}

function nobody(people: People, word: string): string {
  const names = [...people].flatMap(([key, { name }]) => [key, name]);
  const close = nearest(word, names);
  return (
    `nobody in people.yaml has this key, name or number.${close === undefined ? "" : ` Did you mean ${close}?`} ` +
    "Only people of people.yaml keep their former numbers: give somebody whom only rosters name an entry there first."
  );
}

function ownerOf(people: People, digits: Digits, except: string): string | undefined {
  const owner = [...people].find(
    ([key, { number, formerly = [] }]) =>
      key !== except && [number, ...formerly].some((one) => digitsOf(one) === digits),
  );
  if (owner === undefined) return undefined;
  const [key, { name, number }] = owner;
  const what = digitsOf(number) === digits ? "number" : "former number";
  return `that is the ${what} of ${key} (${name}). If they gave it up, change their entry first.`;
}
