/**
 * Who is to be sent a message. Each declared person who is not in the group has one standing: to be invited, invited,
 * or not invited for one reason. Whoever was removed from the group, or left it, is never invited: the link does not
 * let in the first, and the second did not want to stay.
 */
import { GROUP_SIZE } from "../cams/limits";
import { byNumber } from "../membership/plan";
import type { Awaited, Digits, GroupPlan, Person } from "../membership/types";
import { DAY_MS, isOpen, isUsed, mayPass } from "./memory";
import type { Invitation, Invitee, InviteWish, NotInvited, Purpose, Standing } from "./types";

/**
 * Most messages that one person gets for one group, with reminders and with messages for new links. Only a release lets
 * one more be sent.
 */
export const MOST_MESSAGES = 5;

/** The link that a message would hold. */
export type LinkSeen =
  | { readonly kind: "live"; readonly mark: string }
  /** It is made or made anew in this run, before messages are sent. */
  | { readonly kind: "new" }
  | { readonly kind: "none"; readonly because: "held" | "not listed" | "group not active" | "no link" };

export interface InviteCase {
  readonly wish: InviteWish;
  readonly plan: GroupPlan;
  /** Whether a group that was there before is looked at for the first time: nobody is invited then. */
  readonly isAdoption: boolean;
  readonly invited: ReadonlyMap<Digits, Invitation>;
  readonly link: LinkSeen;
  /**
   * Number → last day of a release that names the person in this group, `YYYY-MM-DD`: one that was not used, if there is
   * any.
   */
  readonly released: ReadonlyMap<Digits, string>;
  /** The only people whom the reviewed plan invites, when one is applied; undefined: none is. */
  readonly named: ReadonlySet<Digits> | undefined;
  /** People whom a reviewed plan still declares, but whose day came since it was made. */
  readonly dayCame?: ReadonlySet<Digits> | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type LinkedCase = InviteCase & { readonly link: Exclude<LinkSeen, { kind: "none" }> };

export interface InvitePlan {
  /** Sorted by number. */
  readonly invite: readonly Invitee[];
  /** Of everybody who is declared and not in the group, sorted by number. */
  readonly standings: ReadonlyMap<Digits, Standing>;
}

export function planInvitations(one: InviteCase): InvitePlan {
  const { plan, invited } = one;
  const left = plan.left.map((person) => [person, notInvited("left", invited.get(person.number))] as const);
  const awaited = plan.awaiting.map((person) => [person, standingOf(person, one)] as const);
  const all: readonly (readonly [Person, Standing])[] = [...left, ...awaited].sort(([a], [b]) => byNumber(a, b));
  let room = roomIn(one);
  const standings = new Map<Digits, Standing>();
  const invite: Invitee[] = [];
  for (const [person, standing] of all) {
    const fits = withRoom(standing, room);
    standings.set(person.number, fits);
    if (fits.kind !== "to invite") continue;
    invite.push(inviteeOf(person, fits.purpose, one));
    if (!holdsPlace(fits.invitation)) room -= 1;
  }
  return { invite, standings };
}

function inviteeOf({ number, name }: Person, purpose: Purpose, { released }: InviteCase): Invitee {
  const release = purpose === "released" ? released.get(number) : undefined;
  return { number, name, purpose, ...(release === undefined ? {} : { release }) };
}

const notInvited = (because: NotInvited, invitation: Invitation | undefined): Standing => ({
  kind: "not invited",
  because,
  invitation,
});

/** Whether somebody may come by an earlier message, so that a place is kept for them already. */
const holdsPlace = (invitation: Invitation | undefined): invitation is Invitation =>
  invitation !== undefined && isOpen(invitation);

/**
 * The standing of somebody, with so many free places. Whoever has an open invitation needs none. But when strangers have
 * taken places that were kept, not everybody can come any more, and nobody is written to.
 */
function withRoom(standing: Standing, room: number): Standing {
  if (standing.kind !== "to invite") return standing;
  const { purpose, invitation } = standing;
  if (!holdsPlace(invitation)) return room > 0 ? standing : notInvited("no room", invitation);
  if (room >= 0) return standing;
  return purpose === "reminder" ? { kind: "invited", invitation } : notInvited("no room", invitation);
}

/** Places in the group, less those of people with an open invitation; negative when there are more of them than places. */
function roomIn({ plan, invited }: InviteCase): number {
  const rows = plan.present.length + plan.spared.length + plan.unidentified;
  const open = plan.awaiting.filter(
    ({ number, removedBefore }) => removedBefore !== true && holdsPlace(invited.get(number)),
  );
  return GROUP_SIZE - rows - open.length;
}

function standingOf({ number, removedBefore }: Awaited, one: InviteCase): Standing {
  const { wish, link, invited, isAdoption, named } = one;
  const invitation = invited.get(number);
  if (removedBefore === true) return notInvited("removed before", invitation);
  if (one.dayCame?.has(number) === true) return notInvited("day came", invitation);
  if (link.kind === "none") return notInvited(link.because, invitation);
  if (wish.requireConsent && !wish.consent.has(number)) return notInvited("no consent", invitation);
  if (isAdoption) return notInvited("adoption", invitation);
  const standing =
    invitation === undefined ? toInvite("first", invitation) : standingBy(number, invitation, { ...one, link });
  if (standing.kind === "to invite" && named?.has(number) === false)
    return holdsPlace(invitation) ? { kind: "invited", invitation } : notInvited("not in the plan", invitation);
  return standing;
}

const toInvite = (purpose: Purpose, invitation: Invitation | undefined): Standing => ({
  kind: "to invite",
  purpose,
  invitation,
});

/** The standing of somebody who was written to before, or perhaps was. */
function standingBy(number: Digits, invitation: Invitation, one: LinkedCase): Standing {
  const { state, messages, why } = invitation;
  const release = one.released.get(number);
  const isReleased = release !== undefined && !isUsed(invitation, release);
  const isSpent = messages >= MOST_MESSAGES;
  const unlessReleased = (because: NotInvited): Standing =>
    isReleased ? toInvite("released", invitation) : notInvited(because, invitation);
  switch (state) {
    case "lapsed":
    case "unknown":
      return unlessReleased(state);
    case "failed":
      return mayPass(why) && !isSpent && !isReleased ? toInvite("again", invitation) : unlessReleased("failed");
    default:
      if (isEnded(invitation, one)) return isSpent ? unlessReleased("lapsed") : toInvite("new link", invitation);
      return isReminderDue(invitation, one) && !isSpent
        ? toInvite("reminder", invitation)
        : { kind: "invited", invitation };
  }
}

/** Whether the link of the last message lets nobody in any more. */
const isEnded = ({ link: mark }: Invitation, { link }: LinkedCase): boolean =>
  link.kind === "new" || (mark !== undefined && mark !== link.mark);

function isReminderDue({ at, reminders }: Invitation, { wish, now }: InviteCase): boolean {
  const { remindAfterDays, maxReminders } = wish;
  return remindAfterDays > 0 && reminders < maxReminders && now - Date.parse(at) >= remindAfterDays * DAY_MS;
}
