/** What somebody means by the word that they give to `rollcall who`: a person, a number, or a group. */
import type { Digits } from "../../membership/types";
import { readTyped } from "../../numbers";
import type { About, IsTheirs } from "../../report/who/types";
import { clean, isBlank, quote } from "../../text/clean";
import { maskNumber, maskNumbers } from "../../text/mask";
import { nearest } from "../../text/nearest";
import type { Known, KnownGroup, KnownPerson } from "./known";
import { isMasking, shownSubject } from "./shown";

export type Meant =
  | { readonly kind: "group"; readonly group: KnownGroup; readonly about: About }
  /** `isKnown`: whether people.yaml or a roster names them. Of other numbers only the groups themselves can tell. */
  | { readonly kind: "person"; readonly isKnown: boolean; readonly about: About & { readonly is: IsTheirs } }
  /** Why it is not told whom or what the word means. */
  | { readonly kind: "unclear"; readonly because: "several" | "nothing" | "wrong word"; readonly why: string };

type Show = (number: Digits) => string;

/** What a masked number is written with (`src/text/mask.ts`). */
const MASK = "•";

export function meant(word: string, known: Known, show: Show): Meant {
  if (isBlank(word)) {
    const why = "the word is blank. Give a person, a number or a group, or no word for all groups";
    return { kind: "unclear", because: "wrong word", why };
  }
  const isGiven = numberIn(word, show);
  const people = [...known.people.values()].filter((one) => isGiven(one.number) || isCalled(word, one));
  const groups = known.groups.filter((one) => fitsGroup(word, one));
  const [person, group] = [people[0], groups[0]];
  if (people.length + groups.length > 1) {
    const all = [...people.map((one) => personText(one, show)), ...groups.map((one) => groupText(one, show))];
    const how = "Give the person's number, the group's GroupId, or a name that only one of them has";
    return {
      kind: "unclear",
      because: "several",
      why: `${quoted(word, show)} fits several: ${all.join("; ")}. ${how}`,
    };
  }
  if (group !== undefined) return { kind: "group", group, about: { title: groupText(group, show) } };
  if (person !== undefined) {
    // Somebody who is asked for by name may still be in groups by an earlier number.
    const numbers = new Set([person.number, ...(isGiven(person.number) ? [] : person.former)]);
    const is = (number: Digits): boolean => numbers.has(number);
    return { kind: "person", isKnown: true, about: { title: titleOf(person, show), is } };
  }
  return meantNumber(word, known, show);
}

/** A number that no person of the rosters has now. */
function meantNumber(word: string, known: Known, show: Show): Meant {
  const is = numberIn(word, show);
  for (const { number, names, former } of known.people.values()) {
    const earlier = [...former].find(is);
    if (earlier === undefined) continue;
    const [name] = names;
    const title = `${show(earlier)} (an earlier number of ${name === undefined ? show(number) : clean(name)})`;
    return { kind: "person", isKnown: true, about: { title, is } };
  }
  const typed = readTyped(word);
  if (typed.kind === "trunk prefix") {
    const hint = `has a digit that is dialled within the country only. Write ${show(typed.international)}`;
    return { kind: "unclear", because: "wrong word", why: `${quoted(word, show)} ${hint}` };
  }
  if (typed.kind === "number") return { kind: "person", isKnown: false, about: { title: show(typed.digits), is } };
  if (word.includes(MASK)) return { kind: "person", isKnown: false, about: { title: word.trim(), is } };
  return { kind: "unclear", because: "nothing", why: fitsNothing(word, namesIn(known, show), show) };
}

/** Says that a word means nothing, and what it may have meant. */
export function fitsNothing(word: string, candidates: readonly Candidate[], show: Show): string {
  const near = nearestOf(word, candidates);
  const hint =
    readTyped(word).kind === "no country" ? ". Write a number with its country code, such as +62 812 3456 7801" : "";
  const next = near.length === 0 ? hint : `. Nearest: ${near.join("; ")}`;
  return `${quoted(word, show)} fits no person, number or group of the stack${next}`;
}

/** The word as it was given; a number as people may see it. */
function quoted(word: string, show: Show): string {
  const digits = digitsIn(word);
  if (digits !== undefined) return show(digits);
  if (!isMasking(show)) return quote(word);
  return quote(readTyped(word).kind === "no country" ? maskNumber(word) : maskNumbers(word));
}

/** A name, and what is said of whoever has it. */
export type Candidate = readonly [name: string, text: string];

/** Most candidates that are told. */
const MOST = 5;

/** The candidates that have the word in them, and of each kind the one that differs in the fewest letters. */
function nearestOf(word: string, candidates: readonly Candidate[]): readonly string[] {
  const wanted = digitsIn(word) ?? fold(word);
  const folded = candidates.map(([name, text]) => [fold(name), text] as const);
  const texts = new Map(folded);
  const best = nearest(
    wanted,
    folded.map(([name]) => name),
  );
  const having = wanted.length < 3 ? [] : folded.filter(([name]) => name.includes(wanted)).map(([, text]) => text);
  return [...new Set([...(best === undefined ? [] : [texts.get(best) ?? best]), ...having])].slice(0, MOST);
}

/** Everything by which people and groups can be named, each with what is said of it. */
export function namesIn({ people, groups }: Known, show: Show): readonly Candidate[] {
  return [
    ...[...people.values()].flatMap((one) =>
      [...one.names, ...one.keys].map((name) => [name, personText(one, show)] as const),
    ),
    ...groups.flatMap((one) =>
      [one.name, one.group, ...one.subjects].map((name) => [name, groupText(one, show)] as const),
    ),
  ].filter(([name]) => name !== "");
}

/** One word in however many blanks, letters large or small. */
const fold = (text: string): string => text.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();

/** The digits of a number with its country code; undefined when the word is none. */
function digitsIn(word: string): Digits | undefined {
  const typed = readTyped(word);
  return "digits" in typed ? typed.digits : undefined;
}

/** Whether a number is the one that the word says, in full or as people may see it. */
function numberIn(word: string, show: Show): IsTheirs {
  // Tens of thousands of numbers are compared with one word.
  const [digits, masked] = [digitsIn(word), word.includes(MASK) ? word.trim() : undefined];
  return (number) => number === digits || (masked !== undefined && show(number) === masked);
}

function isCalled(word: string, { names, keys }: KnownPerson): boolean {
  const wanted = fold(word);
  return [...names, ...keys].some((name) => fold(name) === wanted);
}

/** A GroupId is opaque: its letters are large or small. */
const fitsGroup = (word: string, { name, group, subjects }: KnownGroup): boolean =>
  (group !== "" && group === word.trim()) || [name, ...subjects].some((text) => fold(text) === fold(word));

const titleOf = ({ number, names }: KnownPerson, show: Show): string => {
  const [name] = names;
  return name === undefined ? show(number) : `${clean(name)} (${show(number)})`;
};

function personText(person: KnownPerson, show: Show): string {
  const keys = [...person.keys].map((key) => quote(key)).join(", ");
  return `${titleOf(person, show)}${keys === "" ? "" : `, ${keys} in people.yaml`}`;
}

function groupText({ name, group, subjects }: KnownGroup, show: Show): string {
  const [subject] = subjects;
  const more = [group, subject === undefined ? "" : quote(shownSubject(subject, show))]
    .filter((text) => text !== "")
    .join(", ");
  return `group ${name}${more === "" ? "" : ` (${more})`}`;
}
