import type { Invitation, Invitee, Standing } from "../../src/invitations/types";
import type { Digits, Person } from "../../src/membership/types";
import type { GroupInvitations } from "../../src/report/invitations";
import { ANA, BUDI, CITRA, DEWI, EKO } from "../membership/world";

/** What the tests of reports about invitations share: a group in which five people are awaited, each differently. */

export const NOW = Date.parse("2026-12-01T08:00:00.000Z");

export const person = (number: string, name: string): Person => ({ number, name });

/** Invited three days before. */
export const invitation = (over: Partial<Invitation> = {}): Invitation => ({
  ...{ state: "delivered", since: "2026-11-28T08:00:00.000Z", at: "2026-11-28T08:00:00.000Z" },
  ...{ messages: 1, reminders: 0, template: "invite", id: "m-1", link: "mark" },
  ...over,
});

export const first = (number: string, name: string): Invitee => ({ number, name, purpose: "first" });

export function invitations(
  standings: readonly (readonly [Digits, Standing])[],
  over: Partial<GroupInvitations> = {},
): GroupInvitations {
  return { invite: [], standings: new Map(standings), ended: [], now: NOW, ...over };
}

export const AWAITING = [
  person(ANA, "Ana"),
  person(BUDI, "Budi"),
  person(CITRA, "Citra"),
  person(DEWI, "Dewi"),
  { ...person(EKO, "Eko"), removedBefore: true as const },
];

const failed = invitation({ state: "failed", why: "131026: Message undeliverable" });

/** Ana is to be invited, Budi was, Citra has no consent, Dewi is not on WhatsApp, Eko was removed before. */
export const FIVE = invitations(
  [
    [ANA, { kind: "to invite", purpose: "first", invitation: undefined }],
    [BUDI, { kind: "invited", invitation: invitation() }],
    [CITRA, { kind: "not invited", because: "no consent", invitation: undefined }],
    [DEWI, { kind: "not invited", because: "failed", invitation: failed }],
    [EKO, { kind: "not invited", because: "removed before", invitation: undefined }],
  ],
  {
    invite: [first(ANA, "Ana")],
    ended: [
      { ...person("628110000006", "Fajar"), how: "joined", invitation: invitation() },
      { ...person("628110000007", "Gita"), how: "withdrawn", invitation: invitation({ state: "read" }) },
    ],
  },
);
