import type { Account, Clock, GroupLists, GroupWriter } from "../../cams";

/** One line of the audit log about a group itself. No line holds a link. */
export interface UpkeepEntry {
  /**
   * `attempt` before the call, `answer` right after it, `outcome` once a listing showed whether the change was made.
   */
  readonly event: "attempt" | "answer" | "outcome";
  readonly act: UpkeepAct;
  /** CAMS GroupId; empty while a group is not known yet. */
  readonly group: string;
  readonly roster: string;
  /** The new subject, for a group that is made or that gets another subject. */
  readonly subject?: string | undefined;
  /** Why a link is made, renewed or closed. */
  readonly reason?: string | undefined;
  readonly outcome?: "accepted" | "refused" | "unknown" | "done" | "not done" | undefined;
  /** What CAMS said, masked. */
  readonly detail?: string | undefined;
}

export type UpkeepAct = "create" | "update" | "make link" | "renew link" | "close link";

/** What the upkeep of groups needs from outside. */
export interface Keeper {
  readonly cams: GroupWriter;
  readonly lists: GroupLists;
  readonly clock: Clock;
  /** When it returns, its line is on disk. It throws when it can't write the line, and then nothing is asked for. */
  readonly auditUpkeep: (entry: UpkeepEntry) => void;
  readonly warn: (message: string) => void;
  /** `linkMark` of each link that this process has ended. A list that lags may still show it. */
  readonly endedLinks: Set<string>;
  /** Longest wait until a change is listed, in milliseconds. */
  readonly confirmTimeoutMs: number;
}

/** Which account a write is for, and the name of who wants it. */
export interface Where {
  readonly account: Account;
  /** The roster's or the resource's name, for messages. */
  readonly name: string;
}
