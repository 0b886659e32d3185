/**
 * The words of the pure core. Every value here is plain data: no clock, no I/O, no wire, no Pulumi.
 *
 * roster ──▶ Desired ┐
 * CAMS   ──▶ Observed ├─▶ GroupPlan ──▶ Refusal[] ──▶ what may be removed
 * state  ──▶ History ┘
 */

import type { Digits } from "../numbers";
import type { Reason } from "./reasons";

export type { Digits };

/** A value by number, looked up one number at a time. */
export type Lookup<V> = Pick<ReadonlyMap<Digits, V>, "get">;

export type { Reason };

/** Reasons that the rosters themselves give. `changed number`: its owner has another one now. */
export type FormerReason = Extract<Reason, "expired" | "offboarded" | "changed number">;

/** What is declared for one group, settings already folded in. */
export interface Desired {
  /** The resource's name: the roster's path without extension, such as `jakarta/ops`. */
  readonly name: string;
  /** CAMS GroupId: opaque, case-sensitive. */
  readonly group: string;
  /** Who belongs in the group: digits → name. At most 8 (WhatsApp's limit). */
  readonly members: ReadonlyMap<Digits, string>;
  /** Numbers that the rosters know, but do not declare any more: by a date, or since their owner has another one. */
  readonly former: Lookup<FormerReason>;
  /** Somebody's former number → the one that they have now. */
  readonly formerly: Lookup<Digits>;
  /** Names of everybody whom the rosters know, to call people by name who are not declared here. */
  readonly names: Lookup<string>;
  /** Numbers that are never removed from this group, declared or not (the business number is one of them). */
  readonly protect: ReadonlySet<Digits>;
  /** Numbers whose removal from this group is released from the limits (`releases.yaml`). */
  readonly released: ReadonlySet<Digits>;
  /** What happens to people who are not declared. */
  readonly undeclared: "remove" | "report";
  /** What the first run of a group does to people who are not declared. */
  readonly onAdopt: "spare" | "remove";
  /** Whether everybody may be removed. */
  readonly allowEmpty: boolean;
  /** Most people that may be removed from this group in one run. */
  readonly maxRemovals: number;
  /** The roster file, for messages. */
  readonly file: string;
  /** The only people whom the reviewed plan lets go, when one is applied; undefined: none is. */
  readonly named: ReadonlySet<Digits> | undefined;
}

/** What one listing of a group said. Only a `whole` listing is ever compared with what is declared. */
export type Observed =
  | { readonly kind: "whole"; readonly participants: readonly Digits[]; readonly unidentified: number }
  | { readonly kind: "doubtful"; readonly why: string }
  | { readonly kind: "unknown group"; readonly why: string };

/**
 * What is known of a group from earlier runs. `new`: it is not under management yet; there may be a memory all the same,
 * in a state that came from elsewhere. `unknown`: the state could not be read; nobody is removed then.
 */
export type History =
  | { readonly kind: "new"; readonly memory: Memory | undefined }
  | { readonly kind: "adopted"; readonly memory: Memory }
  | { readonly kind: "unknown"; readonly memory?: undefined };

/** Somebody named in a plan. `name` is empty when nobody knows it. */
export interface Person {
  readonly number: Digits;
  readonly name: string;
}

/** Somebody who is declared, is not in the group, and was not seen there. */
export interface Awaited extends Person {
  /** Set when this tool removed them from the group before: its invite link does not let them in. */
  readonly removedBefore?: true;
}

/** Somebody who is in the group, undeclared, and to be removed. */
export interface Removal extends Person {
  readonly reason: Reason;
  /** Set when releases.yaml takes this removal out of the limits. */
  readonly released?: true;
}

/** Somebody who is in the group and undeclared, but stays. */
export interface Spared extends Person {
  readonly because: "adoption" | "report" | "protect" | "plan";
}

/** Everybody of one group, each in exactly one place; every list sorted by number. */
export interface GroupPlan {
  readonly name: string;
  readonly group: string;
  readonly present: readonly Person[];
  readonly awaiting: readonly Awaited[];
  readonly left: readonly Person[];
  readonly remove: readonly Removal[];
  readonly spared: readonly Spared[];
  /** Rows that are not a plain number, or one that nobody can have: counted, never removed. */
  readonly unidentified: number;
}

/** Why a guard forbids something, in the form: what, which, how much against which limit, what to do. */
export interface Refusal {
  /** The rule's stable name, such as `max-removals-per-run`. */
  readonly rule: string;
  /** The resource's name, or undefined when the whole run is refused. */
  readonly name: string | undefined;
  readonly message: string;
}

/** What is remembered of a group: memory.ts says what it is for. */
export interface Memory {
  /** Who was declared: digits → name. */
  readonly declared: ReadonlyMap<Digits, string>;
  /** Who of them was not there. */
  readonly absent: ReadonlyMap<Digits, Absence>;
  /** Who was there undeclared and stayed, and why; undefined when nobody knows. */
  readonly undeclared: ReadonlyMap<Digits, Spared["because"]> | undefined;
  /** Whose removal was begun in that run. Those who are still there were not removed; the others were. */
  readonly removing: ReadonlyMap<Digits, Begun>;
  /** Who was removed earlier: no invite link of the group lets them in again. */
  readonly removed: ReadonlySet<Digits>;
  /** Who of them had come though nobody declared them: they came by the group's link. None in state of earlier releases. */
  readonly strangers?: ReadonlySet<Digits> | undefined;
  /**
   * Undeclared people who came when declared ones left, who are perhaps the same people with new numbers: number, or
   * `ROW` for rows without one → who left then. Kept for as long as both is still so.
   */
  readonly moved: ReadonlyMap<Digits, readonly Digits[]>;
}

/**
 * How somebody declared was not there. `left`: an earlier look had seen them there. `unsure`: state of the first release
 * says so, but not of which look; they are awaited, and count as having been there for the guards.
 */
export type Absence = "awaiting" | "left" | "unsure";

/** A removal that was begun. */
export interface Begun {
  /** Empty when nobody knows it. */
  readonly name: string;
  readonly reason: Reason;
}
