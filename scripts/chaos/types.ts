/** The words of the chaos: what is drawn from a seed, and what is noted while it is played. */
import type { Ended, Run } from "../local/processes.mjs";
import type { startChaosCams } from "./cams.mjs";
import type { fillDisk } from "./disk.mjs";
import type { Came, Let, PlannedMessages } from "./message-types";
import type { ChaosProject } from "./project.mjs";
import type { random } from "./random.mjs";
import type { openWire } from "./wire.mjs";

export type Dice = ReturnType<typeof random>;
export type ChaosCams = Awaited<ReturnType<typeof startChaosCams>>;
export type Wire = Awaited<ReturnType<typeof openWire>>;
export type Disk = ReturnType<typeof fillDisk>;

export type Display = "full" | "masked";
export type Command = "up" | "up --refresh" | "refresh" | "plan" | "apply" | "destroy";
/** What starts Pulumi: its own launcher, or `rollcall pulumi`, which passes signals on. */
export type Starter = "pulumi" | "rollcall";

export interface Person {
  readonly group: string;
  readonly number: string;
}

/** What a roster says. */
export interface Roster {
  readonly name: string;
  readonly group: string;
  readonly declared: readonly string[];
  readonly protect: readonly string[];
  /** Who has agreed to be written to, declared or not. */
  readonly consents?: readonly string[];
  /** What is wanted of the invite link; nothing when it is left out. */
  readonly link?: "open" | "while-awaited";
  readonly revision?: number;
}

/** A roster from which people are dropped, and the strangers who come into its group. */
export interface DrawnGroup extends Roster {
  readonly drops: readonly string[];
  readonly strangers: readonly string[];
}

/** What the rosters said, from which call on. */
export interface Wish {
  readonly from: number;
  /** The same in milliseconds since 1970. */
  readonly at: number;
  readonly groups: readonly Omit<Roster, "name">[];
}

/** A call of one group in a run: the nth of its action, and what it is for. */
export interface Step {
  readonly step: string;
  readonly action: string;
  readonly nth: number;
}

/** What CAMS does with the call at which somebody is struck. */
export interface Manner {
  readonly manner: string;
  readonly fault?: string;
  readonly afterMs?: number;
  readonly times?: number;
}

export type Victim = "everything" | "provider" | "program" | "engine";
export type Target = "launcher" | "engine" | "group";

/** Why a group can't come to rest after a fault. */
export type End = "gone" | "shows for ever";

/** A fault at a step, of no group yet. */
export interface FaultAt extends Step {
  readonly kind: "fault";
  readonly fault: string;
  readonly end?: End | undefined;
  /** Values with which it can be armed. */
  readonly forms?: readonly string[] | undefined;
}

export interface Fault extends FaultAt {
  /** Of which group or to whom the call is; any when neither is given. */
  readonly group?: string;
  readonly number?: string;
  readonly times: number;
  readonly value?: string | number;
}

/** A moment of a run: at a call of a group, or, without an action, some time after the first call. */
export interface Moment extends Manner {
  readonly step: string;
  readonly action?: string;
  readonly nth?: number;
  readonly group?: string;
  readonly number?: string;
  /** Which call of the action is waited for, when it is not the nth. */
  readonly call?: number;
  /** How long after that call. */
  readonly thenMs?: number;
}

export interface Kill extends Moment {
  readonly kind: "kill";
  readonly victim: Victim;
}

export interface Signal extends Moment {
  readonly kind: "signal";
  readonly signal: "SIGTERM" | "SIGINT";
  readonly target: Target;
}

export interface FullDisk {
  readonly kind: "disk";
  readonly step: string;
  readonly room: number;
}

export type Mischief = Fault | Kill | Signal | FullDisk;

export interface RunAct {
  readonly act: "run";
  readonly command: Command;
  readonly by?: Starter;
  readonly mischief?: Mischief;
  /** Whether what CAMS does wrong goes on into the next run. */
  readonly kept?: boolean;
}

/** What goes on between two runs. */
export interface Change {
  readonly joins?: readonly Person[];
  readonly leaves?: readonly Person[];
  readonly changes?: readonly { readonly group: string; readonly from: string; readonly to: string }[];
  readonly declares?: readonly Person[];
  readonly drops?: readonly Person[];
  /** People who agree to be written to. */
  readonly consents?: readonly Person[];
  /** People who open the link of the last message that they got for a group. */
  readonly follows?: readonly Person[];
  /** Groups whose link is to be made anew. */
  readonly revises?: readonly string[];
  /** What phones and Meta do with the messages to somebody. */
  readonly reads?: readonly string[];
  readonly fails?: readonly { readonly number: string; readonly code: string }[];
}

export type Act =
  | RunAct
  | ({ readonly act: "world" } & Change)
  | { readonly act: "display" }
  | { readonly act: "hold" | "release"; readonly group: string }
  | { readonly act: "let"; readonly people: readonly Person[] }
  | { readonly act: "set"; readonly settings: object }
  | { readonly act: "template"; readonly is: Readonly<Record<string, string>> }
  | { readonly act: "carry out"; readonly mayBeHeld: readonly string[] }
  | { readonly act: "wait"; readonly untilMs: number };

/** What a story makes of the groups that were drawn. */
export interface Story {
  readonly acts: readonly Act[];
  readonly settings?: object;
  readonly groups?: readonly DrawnGroup[];
  /** How slow CAMS is with messages. */
  readonly slowness?: Slowness | undefined;
}

/** In milliseconds. */
export interface Slowness {
  /** From its sending until a message is listed. */
  readonly listedAfterMs: number;
  readonly deliveredAfterMs: number;
}

/** What a story is made of: the groups, all faults at all steps, and the fault that it has to begin with. */
export interface Drawn {
  readonly groups: readonly DrawnGroup[];
  readonly all: readonly FaultAt[];
  readonly first: FaultAt | undefined;
  /** All faults at the calls around a message, and the one with which a story of invitations begins. */
  readonly ofMessages: readonly FaultAt[];
  readonly firstOfMessages: FaultAt | undefined;
}

export interface Scenario {
  readonly seed: number;
  readonly display: Display;
  readonly settings: object;
  readonly slowness: Slowness | undefined;
  readonly groups: readonly DrawnGroup[];
  readonly acts: readonly Act[];
  readonly mischiefs: readonly (Mischief & { readonly command: Command })[];
}

/** Numbers by group. */
export type People = Readonly<Record<string, readonly string[]>>;

/** A run with its mischief: whether that took place, and from when on nothing may be sent any more. */
export interface Struck {
  readonly did: boolean;
  readonly run: Ended;
  /** In milliseconds. */
  readonly end: number;
  readonly graceMs: number;
  /** Processes that live on. */
  readonly orphans: readonly number[];
}

/** Starts a run. */
export type Begin = (options?: { readonly under?: readonly string[] }) => Run;

/** Indexes of calls between which something holds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** One scenario while it is played. */
export interface Game {
  readonly project: ChaosProject;
  readonly cams: ChaosCams;
  readonly wire: Wire;
  display: Display;
  settings: object;
  groups: readonly DrawnGroup[];
  /** What the rosters said, from which call on: those that a run began with. */
  readonly wishes: Wish[];
  readonly problems: string[];
  readonly struck: boolean[];
  readonly runs: {
    readonly name: string;
    readonly number: number;
    readonly command: Command;
    readonly end: number;
    readonly graceMs: number;
    /** Most messages that it may send. */
    readonly mostMessages: number;
  }[];
  readonly holds: (Span & { readonly group: string })[];
  readonly plans: (Span & { readonly people: People })[];
  readonly ups: { readonly name: string; readonly code: number; readonly holding: readonly string[] }[];
  readonly orphans: number[];
  disk: Disk | undefined;
  /** What the audit log held before its disk was filled. */
  audited: string;
  /** When what CAMS does wrong is over. */
  passing: Promise<unknown> | undefined;
  struckAt: number;
  /** Lines of the audit log that a full disk may have cut off. */
  torn: number;
  /** Groups that are held, from which call on. */
  readonly holding: Map<string, number>;
  /** Who came into a group between two runs, who left it, and who of these is sure to have been seen there before. */
  readonly came: Came[];
  readonly gone: Came[];
  readonly left: Came[];
  /** Whom runs that ended well have seen in a group: `group number`. */
  readonly seen: Set<string>;
  /** Whom releases let be written to once more. */
  readonly lets: Let[];
  /** When the template counted as marketing, in milliseconds since 1970. */
  readonly marketing: { readonly from: number; until: number }[];
  /** Whom a plan may name as invited, by the runs that apply it. */
  readonly plannedMessages: PlannedMessages[];
  /** Pulumi's note, in state, of what a killed run had begun. */
  note: "none" | "kept" | "lost";
  planned?: People;
  /** Who was declared, had agreed and was absent when the plan was saved. */
  invitable?: People;
  carriedOut?: {
    readonly groups: ReadonlyMap<string, { readonly participants: readonly string[] }>;
    readonly people: People;
    readonly mayBeHeld: readonly string[];
  };
}

/** How a scenario ended. */
export interface Played {
  readonly scenario: Pick<Scenario, "mischiefs">;
  readonly struck: readonly boolean[];
  /** Runs without mischief until all was at rest. */
  readonly runs: number;
  readonly problems: readonly string[];
  readonly transcript: string;
}
