/**
 * What the program gives to the provider for one group: everything that was observed, planned and approved, as one
 * value. The provider may remove fewer people, but no others. The order travels as JSON text in the input `order`,
 * which `check` reads and leaves out of state.
 */
import type { Absence, Begun, Desired, Digits, History, Lookup, Memory, Removal } from "../membership/types";
import type { Whole } from "../execution/types";
import type { WrittenInvitations } from "./invitation-memory";
import type { Invitations, Removals } from "./shapes";

/** The input's name. */
export const ORDER = "order";

export type GroupOrder = CarryOut | LeaveAlone;

interface Common {
  /** The project root. Relative paths in settings start from it. */
  readonly root: string;
  /** Whether this is a preview, of which nothing is remembered. */
  readonly preview: boolean;
  /** The reviewed plan that binds the run, when there is one and it names this group. */
  readonly plan: PlannedInputs | undefined;
}

/** What a reviewed plan says of one group. The inputs of the resource have to be equal to it. */
export interface PlannedInputs {
  readonly removals: Removals;
  readonly invitations: Invitations;
  /** Whether Pulumi may write the resource; it may not where the plan says that it stays the same. */
  readonly writes: boolean;
}

/** Remove exactly these people, as far as they are still there and still undeclared. */
export interface CarryOut extends Common {
  readonly kind: "carry out";
  /** Names the run, to tell afterwards whether it reached this group; undefined when there is nothing to do. */
  readonly run: string | undefined;
  readonly desired: Desired;
  readonly history: History;
  readonly observed: Whole;
  readonly remove: readonly Removal[];
  /** Who is to be invited, once the removals and the link are done: number as `display` writes it → name. */
  readonly invite: Invitations;
  /** What is to be remembered of invitations, with the attempt of this run; undefined: what was remembered before. */
  readonly invitations?: WrittenInvitations | undefined;
}

/** Leave the group as it is: a guard holds it, or it was not looked at. */
export interface LeaveAlone extends Common {
  readonly kind: "leave alone";
  /**
   * True when a guard holds the group, false when it was not looked at. The inputs say so, and a plan with them;
   * undefined when the plan does not say it.
   */
  readonly held: boolean | undefined;
  /** What the state knows of the group, for the case that a plan makes Pulumi write other members beside it. */
  readonly history: History;
}

/** The order as text. */
export function writeOrder(order: GroupOrder): string {
  if (order.kind === "leave alone") return JSON.stringify({ ...order, history: packHistory(order.history) });
  const { desired, history, observed } = order;
  const people = [...observed.participants, ...desired.members.keys(), ...desired.protect];
  return JSON.stringify({ ...order, desired: packDesired(desired, people), history: packHistory(history) });
}

/** Reverse of `writeOrder`. Its lookups know only the people whom the order is about. */
export function readOrder(text: string): GroupOrder {
  const order = JSON.parse(text) as Packed;
  if (order.kind === "leave alone") return { ...order, plan: order.plan, history: unpackHistory(order.history) };
  const { desired, history } = order;
  return {
    ...order,
    ...{ plan: order.plan, run: order.run },
    desired: unpackDesired(desired),
    history: unpackHistory(history),
  };
}

type Packed =
  | (Omit<CarryOut, "desired" | "history"> & { readonly desired: PackedDesired; readonly history: PackedHistory })
  | (Omit<LeaveAlone, "history"> & { readonly history: PackedHistory });

/** `Desired` as JSON: maps and lookups as pairs, sets as lists. A field that is forgotten here does not compile. */
type PackedDesired = { readonly [K in keyof Desired]: Pack<Desired[K]> };
type Pack<V> = V extends undefined
  ? null
  : V extends Lookup<infer W>
    ? readonly (readonly [Digits, W])[]
    : V extends ReadonlySet<infer E>
      ? readonly E[]
      : V;

function packDesired(desired: Desired, people: readonly Digits[]): PackedDesired {
  const some = <V>(lookup: Lookup<V>): readonly (readonly [Digits, V])[] =>
    [...new Set(people)].flatMap((number) => {
      const found = lookup.get(number);
      return found === undefined ? [] : [[number, found] as const];
    });
  return {
    ...desired,
    members: [...desired.members],
    former: some(desired.former),
    formerly: some(desired.formerly),
    names: some(desired.names),
    protect: [...desired.protect],
    released: [...desired.released],
    named: desired.named === undefined ? null : [...desired.named],
  };
}

function unpackDesired(packed: PackedDesired): Desired {
  return {
    ...packed,
    members: new Map(packed.members),
    former: new Map(packed.former),
    formerly: new Map(packed.formerly),
    names: new Map(packed.names),
    protect: new Set(packed.protect),
    released: new Set(packed.released),
    named: packed.named === null ? undefined : new Set(packed.named),
  };
}

interface PackedMemory {
  readonly declared: readonly (readonly [Digits, string])[];
  readonly absent: readonly (readonly [Digits, Absence])[];
  readonly undeclared: readonly (readonly [Digits, "adoption" | "report" | "protect" | "plan"])[] | null;
  readonly removing: readonly (readonly [Digits, Begun])[];
  readonly removed: readonly Digits[];
  readonly strangers?: readonly Digits[] | undefined;
  readonly moved: readonly (readonly [Digits, readonly Digits[]])[];
}

type PackedHistory =
  | { readonly kind: "adopted"; readonly memory: PackedMemory }
  | { readonly kind: "new"; readonly memory: PackedMemory | null }
  | { readonly kind: "unknown" };

function packHistory(history: History): PackedHistory {
  switch (history.kind) {
    case "adopted":
      return { kind: history.kind, memory: packMemory(history.memory) };
    case "new":
      return { kind: history.kind, memory: history.memory === undefined ? null : packMemory(history.memory) };
    case "unknown":
      return { kind: history.kind };
  }
}

function packMemory(memory: Memory): { readonly [K in keyof Memory]: PackedMemory[K] } {
  return {
    declared: [...memory.declared],
    absent: [...memory.absent],
    undeclared: memory.undeclared === undefined ? null : [...memory.undeclared],
    removing: [...memory.removing],
    removed: [...memory.removed],
    strangers: memory.strangers === undefined ? undefined : [...memory.strangers],
    moved: [...memory.moved],
  };
}

function unpackHistory(packed: PackedHistory): History {
  switch (packed.kind) {
    case "adopted":
      return { kind: packed.kind, memory: unpackMemory(packed.memory) };
    case "new":
      return { kind: packed.kind, memory: packed.memory === null ? undefined : unpackMemory(packed.memory) };
    case "unknown":
      return { kind: packed.kind };
  }
}

function unpackMemory(packed: PackedMemory): Memory {
  return {
    declared: new Map(packed.declared),
    absent: new Map(packed.absent),
    undeclared: packed.undeclared === null ? undefined : new Map(packed.undeclared),
    removing: new Map(packed.removing),
    removed: new Set(packed.removed),
    ...(packed.strangers === undefined ? {} : { strangers: new Set(packed.strangers) }),
    moved: new Map(packed.moved),
  };
}
