/**
 * Who joins or leaves which group between two states of a stack's rosters. Groups are recognised by their CAMS id, so
 * that a roster that is renamed or moved changes nobody. Both states are resolved for the same day: an `until` that
 * passes is no change between them. Nobody leaves a group whose roster is deleted, for then it is not kept any more.
 */

import { type Digits, identityOf, type Member, type Roster, type Rosters } from "../types";

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
  /** CAMS GroupId; undefined where the roster names none. */
  readonly group: string | undefined;
  /** What changes of the group itself, a line each: its subject, its link. Of a group that is there in both states. */
  readonly settings: readonly string[];
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
  const earlier = new Map(before.map((roster) => [identityOf(roster), roster]));
  const unnamed = new Map(before.flatMap((roster) => (roster.group === undefined ? [[roster.name, roster]] : [])));
  const names = new Set(after.map(({ name }) => name));
  /** As a run finds a group that it made: by the roster's name, else by the subject under a name that is free now. */
  const oldOf = (roster: Roster): Roster | undefined => {
    const same = earlier.get(identityOf(roster));
    // A GroupId that is written into a roster later is that of the same group.
    if (roster.group !== undefined) return same ?? unnamed.get(roster.name);
    return unnamed.get(roster.name) ?? (same === undefined || names.has(same.name) ? undefined : same);
  };
  const continued = new Set<Roster>();
  const changes: GroupChange[] = [];
  for (const roster of after) {
    const old = oldOf(roster);
    if (old !== undefined) continued.add(old);
    if (old !== undefined) changes.push(changeOf(old, roster, rules, formerly));
    else if (unreadable.has(roster.name)) changes.push(without(roster, "unknown"));
    else changes.push({ ...without(roster, "added"), joins: roster.members.map(joining) });
  }
  for (const roster of before) if (!continued.has(roster)) changes.push(without(roster, "deleted"));
  return changes
    .filter(
      ({ kind, joins, leaves, settings }) => kind !== "changed" || joins.length + leaves.length + settings.length > 0,
    )
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const without = ({ name, group }: Roster, kind: GroupChange["kind"]): GroupChange => ({
  name,
  group,
  kind,
  settings: [],
  joins: [],
  leaves: [],
});

/** What changes of the group itself, in words. */
function settingsOf(old: Roster, roster: Roster): string[] {
  const from = (value: string | number | boolean | undefined): string => (value === undefined ? "none" : String(value));
  return [
    ...(old.subject === roster.subject ? [] : [`subject: ${from(old.subject)} → ${from(roster.subject)}`]),
    ...(old.description === roster.description ? [] : ["another description"]),
    ...(old.inviteLink === roster.inviteLink
      ? []
      : [`inviteLink: ${from(old.inviteLink)} → ${from(roster.inviteLink)}`]),
    ...(old.linkRevision === roster.linkRevision
      ? []
      : [`the invite link is made anew: linkRevision ${from(old.linkRevision)} → ${from(roster.linkRevision)}`]),
    ...(old.invite === roster.invite ? [] : [`invite: ${from(old.invite)} → ${from(roster.invite)}`]),
  ];
}

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
    settings: settingsOf(old, roster),
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
