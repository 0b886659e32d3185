/**
 * What the program and the provider give to each other, and what stays in Pulumi's state.
 *
 * The names and shapes here are a permanent contract: state written by any release is read by every later one.
 */
import type { Digits, Reason } from "../membership/types";

/** Inputs or outputs of a resource, as Pulumi gives them: they may hold anything. */
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
  /** Only when somebody is to be sent the group's link. Keyed as `display` writes numbers. */
  readonly invitations?: Invitations;
  /** What the last believed look saw (`last-look.ts`); unknown in a preview. */
  readonly lastLook?: unknown;
}

/** Number, as `display` writes it → why. */
export type Removals = Readonly<Record<string, Reason>>;

/** Number, as `display` writes it → name. */
export type Invitations = Readonly<Record<string, string>>;

/** The version of the form of outputs. The first release wrote none. */
export const FORM = 2;

/** Outputs: what the last write or refresh left behind. They are for people; runs decide by the inputs. */
export interface State {
  readonly group: string;
  readonly businessNumber: string;
  readonly custSpaceId: string;
  readonly members: Members;
  /** Who was there, as `display` writes numbers, joined by spaces. */
  readonly participants: string;
  /** Why the last removal of this group was not completed. The next update tries again. */
  readonly failed?: string;
  /** What a refresh found changed since. The next update deletes it. */
  readonly drift?: Readonly<Record<string, "joined" | "left">>;
  /** The run that last carried out removals here. It tells whether Pulumi left the resource out. */
  readonly run?: string;
  readonly form: typeof FORM;
}

/** What the resource takes besides its inputs. `check` reads it and leaves it out of state. */
export interface Policy {
  readonly undeclared?: "remove" | "report" | undefined;
  readonly onAdopt?: "spare" | "remove" | undefined;
  readonly allowEmpty?: boolean | undefined;
  readonly maxRemovals?: number | undefined;
  /** Digits only. */
  readonly protect?: readonly Digits[] | undefined;
  /** Digits only: numbers that no country's plan knows, but that CAMS lists so. */
  readonly asListed?: readonly Digits[] | undefined;
}

/** The input of a group that is left alone: true when a guard holds it, false when it was not looked at. */
export const HELD_INPUT = "held";
/** The input by which somebody's own program says that this is a preview. `check` reads it. */
export const PREVIEW = "preview";
/** The input with the names of resources that may declare the same group. `check` leaves it out of state. */
export const UNDECIDED = "undecided";
/** The key under which Pulumi's dynamic provider keeps the provider's text. */
export const PROVIDER = "__provider";
/** Pulumi's text for a value that a preview does not know yet (`UnknownStringValue` of the Pulumi SDK). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Text form of `State.participants`. */
export function writeParticipants(shown: Iterable<string>): string {
  return [...shown].sort().join(" ");
}

/** Reverse of `writeParticipants`. */
export function readParticipants(text: unknown): ReadonlySet<string> {
  return new Set(typeof text === "string" ? text.split(" ").filter((one) => one !== "") : []);
}

/** A record of texts out of any value. Entries that are no text are left out. */
export function readRecord(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
