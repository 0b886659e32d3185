/**
 * What crosses the line between the program and the provider, and what stays in Pulumi's state.
 *
 * The names and shapes here are a permanent contract: state written by any release is read by every later one.
 */
import type { Digits, Reason } from "../membership/types";

/** Inputs or outputs of a resource, as Pulumi hands them over: anything may be in there. */
export type Bag = Readonly<Record<string, unknown>>;

/** Number → name. An object, not a list: Pulumi's diff of lists names the wrong people. */
export type Members = Readonly<Record<Digits, string>>;

/** Inputs, as previews, plans and state show them. */
export interface Inputs {
  readonly group: string;
  readonly businessNumber: string;
  readonly custSpaceId: string;
  readonly members: Members;
  /** Only when somebody is to be removed. Keyed as `display` writes numbers. */
  readonly removals?: Readonly<Record<string, Reason>>;
}

/** Outputs: what the last write or refresh left behind. */
export interface State {
  readonly group: string;
  readonly businessNumber: string;
  readonly custSpaceId: string;
  /** Who was declared when the last run of this group came to its end. */
  readonly members: Members;
  /** Who was there, as `display` writes numbers, joined by spaces. */
  readonly participants: string;
  /** Why the last removal of this group did not come to its end; the next update tries again. */
  readonly failed?: string;
  /** What a refresh found changed since; gone with the next update. */
  readonly drift?: Readonly<Record<string, "joined" | "left">>;
}

/** What the resource may be told besides its inputs; `check` takes it in and leaves it out of state. */
export interface Policy {
  readonly undeclared?: "remove" | "report" | undefined;
  readonly onAdopt?: "spare" | "remove" | undefined;
  readonly allowEmpty?: boolean | undefined;
  readonly maxRemovals?: number | undefined;
  /** Digits only. */
  readonly protect?: readonly Digits[] | undefined;
}

/** A policy that leaves nothing to the settings. */
type Told<P> = { readonly [K in keyof P]-?: NonNullable<P[K]> };

/** The word of a roll call on one group, handed to `check` as JSON text in the input `rollCall`. */
export interface RollCall extends Told<Policy> {
  /** The resource's name, for messages. */
  readonly name: string;
  /** The roster file, for messages. */
  readonly file: string;
  /** The project root, which relative paths in settings are relative to. */
  readonly root: string;
  /** A guard holds this group: it stays as it is. */
  readonly held: boolean;
  readonly participants: readonly Digits[];
  readonly unidentified: number;
  /** What the guards approved, and nothing more may become of it. */
  readonly removals: Readonly<Record<Digits, { readonly name: string; readonly reason: Reason }>>;
  readonly released: readonly Digits[];
  /** Whether the state knows the group; undefined when it could not be read. */
  readonly adopted: boolean | undefined;
}

/** The input that carries a `RollCall`. */
export const ROLL_CALL = "rollCall";
/** The key under which Pulumi's dynamic provider keeps the provider's text. */
export const PROVIDER = "__provider";
/** What stands for a value that a preview does not know yet (`UnknownStringValue` of the Pulumi SDK). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Text form of `State.participants`. */
export function writeParticipants(shown: Iterable<string>): string {
  return [...shown].sort().join(" ");
}

/** Reverse of `writeParticipants`. */
export function readParticipants(text: unknown): ReadonlySet<string> {
  return new Set(typeof text === "string" ? text.split(" ").filter((one) => one !== "") : []);
}

/** A record of texts out of anything; what is no text is left out. */
export function readRecord(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
