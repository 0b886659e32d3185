/** Everybody and every group that a word can mean, before any group is looked at. */
import type { Digits, Person } from "../../membership/types";
import type { Rosters } from "../../roster";
import type { Declared } from "../../run/desired";
import { rowIn, seenOf, type AccountsSeen } from "../../run/list-accounts";

export interface Known {
  /** By number. */
  readonly people: ReadonlyMap<Digits, KnownPerson>;
  /** Sorted by name. */
  readonly groups: readonly KnownGroup[];
}

/** Somebody whom people.yaml or a roster names. Rosters may call one person by several names. */
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

export function knownFrom(rosters: Rosters, declared: readonly Declared[], seen: AccountsSeen): Known {
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
  return {
    people: new Map([...people].map(([number, one]) => [number, { number, ...one }])),
    groups: declared.map((one) => ({
      name: one.desired.name,
      group: one.ref.group,
      subjects: [subjectIn(one, seen), one.wish?.subject].filter((text) => text !== undefined),
    })),
  };
}

/** A group's subject as CAMS lists it; undefined where it does not list the group, or could not be asked. */
export const subjectIn = (one: Declared, seen: AccountsSeen): string | undefined =>
  one.ref.group === "" ? undefined : rowIn(seenOf(seen, one), one.ref)?.subject;
