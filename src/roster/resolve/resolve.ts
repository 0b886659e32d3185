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
}

/** What rosters are resolved against. */
export interface World {
  readonly today: Day;
  readonly people: ReadonlyMap<string, Person>;
  readonly sets: Sets;
  /** Numbers of people whose day has come. */
  readonly offboarded: ReadonlySet<Digits>;
}

export const personsOf = (file: PeopleFile | undefined, today: Day): ReadonlyMap<string, Person> =>
  new Map(
    Object.entries(file?.people ?? {}).map(([key, { number, name, offboarded }]) => [
      key,
      { key, number: digitsOf(number), name, offboarded: offboarded !== undefined && offboarded <= today },
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
  const members: Member[] = [];
  const former: (Member & { reason: "expired" | "offboarded" })[] = [];
  for (const { number, name, person, via, until } of [...best.values()].sort(byNumber)) {
    const member = { number, name, person, via, until };
    if (world.offboarded.has(number)) former.push({ ...member, reason: "offboarded" });
    else if (inForce(until, world.today)) members.push(member);
    else former.push({ ...member, reason: "expired" });
  }
  return {
    name,
    file,
    group: roster.group,
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
