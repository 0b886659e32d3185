/**
 * Numbers that are perhaps the same person.
 *
 * A slip in a number makes two people out of one: somebody declared who seems not to be there, and a stranger who is.
 * Some slips are spellings, and are visible from the two numbers alone (`nearMiss`). Others only count against somebody who
 * is missing from the group (`nearMissOfAbsent`): companies have blocks of numbers, in which each number is one digit
 * away from the next person's.
 */
import { countryCode } from "../numbers";
import { REASONS } from "./reasons";
import type { Desired, Digits, Person, Removal } from "./types";

/** Shortest number that may count as another one without its country code. */
const SHORTEST_NATIONAL = 7;
/** Country codes have one to three digits (ITU-T E.164). */
const LONGEST_COUNTRY_CODE = 3;

/** Mobile numbers that exist with and without one more digit, as WhatsApp ids show them. */
const EXTRA_MOBILE_DIGIT: readonly { readonly country: string; readonly with: RegExp; readonly without: string }[] = [
  { country: "Brazil", with: /^(55\d{2})9(\d{8})$/, without: "$1$2" },
  { country: "Mexico", with: /^(52)1(\d{10})$/, without: "$1$2" },
  { country: "Argentina", with: /^(54)9(\d{10})$/, without: "$1$2" },
];

/** Somebody declared or protected whose number is like that of a removal. */
export interface Likeness extends Person {
  /** In which way the two numbers are alike, such as `the same number with a trunk zero`. */
  readonly how: string;
}

/** Everybody declared or protected whom a removal may be of, written in another way. */
export function likenesses(removal: Removal, desired: Desired, absent: ReadonlySet<Digits>): readonly Likeness[] {
  const unnamed = [...desired.protect].map((number) => [number, desired.names.get(number) ?? ""] as const);
  const wanted = new Map([...unnamed, ...desired.members]);
  // Whose number it was is written down: that their new number is like it is no slip.
  const owner = removal.reason === "changed number" ? desired.formerly.get(removal.number) : undefined;
  return [...wanted].flatMap(([number, name]) => {
    if (number === owner) return [];
    const missing = absent.has(number) ? nearMissOfAbsent(removal, { number, name }) : undefined;
    const how = nearMiss(removal.number, number) ?? missing;
    return how === undefined ? [] : [{ number, name, how }];
  });
}

/**
 * Tells in which way two different numbers may be the same person, spelled differently; undefined when they look
 * like two people. Symmetric.
 */
export function nearMiss(a: Digits, b: Digits): string | undefined {
  if (a === b) return undefined;
  const [x, y] = [withoutPrefix(a), withoutPrefix(b)];
  if (x === y) return "the same number with an international prefix";
  // 011 may also be a zero and a number that begins with 11, so the numbers are compared as they are, too.
  return spelling(a, b) ?? spelling(x, y);
}

function spelling(a: Digits, b: Digits): string | undefined {
  const extra = EXTRA_MOBILE_DIGIT.find(
    (rule) => a.replace(rule.with, rule.without) === b || b.replace(rule.with, rule.without) === a,
  );
  if (extra !== undefined) return `the same number with ${extra.country}'s extra mobile digit`;
  if (hasDoubledCode(a, b) || hasDoubledCode(b, a)) return "the same number with its country code doubled";
  if (hasTrunkZero(a, b) || hasTrunkZero(b, a)) return "the same number with a trunk zero";
  if (lacksCountryCode(a, b) || lacksCountryCode(b, a)) return "the same number without its country code";
  if (isSwap(a, b)) return "the same number with two digits swapped";
  return undefined;
}

/**
 * Tells in which way somebody who is to be removed may be a declared person who is not there. One digit is not enough
 * where the rosters know the removed number as another person's.
 */
export function nearMissOfAbsent(removal: Omit<Removal, "released">, absent: Person): string | undefined {
  const [a, b] = [removal.number, absent.number];
  if (a === b) return undefined;
  if (haveSameEnd(a, b)) return `the same country code and the same last ${SHORTEST_NATIONAL} digits`;
  if (!REASONS[removal.reason].isStranger && !areNamedAlike(removal, absent)) return undefined;
  if (a.length === b.length) return isOneWrong(a, b) ? "the same number but for one digit" : undefined;
  return isOneMore(a, b) || isOneMore(b, a) ? "the same number with one digit missing or too many" : undefined;
}

/** What is dialled before a country code, in place of the plus: 00 in most countries, 011 in North America. */
const withoutPrefix = (number: Digits): Digits => number.replace(/^(?:00|011)(?=[1-9])/, "");

/** `62 62 812…` for `62 812…`, also with a prefix between the two. */
function hasDoubledCode(short: Digits, long: Digits): boolean {
  const code = countryCode(short);
  return code !== undefined && long.startsWith(code) && withoutPrefix(long.slice(code.length)) === short;
}

/** `62 0812…` for `62 812…`: one zero more, right behind a country code. */
function hasTrunkZero(short: Digits, long: Digits): boolean {
  for (let at = 1; at <= LONGEST_COUNTRY_CODE; at++) {
    if (long[at] === "0" && long.slice(0, at) + long.slice(at + 1) === short) return true;
  }
  return false;
}

/** `812…` or `0812…` for `62 812…`, with any number of zeros in front. */
function lacksCountryCode(one: Digits, other: Digits): boolean {
  const national = one.replace(/^0+/, "");
  const missing = other.length - national.length;
  return national.length >= SHORTEST_NATIONAL && missing <= LONGEST_COUNTRY_CODE && other.endsWith(national);
}

/** Two digits differ, and the digits are the same ones: then these two have changed places. */
function isSwap(a: Digits, b: Digits): boolean {
  const differing = [...a].filter((digit, index) => digit !== b[index]);
  return differing.length === 2 && sorted(a) === sorted(b);
}

function sorted(number: Digits): string {
  return String([...number].sort());
}

/** Plans that grow put digits in front of the old numbers, as those of Benin and Côte d'Ivoire did. */
function haveSameEnd(a: Digits, b: Digits): boolean {
  const code = countryCode(a);
  if (code === undefined || code !== countryCode(b)) return false;
  const end = (number: Digits): Digits => number.slice(code.length).slice(-SHORTEST_NATIONAL);
  return end(a) === end(b);
}

/** Of two numbers of one length. */
function isOneWrong(a: Digits, b: Digits): boolean {
  return [...a].filter((digit, index) => digit !== b[index]).length === 1;
}

function isOneMore(short: Digits, long: Digits): boolean {
  return [...long].some((_, at) => long.slice(0, at) + long.slice(at + 1) === short);
}

/** Letters in either case and in any normal form are the same ones; accents are not. */
const alphabet = new Intl.Collator("en", { sensitivity: "accent" });

function areNamedAlike(a: Pick<Person, "name">, b: Pick<Person, "name">): boolean {
  const [x, y] = [a.name.trim(), b.name.trim()];
  return x !== "" && alphabet.compare(x, y) === 0;
}
