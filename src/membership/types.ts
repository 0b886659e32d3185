/**
 * The words of the pure core. Every value here is plain data: no clock, no I/O, no wire, no Pulumi.
 *
 * roster ──▶ Desired ┐
 * CAMS   ──▶ Observed ├─▶ GroupPlan ──▶ Refusal[] ──▶ what may be removed
 * state  ──▶ LastKnown┘
 */

/** A participant's number as CAMS lists it: country code first, digits only, no plus (`ListChatGroupParticipants`). */
export type Digits = string;

/** What is known by number, and asked for one number at a time. */
export type Lookup<V> = Pick<ReadonlyMap<Digits, V>, "get">;

/** Why somebody is to be removed, as it stands in the resource's `removals` input. */
export type Reason = "dropped from roster" | "never declared" | "expired" | "offboarded";

/** What is declared for one group, settings already folded in. */
export interface Desired {
  /** The resource's name: the roster's path without extension, such as `jakarta/ops`. */
  readonly name: string;
  /** CAMS GroupId: opaque, case-sensitive. */
  readonly group: string;
  /** Who belongs in the group: digits → name. At most 8 (WhatsApp's limit). */
  readonly members: ReadonlyMap<Digits, string>;
  /** People whom the rosters know, but who are not declared any more by a date. */
  readonly former: Lookup<"expired" | "offboarded">;
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
}

/** What one listing of a group said. Only a `whole` listing is ever compared with what is declared. */
export type Observed =
  | { readonly kind: "whole"; readonly participants: readonly Digits[]; readonly unidentified: number }
  | { readonly kind: "doubtful"; readonly why: string }
  | { readonly kind: "unknown group"; readonly why: string };

/** What the stack's state knows of a group from the last run. */
export interface LastKnown {
  /** The resource's name at the last run; another one than today's means that the roster was renamed. */
  readonly name: string;
  /** Who was declared at the last run: digits → name. */
  readonly members: ReadonlyMap<Digits, string>;
  /** Who of them was in the group at the last run; undefined when the state does not tell. */
  readonly present: ReadonlySet<Digits> | undefined;
}

/**
 * Whether a group is under management already. `unknown`: the state could not be read; the group then counts as
 * adopted, which is the stricter reading for every limit.
 */
export type History =
  { readonly kind: "new" } | { readonly kind: "adopted"; readonly last: LastKnown } | { readonly kind: "unknown" };

/** Somebody named in a plan. `name` is empty when nobody knows it. */
export interface Person {
  readonly number: Digits;
  readonly name: string;
}

/** Somebody who is in the group, undeclared, and to be removed. */
export interface Removal extends Person {
  readonly reason: Reason;
  /** Set when releases.yaml takes this removal out of the limits. */
  readonly released?: true;
}

/** Somebody who is in the group and undeclared, but stays. */
export interface Spared extends Person {
  readonly because: "adoption" | "report" | "protect";
}

/** Everybody of one group, each in exactly one place; every list sorted by number. */
export interface GroupPlan {
  readonly name: string;
  readonly group: string;
  readonly present: readonly Person[];
  readonly awaiting: readonly Person[];
  readonly left: readonly Person[];
  readonly remove: readonly Removal[];
  readonly spared: readonly Spared[];
  /** Rows that are not a plain number: counted, never removed. */
  readonly unidentified: number;
}

/** A guard's word that something must not be done, in the form: what, which, how much against which limit, what to do. */
export interface Refusal {
  /** The rule's stable name, such as `max-removals-per-run`. */
  readonly rule: string;
  /** The resource's name, or undefined when the whole run is refused. */
  readonly name: string | undefined;
  readonly message: string;
}
