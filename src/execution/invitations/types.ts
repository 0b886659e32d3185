import type { CamsReader, Clock, GroupLists, GroupRef, MessageReader, MessageWriter } from "../../cams";
import type { Attempt, Invitee, InviteTemplate, SendResult } from "../../invitations/types";
import type { Show } from "../../membership/guards";
import type { Desired, Digits } from "../../membership/types";
import type { Whole } from "../types";

/** One line of the audit log about an invitation. No line holds a link. */
export interface InvitationEntry {
  /** `attempt` before the call, `answer` after it, once its outcome is known or given up. */
  readonly event: "attempt" | "answer";
  readonly act: "invite";
  readonly group: string;
  readonly roster: string;
  readonly number: Digits;
  readonly name: string;
  readonly reason: Invitee["purpose"];
  readonly template: string;
  readonly outcome?: SendResult["outcome"] | undefined;
  /** MessageId, or what CAMS said, masked. */
  readonly detail?: string | undefined;
}

/** What sending invitations needs from outside. */
export interface Inviter {
  readonly cams: Pick<CamsReader, "listParticipants"> & MessageReader & MessageWriter;
  readonly lists: GroupLists;
  readonly clock: Clock;
  readonly show: Show;
  /** When it returns, its line is on disk. It throws when it can't write the line, and then nobody is written to. */
  readonly auditInvitation: (entry: InvitationEntry) => void;
  readonly warn: (message: string) => void;
  /** Longest wait until a message of unknown outcome is listed, in milliseconds. */
  readonly confirmTimeoutMs: number;
  /** MessageIds that this process knows of. A message of unknown outcome is none of them. */
  readonly known: Set<string>;
  /** `linkMark` of each link that this process has ended: no message may hold it. */
  readonly endedLinks: ReadonlySet<string>;
  /** Templates by which no message arrives, as CAMS has said to this process: code → what it said. */
  readonly refusedTemplates: Map<string, string>;
}

/** The invitations of one group, with all that is needed to judge them again. */
export interface InviteTask {
  readonly ref: GroupRef;
  readonly desired: Desired;
  /** The look that the guards approved. */
  readonly observed: Whole;
  /** Everybody whose removal was approved in this run. */
  readonly removing: ReadonlySet<Digits>;
  /** Sorted by number, as in the attempt on record. */
  readonly invite: readonly Invitee[];
  readonly at: Attempt["at"];
  readonly template: InviteTemplate;
  /** The group's subject; undefined: as CAMS lists it. */
  readonly subject: string | undefined;
  /** People with an open invitation: a place is kept for each of them who is not there. */
  readonly open: ReadonlySet<Digits>;
  /** `linkMark` of the link in the last message of each person, as far as it is known. */
  readonly links: ReadonlyMap<Digits, string>;
  /** MessageIds of earlier messages. A message of unknown outcome is none of them. */
  readonly earlier: ReadonlySet<string>;
}

export interface InviteEnd {
  /** In the order of `invite`. */
  readonly results: readonly SendResult[];
  /** What was not done, a line each, with the names of people. */
  readonly failures: readonly string[];
}
