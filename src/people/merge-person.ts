/** The three-way merge of one person: what the table said the last time, what the file says, what the table says now. */

import { digitsOf } from "../numbers";
import { digestOf, type Seen } from "./last-import";
import { withNumber } from "./new-number";
import type { Fact } from "./told";
import type { Day, Person, Source, SourceRecord } from "./types";

export interface Sides {
  readonly id: string;
  readonly person: Person;
  /** Undefined: the table does not name them. */
  readonly record: SourceRecord | undefined;
  /** Undefined: no import saw them so far. Then the table decides. */
  readonly seen: Seen | undefined;
  readonly has: Source["has"];
  readonly today: Day;
  /** Whether a number is somebody else's former one: a former number is one person's. */
  readonly isFormerOfOther: (digits: string) => boolean;
}

export interface Merged {
  readonly person: Person;
  readonly seen: Seen;
  readonly facts: readonly Fact[];
}

export function mergePerson(sides: Sides): Merged {
  const { person, record, seen, has } = sides;
  const steps = [mergeName, mergeNumber, mergeLeft, ...(has.consent && record !== undefined ? [mergeConsent] : [])];
  let merged: Merged = { person, seen: seen ?? {}, facts: [] };
  for (const step of steps) {
    const { facts, ...rest } = step(sides, merged);
    merged = { ...rest, facts: [...merged.facts, ...facts] };
  }
  return merged;
}

/** Changes one field of what was merged so far. */
type Step = (sides: Sides, sofar: Merged) => Merged;

const mergeName: Step = ({ id, record, seen }, { person, seen: now }) => {
  if (record === undefined) return { person, seen: now, facts: [] };
  const next: Seen = { ...now, name: digestOf(id, "name", record.name) };
  const isSame = person.name === record.name;
  if (isSame || next.name === seen?.name)
    return { person, seen: next, facts: isSame ? [] : [kept("name", record.name)] };
  const byHand = changedByHand(seen?.name, digestOf(id, "name", person.name));
  const fact: Fact = { kind: "name", from: person.name, to: record.name, byHand };
  return { person: { ...person, name: record.name }, seen: next, facts: [fact] };
};

const mergeNumber: Step = ({ id, record, seen, isFormerOfOther }, { person, seen: now }) => {
  if (record?.number === undefined) return { person, seen: now, facts: [] };
  const { text, written } = record.number;
  const ours = digitsOf(person.number);
  // Where the plus was lost, the number is known all the same.
  const digits = written === ours ? ours : record.number.digits;
  const next: Seen = { ...now, number: digestOf(id, "number", digits) };
  const isSame = ours === digits;
  if (isSame || next.number === seen?.number)
    return { person, seen: next, facts: isSame ? [] : [kept("number", text)] };
  const byHand = changedByHand(seen?.number, digestOf(id, "number", ours));
  const fact: Fact = { kind: "number", from: person.number, to: text, byHand };
  return { person: withNumber(person, { digits, text }, !isFormerOfOther(ours)), seen: next, facts: [fact] };
};

const mergeLeft: Step = (sides, sofar) => {
  const { record, seen, has } = sides;
  if (record === undefined) return missing(sides, sofar);
  // A table without the column tells only that they are there.
  if (!has.left) return seen?.left === "missing" ? back(sides, sofar) : { ...sofar, facts: [] };
  return record.left === undefined ? back(sides, sofar) : left(record.left, sides, sofar);
};

/** The table has them, and does not say that they left. */
function back({ seen }: Sides, { person, seen: now }: Merged): Merged {
  const { offboarded: written, ...others } = now;
  const next: Seen = { ...others, left: "no" };
  if (person.offboarded === undefined) return { person, seen: next, facts: [] };
  const changed = seen?.left !== undefined && seen.left !== "no";
  if (changed && person.offboarded === written) {
    const { offboarded: _, ...rest } = person;
    return { person: rest, seen: next, facts: [{ kind: "back" }] };
  }
  return { person, seen: next, facts: [kept("offboarded", "not left")] };
}

function left(day: Day, { seen }: Sides, { person, seen: now }: Merged): Merged {
  const ours = person.offboarded;
  const next: Seen = { ...now, left: day };
  if (ours === day) return { person, seen: { ...next, offboarded: day }, facts: [] };
  const byHand = changedByHand(seen === undefined ? undefined : (seen.offboarded ?? ""), ours ?? "");
  // Of a day that was written by hand and the table's, the earlier one holds.
  if (seen?.left === day || (ours !== undefined && ours < day && ours !== seen?.offboarded)) {
    return { person, seen: next, facts: [kept("offboarded", day)] };
  }
  const fact: Fact = { kind: "offboarded", day, why: "left", byHand: byHand && ours !== undefined };
  return { person: { ...person, offboarded: day }, seen: { ...next, offboarded: day }, facts: [fact] };
}

function missing({ seen, today }: Sides, { person, seen: now }: Merged): Merged {
  const next: Seen = { ...now, left: "missing" };
  const ours = person.offboarded;
  // As an import of this table writes it: perhaps one that was killed before it wrote what it saw.
  if (ours === today && seen?.left !== "missing") return { person, seen: { ...next, offboarded: today }, facts: [] };
  if (ours !== undefined && ours <= today) return { person, seen: next, facts: [] };
  // A day to come that an import wrote gives way: they are gone already.
  if (ours !== undefined && ours !== seen?.offboarded)
    return { person, seen: next, facts: [kept("offboarded", "missing")] };
  if (ours === undefined && seen?.left === "missing")
    return { person, seen: next, facts: [kept("offboarded", "missing")] };
  const fact: Fact = { kind: "offboarded", day: today, why: "missing", byHand: false };
  return { person: { ...person, offboarded: today }, seen: { ...next, offboarded: today }, facts: [fact] };
}

const mergeConsent: Step = ({ record, seen }, { person, seen: now }) => {
  const told = record?.consent ?? "blank";
  const ours = person.consent;
  const theirs = isNone(told) ? undefined : told;
  const next: Seen = { ...now, consent: told };
  if (ours === theirs) return { person, seen: next, facts: [] };
  // A blank takes back only what the table itself told; a `no` takes back what was written by hand as well.
  const isSilent = told === "blank" && isNone(seen?.consent);
  if (isSilent || told === seen?.consent) return { person, seen: next, facts: [kept("consent", theirs ?? "none")] };
  const before = isNone(seen?.consent) ? undefined : seen?.consent;
  const byHand = seen?.consent !== undefined && before !== ours;
  const { consent: _, ...rest } = person;
  return {
    person: { ...rest, ...(theirs !== undefined && { consent: theirs }) },
    seen: next,
    facts: [{ kind: "consent", from: ours, to: theirs, byHand }],
  };
};

const isNone = (consent: string | undefined): boolean =>
  consent === undefined || consent === "no" || consent === "blank";

const changedByHand = (before: string | undefined, now: string): boolean => before !== undefined && before !== now;

const kept = (field: "name" | "number" | "offboarded" | "consent", source: string): Fact => ({
  kind: "kept",
  field,
  source,
});
