/** Shaped files → who belongs in which group on a day. Everything referred to is known to exist. */

import type { Day } from "./dates";
import { inForce } from "./dates";
import { digitsOf } from "../check/numbers";
import { better, type Claim, type Sets } from "./sets";
import type { PeopleFile, ReleasesFile, RosterFile } from "../check/shape";
import type { Digits, Member, Release, Roster } from "../types";

export interface Person {
  readonly key: string;
  readonly number: Digits;
  readonly name: string;
  readonly offboarded: boolean;
  /** The day on which they agreed to be written to. */
  readonly consent: Day | undefined;
}

/** What rosters are resolved against. */
export interface World {
  readonly today: Day;
  readonly people: ReadonlyMap<string, Person>;
  readonly sets: Sets;
  /** Numbers of people whose day has come. */
  readonly offboarded: ReadonlySet<Digits>;
  /** Of people.yaml, by number. */
  readonly consent: ReadonlyMap<Digits, Day>;
}

export const personsOf = (file: PeopleFile | undefined, today: Day): ReadonlyMap<string, Person> =>
  new Map(
    Object.entries(file?.people ?? {}).map(([key, { number, name, offboarded, consent }]) => [
      key,
      { key, number: digitsOf(number), name, offboarded: offboarded !== undefined && offboarded <= today, consent },
    ]),
  );

/** A claim of one person on one group. */
interface Candidate extends Claim {
  readonly number: Digits;
  readonly name: string;
  readonly person: string | undefined;
}

export function resolveRoster(name: string, file: string, roster: RosterFile, world: World): Roster {
  const best = new Map<Digits, Candidate>();
  for (const candidate of candidatesOf(roster, world)) {
    const other = best.get(candidate.number);
    best.set(candidate.number, other === undefined || better(candidate, other) === candidate ? candidate : other);
  }
  const own = ownConsent(roster, world);
  const members: Member[] = [];
  const former: (Member & { reason: "expired" | "offboarded" })[] = [];
  for (const { number, name, person, via, until } of [...best.values()].sort(byNumber)) {
    const consent = own.get(number) ?? world.consent.get(number);
    const member = { number, name, person, via, until, consent };
    if (world.offboarded.has(number)) former.push({ ...member, reason: "offboarded" });
    else if (inForce(until, world.today)) members.push(member);
    else former.push({ ...member, reason: "expired" });
  }
  return {
    name,
    file,
    group: roster.group,
    subject: roster.subject,
    // A block of YAML ends with a line break, which WhatsApp does not keep.
    description: roster.description?.trim(),
    inviteLink: roster.inviteLink,
    linkRevision: roster.linkRevision,
    invite: roster.invite,
    businessNumber: roster.businessNumber === undefined ? undefined : digitsOf(roster.businessNumber),
    custSpaceId: roster.custSpaceId,
    undeclared: roster.undeclared,
    allowEmpty: roster.allowEmpty ?? false,
    maxRemovals: roster.maxRemovals,
    protect: (roster.protect ?? []).map(digitsOf).sort(),
    members,
    former,
  };
}

const byNumber = (a: { number: Digits }, b: { number: Digits }): number =>
  a.number < b.number ? -1 : a.number > b.number ? 1 : 0;

/** The consent that stands with the roster's own entries. It counts too where a set declares the person for longer. */
function ownConsent({ members = [] }: RosterFile, { people }: World): ReadonlyMap<Digits, Day> {
  const own = new Map<Digits, Day>();
  for (const entry of members) {
    const number = "number" in entry ? digitsOf(entry.number) : people.get(entry.person)?.number;
    if (entry.consent !== undefined && number !== undefined) own.set(number, entry.consent);
  }
  return own;
}

function* candidatesOf(roster: RosterFile, { people, sets }: World): Generator<Candidate> {
  for (const entry of roster.members ?? []) {
    const own = { via: [], until: entry.until };
    if ("number" in entry) yield { ...own, number: digitsOf(entry.number), name: entry.name, person: undefined };
    else yield* byKey(people, entry.person, own);
  }
  const excluded = new Set(roster.exclude);
  for (const set of roster.include ?? []) {
    for (const [key, claim] of sets.unfold(set)) if (!excluded.has(key)) yield* byKey(people, key, claim);
  }
}

function* byKey(people: World["people"], key: string, claim: Claim): Generator<Candidate> {
  const person = people.get(key);
  if (person !== undefined) yield { ...claim, number: person.number, name: person.name, person: key };
}

/** A person's key, or a number. */
const digitsFor = (text: string, people: World["people"]): Digits => people.get(text)?.number ?? digitsOf(text);

export const resolveReleases = (
  file: ReleasesFile | undefined,
  people: World["people"],
  at: (index: number) => string,
): Release[] =>
  (file?.releases ?? []).map((release, index) => ({
    people: release.people.map((text) => digitsFor(text, people)).sort(),
    groups: release.groups === undefined ? undefined : [...release.groups].sort(),
    until: release.until,
    reason: release.reason,
    at: at(index),
  }));
