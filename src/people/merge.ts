/**
 * The three-way merge of a table into people.yaml, by id: what the table said at the last import (last-import.ts), what
 * the file says, and what the table says now. Pure; what it refuses, it refuses as a whole.
 *
 * - An entry without id is by hand and is never touched, unless a record has its number and a word of its name: then it
 *   gets that record's id, and keeps its name. So a first import takes over a file that was written by hand.
 * - Of an entry with an id, a value is taken from the table where the table says something else than the last time.
 * - Whoever the table does not name any more, or names as having left, gets `offboarded`. Entries are never deleted:
 *   rosters name them, and the reason for a removal comes from them.
 * - An entry or an id that was deleted by hand stays deleted, and is told each time.
 */

import { digitsOf, type Digits } from "../numbers";
import { adoptionFaults, cutFaults, otherPersonFaults } from "./doubts";
import { lookalikeFaults } from "./ids";
import { keyFor } from "./keys";
import { digestOf, type LastImport, type Seen } from "./last-import";
import { type Limits, limitFaults, numberFaults } from "./limits";
import { mergePerson } from "./merge-person";
import type { Fact, LeftOut, Told } from "./told";
import { type Day, ok, type People, type Person, type Read, refused, type Source, type SourceRecord } from "./types";

export interface MergeInput extends Limits {
  readonly people: People;
  readonly source: Source;
  readonly last: LastImport;
  readonly today: Day;
}

export interface Merge {
  /** Those of the file in its order, then new ones by key. */
  readonly people: People;
  readonly last: LastImport;
  /** By key. */
  readonly told: readonly Told[];
  /** By id. */
  readonly leftOut: readonly LeftOut[];
  /** How many people with an id have nothing told of them. */
  readonly unchanged: number;
}

export function merge(input: MergeInput): Read<Merge> {
  const { people, source, today } = input;
  const hadIds = [...people.values()].some(({ id }) => id !== undefined);
  // A file in which nobody has an id was not imported, or was begun anew.
  const last: LastImport = hadIds ? input.last : new Map();
  const { owners, adopted, unowned } = assign(people, source.records, last);
  const records = new Map(source.records.map((record) => [record.id, record]));
  const formers = formerOwners(people);
  const there = [...people].filter(
    ([key, { id, offboarded = "9999" }]) => (id !== undefined || adopted.has(key)) && offboarded > today,
  ).length;

  const told: Told[] = [];
  const merged = new Map<string, Person>();
  const seen = new Map<string, Seen>();
  for (const [key, before] of people) {
    const id = before.id ?? adopted.get(key)?.id;
    if (id === undefined) {
      merged.set(key, before);
      continue;
    }
    const record = records.get(id);
    const isFormerOfOther = (digits: Digits) => [...(formers.get(digits) ?? [])].some((owner) => owner !== key);
    const sides = { id, person: { ...before, id }, record, has: source.has, today, isFormerOfOther };
    const own = before.id === undefined && record !== undefined ? adoptedSeen(before, record) : last.get(id);
    const result = mergePerson({ ...sides, seen: own });
    const facts: Fact[] =
      before.id === undefined ? [{ kind: "adopted", number: before.number }, ...result.facts] : [...result.facts];
    merged.set(key, result.person);
    seen.set(id, result.seen);
    if (facts.length > 0) told.push({ key, id, name: result.person.name, facts });
  }

  // So that who was deleted by hand stays so, also when the table does not have them for a while.
  for (const [id, before] of last) if (!seen.has(id)) seen.set(id, before);

  const leftOut: LeftOut[] = [];
  for (const record of [...unowned].sort(byId)) {
    const why = whyLeftOut(record, last, today);
    if (why !== undefined) {
      leftOut.push({ id: record.id, name: record.name, why });
      continue;
    }
    const key = keyFor(record.name, record.id, merged);
    const person = newPerson(record);
    merged.set(key, person);
    seen.set(record.id, seenNew(record, source.has));
    told.push({ key, id: record.id, name: record.name, facts: [{ kind: "added", number: person.number }] });
  }

  const faults = [
    ...numberFaults(people, merged, records),
    ...adoptionFaults(people, adopted),
    ...lookalikeFaults(people.values(), records),
    ...cutFaults(told, records, source.openLine),
    ...otherPersonFaults(told, records),
    ...limitFaults(told, records, there, input),
  ];
  if (faults.length > 0) return refused(...faults);
  const mentioned = new Set(told.map(({ id }) => id));
  return ok({
    people: inFileOrder(people, merged),
    last: seen,
    told: told.sort((a, b) => (a.key < b.key ? -1 : 1)),
    leftOut,
    unchanged: [...owners].filter((id) => !mentioned.has(id)).length,
  });
}

interface Assigned {
  /** Ids that entries have or get. */
  readonly owners: ReadonlySet<string>;
  /** Key of an entry by hand → the record that has its number. */
  readonly adopted: ReadonlyMap<string, SourceRecord>;
  /** Records without an entry. */
  readonly unowned: readonly SourceRecord[];
}

function assign(people: People, records: readonly SourceRecord[], last: LastImport): Assigned {
  const owners = new Set([...people.values()].flatMap(({ id }) => (id === undefined ? [] : [id])));
  const byHand = new Map(
    [...people].flatMap(([key, { id, number }]) => (id === undefined ? [[digitsOf(number), key]] : [])),
  );
  const adopted = new Map<string, SourceRecord>();
  const unowned: SourceRecord[] = [];
  for (const record of records) {
    if (owners.has(record.id)) continue;
    // Also without the plus, which the table may have lost.
    const key = byHand.get(record.number?.digits ?? "") ?? byHand.get(record.number?.written ?? "");
    // Somebody took the id out by hand: the entry is not to be imported.
    if (key === undefined || adopted.has(key) || last.has(record.id)) unowned.push(record);
    else adopted.set(key, record);
  }
  for (const { id } of adopted.values()) owners.add(id);
  return { owners, adopted, unowned };
}

/** What an entry by hand says, stays, unless the table says that they don't agree: as if it had said its own before. */
function adoptedSeen({ consent }: Person, record: SourceRecord): Seen {
  const name = digestOf(record.id, "name", record.name);
  const stays = consent !== undefined && record.consent !== "no";
  return { name, ...(stays && { consent: record.consent ?? "blank" }) };
}

/** Former number → keys of the people whose it was. */
function formerOwners(people: People): ReadonlyMap<Digits, ReadonlySet<string>> {
  const owners = new Map<Digits, Set<string>>();
  for (const [key, { formerly = [] }] of people) {
    for (const number of formerly.map(digitsOf)) owners.set(number, (owners.get(number) ?? new Set()).add(key));
  }
  return owners;
}

function whyLeftOut(record: SourceRecord, last: LastImport, today: Day): LeftOut["why"] | undefined {
  if (last.has(record.id)) return "deleted by hand";
  if (record.left !== undefined && record.left <= today) return "left already";
  return record.number === undefined ? "no number" : undefined;
}

const newPerson = ({ id, name, number, left, consent }: SourceRecord): Person => ({
  number: number?.text ?? "",
  name,
  id,
  ...(left !== undefined && { offboarded: left }),
  ...(consent !== undefined && consent !== "no" && { consent }),
});

const seenNew = ({ id, name, number, left, consent }: SourceRecord, has: Source["has"]): Seen => ({
  name: digestOf(id, "name", name),
  number: digestOf(id, "number", number?.digits ?? ""),
  ...(has.left && { left: left ?? "no" }),
  ...(has.consent && { consent: consent ?? "blank" }),
  ...(left !== undefined && { offboarded: left }),
});

function inFileOrder(before: People, after: People): People {
  const added = [...after].filter(([key]) => !before.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([...[...after].filter(([key]) => before.has(key)), ...added]);
}

const byId = (a: SourceRecord, b: SourceRecord): number => (a.id < b.id ? -1 : 1);
