import { REASONS } from "../reasons";
import type { Desired, Digits, GroupPlan, History, Person, Removal } from "../types";

/** What a guard of one group is shown. */
export interface GroupCase {
  readonly desired: Desired;
  readonly plan: GroupPlan;
  readonly history: History;
  /** Who else claims this group, or what would be lost if this roster were applied. */
  readonly conflict?: Conflict | undefined;
  /** Names of all groups in which a pair of numbers left and came, by `pairKey`. */
  readonly moved?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** Why a group is perhaps not this roster's alone. */
export type Conflict =
  /** The state has the group under another resource, whose name is still in use. */
  | { readonly kind: "other resource"; readonly resource: string }
  /** The state has the group under another resource, and this roster's name under another group. */
  | { readonly kind: "name taken"; readonly resource: string; readonly group: string }
  /** This roster's name is the resource of another group, which another roster declares: its record would be lost. */
  | { readonly kind: "takes over"; readonly group: string; readonly roster: string }
  /** A roster of another stack of the project folder declares the group, too; `sure: false`: it can't be read, and may. */
  | { readonly kind: "other stack"; readonly stack: string; readonly file: string; readonly sure: boolean };

/** Limits of the whole run, from the stack's settings. */
export interface RunLimits {
  readonly maxRemovalsPerRun: number;
  readonly maxGroupsPerPerson: number;
}

/** Writes a number as people may see it: in full, or masked. */
export type Show = (number: string) => string;

/** A guard of one group: undefined lets the group pass, a message holds it. */
export interface GroupRule {
  readonly rule: string;
  readonly refuse: (one: GroupCase, show: Show) => string | undefined;
}

/** What a guard of the whole run is shown of one group. */
export interface RunCase {
  readonly name: string;
  readonly remove: readonly Removal[];
  readonly released: ReadonlySet<Digits>;
}

/** A guard of the whole run: each message refuses the run. It sees only groups that no guard of a group holds. */
export interface RunRule {
  readonly rule: string;
  readonly refuse: (all: readonly RunCase[], limits: RunLimits, show: Show) => readonly string[];
}

/** Whether a removal counts against the limits of the run: not when it is released, or when the person left for good. */
export function counts({ released }: RunCase, { number, reason }: Removal): boolean {
  return REASONS[reason].countsInRun && !released.has(number);
}

/** `Ana (62811…)`, or the number alone. */
export function nameOf(person: { readonly number: string; readonly name: string }, show: Show): string {
  return person.name === "" ? show(person.number) : `${person.name} (${show(person.number)})`;
}

/** Everybody by name and number, for messages. */
export function nameAll(people: readonly Person[], show: Show): string {
  return people.map((person) => nameOf(person, show)).join(", ");
}
