/**
 * Invitations as every report tells them: who is to be invited and why, how it stands with whoever is awaited, and which
 * invitations ended. Groups in which nobody is to be invited have none, and nothing is said of them.
 */
import type { EndedInvitation, Invitation, Invitee, Standing } from "../invitations/types";
import { datedStandingText, endedText, standingText, whyInvited } from "../invitations/words";
import type { Digits, Person } from "../membership/types";

/** The invitations of one group, as planned. */
export interface GroupInvitations {
  /** Sorted by number. */
  readonly invite: readonly Invitee[];
  /** Of everybody who is declared and not in the group. */
  readonly standings: ReadonlyMap<Digits, Standing>;
  /** Invitations that ended since the last run. */
  readonly ended: readonly EndedInvitation[];
  /** When the group was looked at, milliseconds since 1970. */
  readonly now: number;
}

/** A group as far as invitations are concerned. */
export interface InvitingGroup {
  readonly name: string;
  readonly invitations?: GroupInvitations | undefined;
}

type Show = (number: Digits) => string;

/** Titles. */
export const TO_INVITE = "people to invite";
export const ENDED = "invitations that ended";

export const countInvitations = (
  groups: readonly { readonly invitations?: Pick<GroupInvitations, "invite"> | undefined }[],
): number => groups.reduce((sum, { invitations }) => sum + (invitations?.invite.length ?? 0), 0);

/** `2 to invite`: what a headline says of it, nothing where nobody is to be invited. */
export function inviteFacts(groups: readonly InvitingGroup[]): readonly string[] {
  const count = countInvitations(groups);
  return count === 0 ? [] : [`${count} to invite`];
}

/** Rows of group, number, name, and why they are sent a message. */
export const inviteRows = (groups: readonly InvitingGroup[], show: Show): string[][] =>
  groups.flatMap(({ name, invitations }) =>
    (invitations?.invite ?? []).map((one) => [name, show(one.number), one.name, whyInvited(one.purpose)]),
  );

/** Rows of group, number, name, and how the invitation ended. */
export const endedRows = (groups: readonly InvitingGroup[], show: Show): string[][] =>
  groups.flatMap(({ name, invitations }) =>
    invitations === undefined
      ? []
      : invitations.ended.map((one) => [name, show(one.number), one.name, endedText(one, invitations.now)]),
  );

/** How it stands with somebody's invitation, in words; empty where nobody is to be invited. */
export function standingIn({ invitations }: Pick<InvitingGroup, "invitations">, { number }: Person): string {
  const standing = invitations?.standings.get(number);
  return invitations === undefined || standing === undefined ? "" : standingText(standing, invitations.now);
}

/** The same with days, for what is read later. */
export function datedStandingIn({ invitations }: Pick<InvitingGroup, "invitations">, { number }: Person): string {
  const standing = invitations?.standings.get(number);
  return standing === undefined ? "" : datedStandingText(standing);
}

/** Whether a release alone lets somebody be invited again: somebody has to look at it. */
export function isStuck({ invitations }: Pick<InvitingGroup, "invitations">, { number }: Person): boolean {
  const standing = invitations?.standings.get(number);
  return standing?.kind === "not invited" && ["failed", "unknown", "lapsed"].includes(standing.because);
}

/** The JSON of one group: only what there is. */
export function invitationsJson({ invitations }: Pick<InvitingGroup, "invitations">, show: Show): object {
  const { invite = [], ended = [] } = invitations ?? {};
  const person = ({ number, name }: Person) => ({ number: show(number), name });
  return {
    ...(invite.length === 0 ? {} : { invitations: invite.map(person) }),
    ...(ended.length === 0 ? {} : { endedInvitations: ended.map((one) => ({ ...person(one), how: one.how })) }),
  };
}

/** The JSON of somebody awaited: how it stands, in words for programs (`no-consent`), and the invitation on record. */
export function standingJson({ invitations }: Pick<InvitingGroup, "invitations">, { number }: Person): object {
  const standing = invitations?.standings.get(number);
  if (standing === undefined) return {};
  const { kind, invitation } = standing;
  return {
    standing: dashed(kind === "not invited" ? standing.because : kind),
    ...(kind === "to invite" ? { purpose: dashed(standing.purpose) } : {}),
    ...(invitation === undefined ? {} : { invitation: recordJson(invitation) }),
  };
}

const dashed = (words: string): string => words.replaceAll(" ", "-");

function recordJson({ state, since, at, messages, reminders, why }: Invitation): object {
  return { state, since, at, messages, reminders, ...(why === undefined ? {} : { why }) };
}
