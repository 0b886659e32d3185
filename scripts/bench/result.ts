/** The one JSON object that the bench prints, as far as bounds, tables and picture read it again. */

/** Rollcall, and the stack that it is compared with. */
export type Stack = "rollcall" | "dynamic";
export type Phase = "preview" | "up";
export type Role = "engine" | "language host" | "program" | "provider" | "state reader" | "command";
/** Bytes of each process at most; nothing of a process that was not found. */
export type Peaks = Partial<Record<Role, number>>;

/** Calls by kind, and how long they took from the first that came in to the answer to the last. */
export interface Calls {
  /** Listings of a group's people. */
  readonly lists: number;
  /** Pages of the list of groups. */
  readonly groupLists: number;
  readonly deletes: number;
  /** Messages that were asked for. */
  readonly sends: number;
  /** Pages of the list of messages. */
  readonly messageLists: number;
  readonly throttled: number;
  readonly others: number;
  readonly failed: number;
  readonly seconds: number;
}

/** What a command takes. */
export interface Cost {
  readonly seconds: number;
  readonly memoryBytes: number | undefined;
}

/** One size of stack without changes. */
export interface Size extends Readonly<Record<Phase, Readonly<Record<Stack, readonly number[]>>>> {
  readonly groups: number;
  readonly validate: Cost;
  readonly diff: Cost;
  /** Seconds of the first up; of the first size only. */
  readonly created: Partial<Record<Stack, number>>;
  readonly calls: Readonly<Record<Phase, Calls>>;
  readonly memory: Readonly<Record<Stack, Peaks>>;
  readonly stateBytes: number;
  readonly changes: { readonly seconds: number; readonly calls: Calls };
}

export interface RollCall extends Calls {
  readonly groups: number;
  readonly callsPerSecond: number;
  readonly latencyMs: number;
  readonly runSeconds: number;
}

/** A run whose account is limited. */
export interface Throttled extends Calls {
  readonly groups: number;
  /** Calls a second that the account may make. */
  readonly limit: number;
  readonly callsPerSecond: number;
  readonly runSeconds: number;
}

export interface Removals extends Calls {
  readonly groups: number;
  readonly from: number;
  readonly people: number;
  readonly runSeconds: number;
}

export type LinkPhases = Readonly<Record<Phase, Calls & { readonly runSeconds: number }>>;

/** Groups with subject and invite link, beside the same groups without these keys. Nothing changes. */
export interface Links {
  readonly groups: number;
  readonly without: LinkPhases;
  readonly with: LinkPhases;
}

/** Groups with one person each who is invited and does not come. */
export interface Invitations {
  readonly groups: number;
  /** The run that invites them, the next one, and one without changes. */
  readonly sent: Calls & { readonly runSeconds: number };
  readonly followed: Calls & { readonly runSeconds: number };
  readonly open: Calls & { readonly runSeconds: number };
  /** Before anybody was invited, and with an open invitation a group. */
  readonly stateBytes: { readonly adopted: number; readonly open: number };
}

/** A provider that lists one group after the other, beside the roll call. */
export interface Serial {
  readonly groups: number;
  readonly latencyMs: number;
  readonly callsPerSecond: number;
  readonly naiveSeconds: number;
  readonly naiveListing: number;
  readonly rollCall: number;
}

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly node: string;
}

/** What is measured. */
export interface Measured {
  readonly commit: string;
  readonly machine: Machine;
  readonly settings: {
    readonly groups: readonly number[];
    readonly callsPerSecond: number;
    readonly latencyMs: number;
    readonly repeats: number;
    readonly compared: string;
  };
  readonly sizes: readonly Size[];
  readonly floor: Readonly<Record<Phase, number>> & { readonly groups: number };
  readonly rollCalls: readonly RollCall[];
  readonly throttled: readonly Throttled[];
  readonly removals: Removals;
  readonly links: Links;
  readonly invitations: Invitations;
  readonly serial: Serial;
}

/** A figure with the bound that it has to keep. */
export interface Bound {
  readonly name: string;
  readonly value: number | string;
  readonly limit: number;
  readonly ok: boolean;
}

export interface Result extends Measured {
  readonly seconds: number;
  readonly bounds: readonly Bound[];
}
