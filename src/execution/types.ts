import type { CamsReader, CamsWriter, Clock, GroupRef } from "../cams";
import type { Approved, Show } from "../membership/guards";
import type { Desired, History, Observed, Refusal, Removal } from "../membership/types";

/** A listing that is provably whole. */
export type Whole = Extract<Observed, { kind: "whole" }>;

/** What became of one approved removal. */
export interface Outcome extends Removal {
  readonly outcome: "removed" | "already gone" | "still listed" | "refused" | "unknown";
  /** What CAMS said, masked; empty when all went well. */
  readonly detail: string;
}

/** The end of one group's execution. */
export interface Execution {
  readonly outcomes: readonly Outcome[];
  /** A guard objected to the fresh listing: nobody was asked for. */
  readonly refusals: readonly Refusal[];
  /** The last listing that was believed. */
  readonly observed: Whole | undefined;
}

/** One line of the audit log: who, why, and what became of it. */
export type AuditEntry = Removal & {
  /** `attempt` before the call, `answer` right after it, `outcome` once the group was listed again. */
  readonly event: "attempt" | "answer" | "outcome";
  readonly group: string;
  readonly roster: string;
  readonly outcome?: Outcome["outcome"] | "accepted";
  readonly detail?: string;
};

/** What the executor needs of the world. */
export interface Executor {
  readonly cams: Pick<CamsReader, "listParticipants"> & CamsWriter;
  readonly clock: Clock;
  readonly show: Show;
  /** Has written its line to disk when it returns; throws when it can't, and then nobody is removed. */
  readonly audit: (entry: AuditEntry) => void;
  readonly warn: (message: string) => void;
  /** Longest wait for people to be gone from the listing. */
  readonly confirmTimeoutMs: number;
}

/** One group's approved removals, with all that is needed to judge them again. */
export interface Task {
  readonly ref: GroupRef;
  readonly desired: Desired;
  /** What was known when the group was looked at first in this run, with that look. */
  readonly history: History;
  /** The look that the guards approved. */
  readonly observed: Whole;
  readonly approved: Approved;
}
