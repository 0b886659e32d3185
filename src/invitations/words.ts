/** How it stands with an invitation, in words. */
import { messageFailure } from "../cams/failures";
import { plural } from "../text/plural";
import { DAY_MS } from "./memory";
import type { EndedInvitation, Invitation, NotInvited, Purpose, Standing } from "./types";

const PURPOSES: Readonly<Record<Purpose, string>> = {
  first: "to be invited",
  reminder: "to be reminded",
  "new link": "to be invited again, with the new link",
  again: "to be invited again, since the last message failed for a reason that passes",
  released: "to be invited again, by a release",
};

const WHY: Readonly<Record<Purpose, string>> = {
  first: "first invitation",
  reminder: "reminder",
  "new link": "again, with the new link",
  again: "again, since the last message failed for a reason that passes",
  released: "again, by a release",
};

/** Why somebody is to be sent a message. */
export const whyInvited = (purpose: Purpose): string => WHY[purpose];

const NOT_INVITED: Readonly<Record<NotInvited, string>> = {
  left: "not invited: left on their own",
  "removed before": "not invited: removed from this group before",
  adoption: "would be invited by the next up",
  held: "not invited: a guard holds the group or its invitations",
  "not listed": "not invited: CAMS did not list the group among those of its account",
  "group not active": "not invited: the group is not ACTIVE",
  "no link": "not invited: the group has no invite link",
  "no consent": "not invited: no consent on record",
  failed: "the invitation failed",
  unknown: "not known whether the invitation was sent",
  lapsed: "the invitation lapsed",
  "no room": "not invited: no room in the group",
  "not in the plan": "not invited: the reviewed plan does not name them",
  "day came": "not invited: their day came since the plan was made",
};

const STATES: Readonly<Record<Invitation["state"], string>> = {
  accepted: "not delivered yet",
  delivered: "delivered",
  read: "read",
  failed: "failed",
  unknown: "not known whether it was sent",
  lapsed: "lapsed",
};

/** Writes when something was. */
type When = (at: string) => string;

/** `today`, `1 day ago`, `3 days ago` */
const before =
  (now: number): When =>
  (at) => {
    const days = Math.floor((now - Date.parse(at)) / DAY_MS);
    return days <= 0 ? "today" : `${plural(days, "day")} ago`;
  };

/** `on 2026-11-29`, UTC */
const onDay: When = (at) => `on ${at.slice(0, "YYYY-MM-DD".length)}`;

/** What is known of one invitation: `invited 3 days ago, delivered, not joined`. */
export const invitationText = (one: Invitation, now: number): string => invited(one, before(now));

/** The same with days, for what is read later: `invited on 2026-11-29, delivered, not joined`. */
export const datedInvitationText = (one: Invitation): string => invited(one, onDay);

function invited(one: Invitation, when: When): string {
  // A message for a new link begins an invitation anew. Reminders of the earlier link are still counted then.
  const isReminded = one.reminders > 0 && one.at !== one.since;
  const reminded = isReminded ? `, reminded ${when(one.at)}` : "";
  return `invited ${when(one.since)}${reminded}, ${STATES[one.state]}, not joined`;
}

/** The same of somebody who is declared and not in the group: what happens now, and what is known of an earlier invitation. */
export const standingText = (standing: Standing, now: number): string => standingBy(standing, before(now));

/** The same with days, for what is read later. */
export const datedStandingText = (standing: Standing): string => standingBy(standing, onDay);

function standingBy(standing: Standing, when: When): string {
  const { kind, invitation } = standing;
  if (kind === "invited") return invited(standing.invitation, when);
  const earlier = (words: (one: Invitation) => string): string =>
    invitation === undefined ? "" : ` (${words(invitation)})`;
  const known = earlier((one) => invited(one, when));
  if (kind === "to invite") return `${PURPOSES[standing.purpose]}${known}`;
  const { because } = standing;
  const text = NOT_INVITED[because];
  switch (because) {
    case "failed":
      return `${text}${earlier(({ since }) => `invited ${when(since)}`)}: ${failureText(invitation?.why)}`;
    case "lapsed":
      return `${text}${earlier(({ since }) => `invited ${when(since)}`)}`;
    case "unknown":
      return `${text}${earlier(({ at }) => `tried ${when(at)}`)}`;
    default:
      return `${text}${known}`;
  }
}

/** How an invitation ended: `joined, invited 3 days ago`. */
export function endedText({ how, invitation }: EndedInvitation, now: number): string {
  const what = how === "joined" ? "joined" : "not declared any more";
  return `${what}, invited ${before(now)(invitation.since)}`;
}

/** What a failure means, where that is known; else what CAMS said. */
function failureText(why: string | undefined): string {
  const known = messageFailure(why ?? "");
  if (known !== undefined) return `${known.meaning} (${known.code})`;
  return why === undefined || why === "" ? "CAMS does not say why" : why;
}
