/** Everybody and every group that a word can mean, before any group is looked at. */
import type { Digits, Person } from "../../membership/types";
import type { Rosters } from "../../roster";
import type { Declared } from "../../run/desired";
import type { LastRun } from "../../run/last-run";
import { isBlank } from "../../text/clean";
import { rowIn, seenOf, type AccountsSeen } from "../../run/list-accounts";

export interface Known {
  /** By number. */
  readonly people: ReadonlyMap<Digits, KnownPerson>;
  /** Sorted by name. */
  readonly groups: readonly KnownGroup[];
}

/** Somebody whom people.yaml, a roster or the stack's state names. Rosters may call one person by several names. */
export interface KnownPerson {
  readonly number: Digits;
  readonly names: ReadonlySet<string>;
  /** Keys in people.yaml. */
  readonly keys: ReadonlySet<string>;
  /** Numbers that were theirs: they may still be in groups by these. */
  readonly former: ReadonlySet<Digits>;
}

export interface KnownGroup {
  readonly name: string;
  /** CAMS GroupId; empty for a group that is still to be made. */
  readonly group: string;
  /** As CAMS lists it, and as the roster says: people know a group by either. */
  readonly subjects: readonly string[];
}

/** @param last what the state knows; undefined when it could not be read */
export function knownFrom(
  rosters: Pick<Rosters, "people" | "rosters" | "keys" | "formerly">,
  declared: readonly Declared[],
  seen: AccountsSeen,
  last: Pick<LastRun, "groups"> | undefined,
): Known {
  const people = new Map<Digits, { names: Set<string>; keys: Set<string>; former: Set<Digits> }>();
  const add = ({ number, name }: Person) => {
    const one = people.get(number) ?? { names: new Set(), keys: new Set(), former: new Set() };
    if (name !== "") one.names.add(name);
    people.set(number, one);
    return one;
  };
  for (const [number, name] of rosters.people) add({ number, name });
  for (const { members, former } of rosters.rosters) for (const member of [...members, ...former]) add(member);
  for (const [key, number] of rosters.keys) add({ number, name: "" }).keys.add(key);
  for (const [former, { number, name }] of rosters.formerly) add({ number, name }).former.add(former);
  for (const person of peopleIn(last)) if (!rosters.formerly.has(person.number)) add(person);
  return {
    people: new Map([...people].map(([number, one]) => [number, { number, ...one }])),
    groups: declared.map((one) => ({
      name: one.desired.name,
      group: one.ref.group,
      subjects: [subjectIn(one, seen), one.wish?.subject].flatMap((text) =>
        text === undefined || isBlank(text) ? [] : [text],
      ),
    })),
  };
}

/** Who was declared or being removed at the last run: whoever was dropped since may still be in a group. */
const peopleIn = (last: Pick<LastRun, "groups"> | undefined): readonly Person[] =>
  [...(last?.groups.values() ?? [])].flatMap(({ history }) => {
    if (history.kind === "unknown" || history.memory === undefined) return [];
    const { declared, removing } = history.memory;
    return [
      ...[...declared].map(([number, name]) => ({ number, name })),
      ...[...removing].map(([number, { name }]) => ({ number, name })),
    ];
  });

/** A group's subject as CAMS lists it; undefined where it does not list the group, or could not be asked. */
export const subjectIn = (one: Declared, seen: AccountsSeen): string | undefined =>
  one.ref.group === "" ? undefined : rowIn(seenOf(seen, one), one.ref)?.subject;
