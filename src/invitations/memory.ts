/**
 * What became of invitations since the last run. It follows from what is on record, from what CAMS lists of messages,
 * and from who is in the group. An attempt whose end is not on record is unknown: it is looked for among the messages
 * that CAMS lists, and if it is not found, it stays unknown, because that list may lag.
 */
import { messageFailure } from "../cams/failures";
import type { MessageInfo } from "../cams/types";
import { linkMark } from "../groups/link";
import { byNumber } from "../membership/plan";
import type { Digits } from "../membership/types";
import type { Attempt, AttemptEnd, EndedInvitation, Invitation, InvitationMemory, Invitee, SendResult } from "./types";

export const DAY_MS = 24 * 60 * 60 * 1_000;

/** How far the clocks of this machine and of CAMS may differ. */
export const CLOCK_SKEW_MS = 5 * 60 * 1_000;

const NO_END: SendResult = { outcome: "unknown" };
const NOT_SENT: SendResult = { outcome: "not sent" };

/** The invitations on record, with the last attempt as it ended. */
export function settled({ invited, attempt }: InvitationMemory, end: AttemptEnd | undefined): Map<Digits, Invitation> {
  const now = new Map(invited);
  if (attempt === undefined) return now;
  for (const [index, one] of attempt.people.entries()) {
    const result = end?.at === attempt.at ? (end.results[index] ?? NOT_SENT) : NO_END;
    const next = afterSend(invited.get(one.number), one, result, attempt);
    if (next !== undefined) now.set(one.number, next);
  }
  return now;
}

/** Purposes with which the time of an earlier invitation begins anew. */
const ANEW: readonly Invitee["purpose"][] = ["released", "new link"];

function afterSend(
  before: Invitation | undefined,
  { purpose, release }: Attempt["people"][number],
  { outcome, id, link, why }: SendResult,
  { at, template }: Attempt,
): Invitation | undefined {
  if (outcome === "not sent") return before;
  const releases = [before?.release, release].filter((one) => one !== undefined).join(" ");
  const isRecent = before !== undefined && Date.parse(at) - Date.parse(before.at) < DAY_MS;
  const earlier = isRecent ? idsOf(before).slice(-MOST_EARLIER) : [];
  return {
    state: outcome,
    since: ANEW.includes(purpose) ? at : (before?.since ?? at),
    at,
    messages: (before?.messages ?? 0) + 1,
    reminders: purpose === "released" ? 0 : (before?.reminders ?? 0) + (purpose === "reminder" ? 1 : 0),
    template,
    ...(id === undefined || id === "" ? {} : { id }),
    ...(earlier.length === 0 ? {} : { earlier }),
    ...(link === undefined ? {} : { link }),
    ...(why === undefined ? {} : { why }),
    ...(releases === "" ? {} : { release: releases }),
  };
}

/** Most MessageIds of earlier messages that are kept, of the last day alone: an older one is not taken for a later one. */
const MOST_EARLIER = 4;

/** The MessageIds of somebody's messages, as far as they are kept, the oldest first. */
export const idsOf = ({ earlier = [], id }: Pick<Invitation, "id" | "earlier">): readonly string[] => [
  ...earlier,
  ...(id === undefined ? [] : [id]),
];

/** Whether a message was sent by the release with this last day, `YYYY-MM-DD`. */
export const isUsed = (one: Pick<Invitation, "release"> | undefined, until: string): boolean =>
  one?.release?.split(" ").includes(until) === true;

/** Messages of a run's accounts and templates, with what tells them apart. */
export interface Messages {
  readonly rows: readonly MessageInfo[];
  /** MessageIds that are on record, of all groups. */
  readonly onRecord: ReadonlySet<string>;
}

/** The same invitations, with what CAMS lists of their messages. */
export function withMessages(
  invited: ReadonlyMap<Digits, Invitation>,
  messages: Messages,
  link: string,
): Map<Digits, Invitation> {
  const byId = new Map(messages.rows.map((row) => [row.id, row]));
  return new Map(
    [...invited].map(([number, one]) => {
      if (one.state === "lapsed" || one.state === "failed") return [number, one];
      if (one.id === undefined) return [number, found(number, one, messages, link)];
      const row = byId.get(one.id);
      return [number, row === undefined ? one : withRow(one, row)];
    }),
  );
}

const ORDER = ["unknown", "accepted", "delivered", "read"];

/**
 * A list that lags, or that is read from several places, may show an earlier state again. A message that has arrived
 * can't fail: if it counted as failed, it might be sent again.
 */
function withRow({ why: _, ...one }: Invitation, { id, state, why }: MessageInfo): Invitation {
  if (state === "failed") return hasArrived(one) ? { ...one, id } : { ...one, id, state, why };
  return ORDER.indexOf(state) < ORDER.indexOf(one.state) ? { ...one, id } : { ...one, id, state };
}

const hasArrived = ({ state }: Invitation): boolean => state === "delivered" || state === "read";

/** A link in a message, as WhatsApp writes it. */
const LINK = /https:\/\/chat\.whatsapp\.com\/[\w-]+/g;

/** The marks of all links in a message. */
const linksIn = ({ text }: MessageInfo): readonly string[] => (text.match(LINK) ?? []).map(linkMark);

/** An invitation whose outcome is unknown, with its message if that is listed. */
function found(number: Digits, one: Invitation, { rows, onRecord }: Messages, live: string): Invitation {
  const mark = one.link ?? linkMark(live);
  const wanted = { number, since: Date.parse(one.at) - CLOCK_SKEW_MS, marks: [mark] };
  const row = messageOf(wanted, { rows, onRecord });
  if (row === undefined) return one;
  return withRow({ ...one, link: mark }, row);
}

/**
 * The one message that was perhaps sent to somebody. A person may be invited into several groups at once by the same
 * template, so its link has to be the group's. A message without a link settles nothing: it may be that of a group whose
 * record of it has ended, and if it failed, the person would be sent a second message.
 * @param wanted `marks`: of the links that the message may hold (`linkMark`); `since` in milliseconds since 1970
 */
export function messageOf(
  wanted: { readonly number: Digits; readonly since: number; readonly marks: readonly string[] },
  { rows, onRecord }: Messages,
): MessageInfo | undefined {
  const all = rows.filter(
    ({ to, id, at }) => to === wanted.number && at >= wanted.since && id !== "" && !onRecord.has(id),
  );
  const own = all.filter((row) => linksIn(row).some((one) => wanted.marks.includes(one)));
  return own.length === 1 ? own[0] : undefined;
}

/** What is known of the group in which people are invited. */
export interface Whereabouts {
  /** Everybody who is in the group. */
  readonly there: ReadonlySet<Digits>;
  readonly members: ReadonlyMap<Digits, string>;
  readonly lapsesAfterDays: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface FollowedUp {
  /** Sorted by number. */
  readonly invited: ReadonlyMap<Digits, Invitation>;
  /** Invitations that ended: each is told once. Sorted by number. */
  readonly ended: readonly EndedInvitation[];
}

/**
 * Ends the invitations of people who are there or who are declared no more, and lets the others lapse in time. The
 * record of somebody who is declared no more stays until then: if they are declared again, they have been written to. One
 * that failed for good stays for good, since nobody is written to again who opted out.
 */
export function followUp(
  invited: ReadonlyMap<Digits, Invitation>,
  { there, members, lapsesAfterDays, now }: Whereabouts,
): FollowedUp {
  const kept = new Map<Digits, Invitation>();
  const ended: EndedInvitation[] = [];
  const all = [...invited].map(([number, one]) => ({ number, name: members.get(number) ?? "", one })).sort(byNumber);
  for (const { number, name, one } of all) {
    const { withdrawn, ...rest } = one;
    const isOver = now - Date.parse(one.since) >= lapsesAfterDays * DAY_MS;
    if (there.has(number)) ended.push({ number, name, how: "joined", invitation: rest });
    else if (!members.has(number)) {
      if (withdrawn !== true) ended.push({ number, name, how: "withdrawn", invitation: rest });
      if (!isOver || hasFailed(rest)) kept.set(number, { ...rest, withdrawn: true });
    } else kept.set(number, isOver && !hasFailed(rest) ? { ...rest, state: "lapsed" } : rest);
  }
  return { invited: kept, ended };
}

/** Whether it failed for good. */
const hasFailed = ({ state, why }: Invitation): boolean => state === "failed" && !mayPass(why);

/** Whether somebody may still come by an invitation. */
export const isOpen = ({ state }: Pick<Invitation, "state">): boolean =>
  state === "accepted" || state === "delivered" || state === "read" || state === "unknown";

/**
 * Whether a message that failed may be sent again by itself, because the reason passes. A template that Meta has paused
 * is no such reason: nobody knows when it may be sent again.
 */
export const mayPass = (why: string | undefined): boolean => messageFailure(why ?? "")?.kind === "passing";
