/**
 * The types for invitations: messages with a group's link to people who are declared and not there yet. A pure core,
 * like the rooms `membership` and `groups`.
 *
 * roster  ──▶ InviteWish       ┐
 * state   ──▶ InvitationMemory ├─▶ Standing of each absent person ──▶ Invitee[] ──▶ Refusal[] ──▶ what is sent
 * CAMS    ──▶ MessageInfo[]    ┘
 */
import type { Digits, Person } from "../membership/types";

/** What a roster and the settings want for the invitations of one group; there is none where nobody is to be invited. */
export interface InviteWish {
  /** Day on which somebody agreed to be written to, `YYYY-MM-DD`, by number. Nobody else has consent. */
  readonly consent: ReadonlyMap<Digits, string>;
  /** CAMS template code, its language, and template variable → what it takes. */
  readonly template: InviteTemplate;
  readonly requireConsent: boolean;
  readonly remindAfterDays: number;
  readonly maxReminders: number;
  readonly lapsesAfterDays: number;
}

export interface InviteTemplate {
  readonly code: string;
  readonly language: string;
  readonly parameters: Readonly<Record<string, "name" | "subject" | "link">>;
}

/**
 * What is known of somebody's invitation. `accepted`: CAMS took the message. `unknown`: it is not known whether a message
 * was sent. `lapsed`: the person did not come in time.
 */
export const STATES = ["accepted", "delivered", "read", "failed", "unknown", "lapsed"] as const;

/** One person's invitation into one group. */
export interface Invitation {
  readonly state: (typeof STATES)[number];
  /** When the invitation began, and when its last message was sent or tried, ISO 8601. */
  readonly since: string;
  readonly at: string;
  /** Messages that were sent, or may have been: with reminders, and with messages for earlier links. */
  readonly messages: number;
  readonly reminders: number;
  /** TemplateCode of the last message. */
  readonly template: string;
  /** CAMS MessageId of the last message. */
  readonly id?: string | undefined;
  /** MessageIds of messages of the day before the last one, oldest first. While the last is looked for, it is none of them. */
  readonly earlier?: readonly string[] | undefined;
  /** `linkMark` of the link in the last message. */
  readonly link?: string | undefined;
  /** Why the last message failed, masked. */
  readonly why?: string | undefined;
  /** Last days of the releases by which messages were sent, `YYYY-MM-DD`, joined by spaces. Each counts once. */
  readonly release?: string | undefined;
  /** Set when the person is declared no more. */
  readonly withdrawn?: true | undefined;
}

/**
 * Why a message is sent. `new link`: the link of an earlier message was ended. `again`: an earlier message failed for a
 * reason that passes. `released`: releases.yaml lets it be sent once more.
 */
export const PURPOSES = ["first", "reminder", "new link", "again", "released"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Somebody who is to be sent a message. */
export interface Invitee extends Person {
  readonly purpose: Purpose;
  /** Last day of the release, when that is the purpose. */
  readonly release?: string | undefined;
}

/** An attempt that a run has put on record before it sent anything. */
export interface Attempt {
  /** ISO 8601. It tells one attempt of a group from another. */
  readonly at: string;
  readonly template: string;
  /** Sorted by number. Names are not remembered. */
  readonly people: readonly Omit<Invitee, "name">[];
}

/** What is remembered of a group's invitations from run to run. */
export interface InvitationMemory {
  readonly invited: ReadonlyMap<Digits, Invitation>;
  /** The last attempt. What became of it, its end says. */
  readonly attempt?: Attempt | undefined;
}

/** What became of one message. `not sent`: nothing was sent, and the next run may try again. */
export const OUTCOMES = ["accepted", "not sent", "failed", "unknown"] as const;

export interface SendResult {
  readonly outcome: (typeof OUTCOMES)[number];
  readonly id?: string | undefined;
  readonly link?: string | undefined;
  /** What CAMS said, masked. */
  readonly why?: string | undefined;
}

/** How an attempt ended: a result for each person of `Attempt.people`, in that order. */
export interface AttemptEnd {
  readonly at: string;
  readonly results: readonly SendResult[];
}

/** Why somebody who is not there is not sent a message now. */
export type NotInvited =
  | "left"
  | "removed before"
  | "adoption"
  | "held"
  | "not listed"
  | "group not active"
  | "no link"
  | "no consent"
  | "failed"
  | "unknown"
  | "lapsed"
  | "no room"
  | "not in the plan"
  | "day came";

/** How it stands with the invitation of one declared person who is not in the group. */
export type Standing =
  | { readonly kind: "to invite"; readonly purpose: Purpose; readonly invitation: Invitation | undefined }
  | { readonly kind: "invited"; readonly invitation: Invitation }
  | { readonly kind: "not invited"; readonly because: NotInvited; readonly invitation: Invitation | undefined };

/** An invitation that ended since the last run. */
export interface EndedInvitation extends Person {
  readonly how: "joined" | "withdrawn";
  readonly invitation: Invitation;
}
