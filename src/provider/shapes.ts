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
  readonly removals?: Removals;
  /** What the last look that was believed saw: `last-look.ts`; unknown in a preview. */
  readonly lastLook?: unknown;
}

/** Number, as `display` writes it → why. */
export type Removals = Readonly<Record<string, Reason>>;

/** The form of outputs; the first release wrote none. */
export const FORM = 2;

/** Outputs: what the last write or refresh left behind, for people. What runs decide by is in the inputs. */
export interface State {
  readonly group: string;
  readonly businessNumber: string;
  readonly custSpaceId: string;
  readonly members: Members;
  /** Who was there, as `display` writes numbers, joined by spaces. */
  readonly participants: string;
  /** Why the last removal of this group did not come to its end; the next update tries again. */
  readonly failed?: string;
  /** What a refresh found changed since; gone with the next update. */
  readonly drift?: Readonly<Record<string, "joined" | "left">>;
  /** The run that carried out removals here last; it tells whether Pulumi left the resource out. */
  readonly run?: string;
  readonly form: typeof FORM;
}

/** What the resource may be told besides its inputs; `check` takes it in and leaves it out of state. */
export interface Policy {
  readonly undeclared?: "remove" | "report" | undefined;
  readonly onAdopt?: "spare" | "remove" | undefined;
  readonly allowEmpty?: boolean | undefined;
  readonly maxRemovals?: number | undefined;
  /** Digits only. */
  readonly protect?: readonly Digits[] | undefined;
  /** Digits only: numbers that CAMS lists so, though no country's plan knows them. */
  readonly asListed?: readonly Digits[] | undefined;
}

/** The input of a group that is left alone: whether a guard holds it (true), or it was not looked at (false). */
export const HELD_INPUT = "held";
/** The input by which one's own program says that it is previewed; `check` takes it in. */
export const PREVIEW = "preview";
/** The input with the names of resources that perhaps declare the same group; `check` leaves it out of state. */
export const UNDECIDED = "undecided";
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
