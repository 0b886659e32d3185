import type { ErrorCode, Refusal } from "../errors";
import type { World } from "../groups/world";
import type { Manner } from "../operations/call";
import type { Json, Reply } from "../wire/reply";
import type { Delivery } from "./delivery";

/** How a call is carried out differently from the request. */
export interface Change {
  readonly manner?: Partial<Manner>;
  readonly params?: Readonly<Record<string, string>>;
}

/** What a fault may see and do when it strikes a call. */
export interface Strike {
  readonly action: string;
  readonly params: ReadonlyMap<string, string>;
  readonly world: World;
  /** The group that the fault was armed for, else the call's. */
  readonly groupId: string | undefined;
  /** The value that the fault was armed with, else its default. */
  readonly value: string | number | undefined;
  /** Carries the call out, perhaps in another manner or with other parameters. */
  readonly apply: (change?: Change) => Reply;
  /** The answer to a refused call. */
  readonly refuse: (code: ErrorCode | Refusal) => Reply;
  /** The headers of any JSON answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** The fields that every answer of CAMS has. */
  readonly common: Json;
}

/** One fault: its behaviour and its documentation. */
export interface Fault {
  readonly summary: string;
  /** The heading under which it is documented. */
  readonly family: Family;
  /** Actions that it can strike; all when left out. */
  readonly actions?: readonly string[];
  /** Whether it strikes only pages after the first. */
  readonly laterPages?: true;
  /** Whether it changes a group: a call without GroupId is then struck for the group that it was armed for. */
  readonly changesGroup?: true;
  /** What `value` means, and what it is when it isn't given. */
  readonly value?: { readonly meaning: string; readonly byDefault: string | number };
  readonly strike: (strike: Strike) => Delivery;
}

export const families = {
  refusals: "Refusals",
  throttling: "Throttling",
  transport: "Transport and unreadable answers",
  removals: "Removals",
  creations: "Creations of groups",
  changes: "Changes of groups and links",
  listings: "Listings",
  groups: "Groups and people",
  messages: "Messages",
} as const;
export type Family = keyof typeof families;
