/**
 * What entries say together, within a file and across files. Looked for in the values as they were written, also in
 * files that have other faults, so that one run tells all.
 */

import { quote } from "./clean";
import { type Fault, fault, type Path, type Place, keyAt, valueAt } from "./fault";
import { didYouMean, nearest } from "./nearest";
import { digitsOf, numberFault } from "./numbers";
import { entries, field, isMapping, items, texts, textField } from "./raw";
import { KEY_PATTERN, NUMBER_PATTERN } from "./shape";
import type { Digits } from "./types";
import { numberHint } from "./words";

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

function numberOf(entry: unknown): Digits | undefined {
  const number = textField(entry, "number");
  return number !== undefined && NUMBER_PATTERN.test(number) ? digitsOf(number) : undefined;
}

export function peopleFaults({ file, value }: Source): Fault[] {
  const twice = new Once("duplicate-number");
  return entries(value, "people").flatMap(([key, person]) => {
    const number = textField(person, "number");
    if (number === undefined) return [];
    const place = valueAt(file, "people", key, "number");
    const same = NUMBER_PATTERN.test(number)
      ? twice.see(
          digitsOf(number),
          place,
          `The number ${quote(number)} of ${quote(key)} is another person's too.`,
          "Delete one of the two, or mend its number.",
        )
      : [];
    return [...some(numberFault(place, number)), ...same];
  });
}

export function setsFaults({ file, value }: Source, known: Known): Fault[] {
  return entries(value, "sets").flatMap(([key, set]) => [
    ...listFaults(file, set, ["sets", key, "members"], personFault(known)),
    ...listFaults(file, set, ["sets", key, "include"], setFault(known)),
  ]);
}

export function releasesFaults({ file, value }: Source, known: Known, today: string): Fault[] {
  return items(value, "releases").flatMap(([index, release]) => {
    const until = textField(release, "until");
    const passed =
      until !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(until) && until < today
        ? [
            fault(
              valueAt(file, "releases", index, "until"),
              "release-passed",
              `The release ended on ${until}, and today is ${today}.`,
              "Delete the release: what it permitted is done, or must be asked for again.",
            ),
          ]
        : [];
    return [
      ...listFaults(file, release, ["releases", index, "people"], numberOrPersonFault(known)),
      ...listFaults(file, release, ["releases", index, "groups"], groupFault(known)),
      ...passed,
    ];
  });
}

export function rosterFaults({ file, value }: Source, known: Known): Fault[] {
  const twice = new Once("duplicate-number");
  const members = items(value, "members").flatMap(([index, entry]) => {
    const number = textField(entry, "number");
    const person = textField(entry, "person");
    const place = valueAt(file, "members", index, person === undefined ? "number" : "person");
    const digits = person === undefined ? numberOf(entry) : known.people?.get(person);
    const who = quote(person ?? number ?? "");
    const same = twice.see(
      digits ?? (person === undefined ? undefined : `person ${person}`),
      place,
      `${who} is a member twice.`,
      "Delete one of the two.",
    );
    const unknown = person === undefined ? [] : personFault(known)(person, place);
    return [
      ...unknown,
      ...(number === undefined || person !== undefined ? [] : some(numberFault(place, number))),
      ...same,
    ];
  });
  return [
    ...members,
    ...listFaults(file, value, ["include"], setFault(known)),
    ...listFaults(file, value, ["exclude"], personFault(known)),
    ...listFaults(file, value, ["protect"], (number, place) => some(numberFault(place, number))),
    ...missingMembers(file, value),
  ];
}

/** A roster that says nothing about people is more likely unfinished than meant to be empty. */
function missingMembers(file: string, value: unknown): Fault[] {
  if (!isMapping(value) || "members" in value || "include" in value) return [];
  const keys = Object.keys(value);
  if (keys.length === 0 || nearest("members", keys) !== undefined || nearest("include", keys) !== undefined) return [];
  const hint = "Add `members:` with a list of people; write `members: []` if the group is to be empty.";
  return [
    fault(keyAt(file), "missing-key", "The roster says nothing about people: members and include are missing.", hint),
  ];
}

/** One CAMS group in two rosters would be swept by each of the other's people. */
export function groupFaults(rosters: readonly Source[]): Fault[] {
  const twice = new Once("duplicate-group");
  return rosters.flatMap(({ file, value }) => {
    const group = textField(value, "group");
    const hint = "Keep one roster for each group: delete one of the two, or mend its group.";
    return group === undefined
      ? []
      : twice.see(group, valueAt(file, "group"), `The group ${quote(group)} has a roster already.`, hint);
  });
}

type Check = (text: string, place: Place) => Fault[];

/** Each text of a list is checked, and none may stand there twice. `path` leads to the list, `value` holds its last key. */
function listFaults(file: string, value: unknown, path: Path, checkOne: Check): Fault[] {
  const twice = new Once("duplicate-entry");
  return texts(value, String(path.at(-1))).flatMap(([index, text]) => {
    const place = valueAt(file, ...path, index);
    const identity = NUMBER_PATTERN.test(text) ? digitsOf(text) : text;
    return [
      ...checkOne(text, place),
      ...twice.see(identity, place, `${quote(text)} is in the list twice.`, "Delete one of the two."),
    ];
  });
}

const personFault =
  ({ people }: Known): Check =>
  (person, place) => {
    if (people === undefined || people.has(person) || !KEY_PATTERN.test(person)) return [];
    const none =
      people.size === 0
        ? "Add the person to people.yaml at the top of the stack's folder."
        : `Add ${quote(person)} to people.yaml, or write a key that is there.`;
    return [
      fault(
        place,
        "unknown-person",
        `The person ${quote(person)} is not in people.yaml.`,
        didYouMean(person, people.keys(), none),
      ),
    ];
  };

const setFault =
  ({ sets, people }: Known): Check =>
  (set, place) => {
    if (sets === undefined || sets.has(set) || !KEY_PATTERN.test(set)) return [];
    const isPerson = people?.has(set) === true;
    const none = isPerson
      ? `${quote(set)} is a person: people stand under members.`
      : `Add the set ${quote(set)} to sets.yaml.`;
    return [fault(place, "unknown-set", `The set ${quote(set)} is not in sets.yaml.`, didYouMean(set, sets, none))];
  };

const groupFault =
  ({ rosters }: Known): Check =>
  (group, place) => {
    if (rosters.has(group)) return [];
    const hint = didYouMean(group, rosters, "Write the roster's path without .yaml, such as jakarta/ops.");
    return [fault(place, "unknown-group", `There is no roster ${quote(group)} in this stack.`, hint)];
  };

const numberOrPersonFault =
  (known: Known): Check =>
  (text, place) => {
    if (NUMBER_PATTERN.test(text)) return some(numberFault(place, text));
    if (!/^\+|^[\d ().-]{6,}$/.test(text)) return personFault(known)(text, place);
    return known.people?.has(text) === true
      ? []
      : [fault(place, "bad-number", `${quote(text)} is not a number in international form.`, numberHint(text))];
  };

/** Remembers where a thing was first seen, and faults the later ones. */
class Once {
  private readonly seen = new Map<string, Place>();

  constructor(private readonly code: "duplicate-entry" | "duplicate-number" | "duplicate-group") {}

  see(identity: string | undefined, place: Place, message: string, hint: string): Fault[] {
    if (identity === undefined) return [];
    const first = this.seen.get(identity);
    if (first !== undefined) return [fault(place, this.code, message, hint, first)];
    this.seen.set(identity, place);
    return [];
  }
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
