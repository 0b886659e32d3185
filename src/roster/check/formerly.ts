/** The former numbers of people: each is one person's, and not the one that they have now. */

import { quote } from "../../text/clean";
import { type Fault, fault, valueAt } from "../fault";
import { numberOf, type Source } from "./known";
import { digitsOf, numberFault, readDigits } from "./numbers";
import { listFaults } from "./once";
import { entries } from "../yaml/raw";
import type { PeopleFile } from "./shape";
import type { Digits, Roster } from "../types";

export function formerlyFaults({ file, value }: Source): Fault[] {
  const owners = new Map<Digits, { readonly key: string; readonly place: Fault["place"] }>();
  return entries(value, "people").flatMap(([key, person]) =>
    listFaults(file, person, ["people", key, "formerly"], (text, place) => {
      const digits = readDigits(text);
      if (digits === undefined) return [];
      const wrong = numberFault(place, text, { standing: "noted" });
      const faults = wrong === undefined ? [] : [wrong];
      if (digits === numberOf(person)) {
        const message = `The former number ${quote(text)} of ${quote(key)} is the one that they have now.`;
        const own = valueAt(file, "people", key, "number");
        return [...faults, fault(place, "duplicate-number", message, "Delete one of the two, or mend it.", own)];
      }
      const owner = owners.get(digits);
      if (owner === undefined) owners.set(digits, { key, place });
      else if (owner.key !== key) {
        const message = `The former number ${quote(text)} of ${quote(key)} is another person's former number too.`;
        const hint = "Keep it with whoever had it last.";
        return [...faults, fault(place, "duplicate-number", message, hint, owner.place)];
      }
      return faults;
    }),
  );
}

/**
 * Former number → the person's number now, and their name. Numbers are given to other people: one that anybody has or
 * that a roster declares today is not a former number, whatever `formerly` says.
 */
export function formerNumbers(
  file: PeopleFile | undefined,
  rosters: readonly Roster[],
): ReadonlyMap<Digits, { readonly number: Digits; readonly name: string }> {
  const people = Object.values(file?.people ?? {});
  const inUse = new Set([
    ...people.map(({ number }) => digitsOf(number)),
    ...rosters.flatMap(({ members }) => members.map(({ number }) => number)),
  ]);
  const former = people.flatMap(({ number, name, formerly = [] }) =>
    formerly.map((text) => [digitsOf(text), { number: digitsOf(number), name }] as const),
  );
  return new Map(former.filter(([number]) => !inUse.has(number)));
}
