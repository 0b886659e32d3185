import { type Digits, digitsOf } from "../numbers";
import type { Person } from "./types";

export interface NewNumber {
  readonly digits: Digits;
  /** As it is to be written, with a plus. */
  readonly text: string;
}

/**
 * Somebody with a new number. The old one becomes a former one, if `keepsOld`; the new one may have been one, since people
 * go back to numbers, too.
 */
export function withNumber(person: Person, to: NewNumber, keepsOld = true): Person {
  const from = digitsOf(person.number);
  // What CAMS lists though no plan knows it (`asListed`) is the former number.
  const { asListed: _, formerly: before = [], ...rest } = person;
  const others = before.filter((number) => ![to.digits, from].includes(digitsOf(number)));
  const formerly = keepsOld ? [...others, person.number] : others;
  return { ...rest, number: to.text, ...(formerly.length > 0 && { formerly }) };
}
