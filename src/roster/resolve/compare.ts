/**
 * Who joins or leaves which group between two states of a stack's rosters. Groups are told apart by their CAMS id, so
 * that a roster that is renamed or moved changes nobody. Both states are resolved for the same day: an `until` that
 * passes is no change between them. Nobody leaves a group whose roster is deleted, for then it is not kept any more.
 */

import type { Digits, Member, Roster, Rosters } from "../types";

export interface Joining {
  readonly number: Digits;
  readonly name: string;
  /** As of a member: the sets through which they come in. */
  readonly via: readonly string[];
  readonly until: string | undefined;
}

export interface Leaving {
  readonly number: Digits;
  readonly name: string;
  readonly reason: "dropped from roster" | "expired" | "offboarded" | "changed number";
  /** Set when the person is not removed although undeclared: `undeclared: report`, or protected. */
  readonly spared: "report" | "protect" | undefined;
}

export interface GroupChange {
  /** The roster's name, of the later state when there is one. */
  readonly name: string;
  readonly group: string;
  /** `added`: the group had no roster; `deleted`: it has none any more, so it is left alone; `unknown`: its earlier state cannot be read. */
  readonly kind: "changed" | "added" | "deleted" | "unknown";
  /** Sorted by number. Of an added group, everybody; of the others than that and a changed one, nobody. */
  readonly joins: readonly Joining[];
  readonly leaves: readonly Leaving[];
}

/** What the stack says where a roster does not. */
export interface StackRules {
  readonly undeclared: "remove" | "report";
  readonly protect: readonly Digits[];
}

export interface States {
  readonly before: readonly Roster[];
  readonly after: readonly Roster[];
  /** Names of rosters of the earlier state that cannot be read. */
  readonly unreadable: ReadonlySet<string>;
  /** Of the later state. */
  readonly formerly: Rosters["formerly"];
}

/** Only groups in which something changes; sorted by name. */
export function compareRosters({ before, after, unreadable, formerly }: States, rules: StackRules): GroupChange[] {
  const earlier = new Map(before.map((roster) => [roster.group, roster]));
  const later = new Set(after.map(({ group }) => group));
  const changes: GroupChange[] = [];
  for (const roster of after) {
    const old = earlier.get(roster.group);
    if (old !== undefined) changes.push(changeOf(old, roster, rules, formerly));
    else if (unreadable.has(roster.name)) changes.push(without(roster, "unknown"));
    else changes.push({ ...without(roster, "added"), joins: roster.members.map(joining) });
  }
  for (const roster of before) if (!later.has(roster.group)) changes.push(without(roster, "deleted"));
  return changes
    .filter(({ kind, joins, leaves }) => kind !== "changed" || joins.length + leaves.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const without = ({ name, group }: Roster, kind: GroupChange["kind"]): GroupChange => ({
  name,
  group,
  kind,
  joins: [],
  leaves: [],
});

function changeOf(old: Roster, roster: Roster, rules: StackRules, formerly: States["formerly"]): GroupChange {
  const were = new Set(old.members.map(({ number }) => number));
  const are = new Set(roster.members.map(({ number }) => number));
  const reasons = new Map(roster.former.map(({ number, reason }) => [number, reason]));
  const report = (roster.undeclared ?? rules.undeclared) === "report";
  const protectedNumbers = new Set([...rules.protect, ...roster.protect]);
  return {
    name: roster.name,
    group: roster.group,
    kind: "changed",
    joins: roster.members.filter(({ number }) => !were.has(number)).map(joining),
    leaves: old.members
      .filter(({ number }) => !are.has(number))
      .map(({ number, name }) => ({
        number,
        name,
        reason: reasons.get(number) ?? (formerly.has(number) ? "changed number" : "dropped from roster"),
        spared: protectedNumbers.has(number) ? "protect" : report ? "report" : undefined,
      })),
  };
}

const joining = ({ number, name, via, until }: Member): Joining => ({ number, name, via, until });

export interface PersonChange {
  readonly number: Digits;
  readonly name: string;
  /** Names of rosters. */
  readonly joins: readonly string[];
  readonly leaves: readonly string[];
  /** Of those left, the ones in which the person is spared. */
  readonly spared: readonly string[];
}

/** The same by person: who leaves most groups first, then by name and number. */
export function byPerson(changes: readonly GroupChange[]): PersonChange[] {
  interface Lists {
    name: string;
    joins: string[];
    leaves: string[];
    spared: string[];
  }
  const people = new Map<Digits, Lists>();
  const listsOf = ({ number, name }: { number: Digits; name: string }): Lists => {
    const known = people.get(number) ?? { name, joins: [], leaves: [], spared: [] };
    people.set(number, known);
    return known;
  };
  for (const { name, joins, leaves } of changes) {
    for (const person of joins) listsOf(person).joins.push(name);
    for (const person of leaves) {
      listsOf(person).leaves.push(name);
      if (person.spared !== undefined) listsOf(person).spared.push(name);
    }
  }
  return [...people]
    .map(([number, lists]) => ({ number, ...lists }))
    .sort((a, b) => b.leaves.length - a.leaves.length || compare(a.name, b.name) || compare(a.number, b.number));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
