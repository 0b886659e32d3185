/** What the inputs of a group's people say of invitations. */
import type { Attempt } from "../invitations/types";
import { writeInvitations, type WrittenInvitations } from "../provider/invitation-memory";
import type { Invitations } from "../provider/shapes";
import { unmarked } from "../text/clean";
import type { PlannedGroup } from "./plan-run";

/** Who is invited, as the inputs of the group's people name it. */
export const invitationsOf = ({ invitations }: PlannedGroup, show: (number: string) => string): Invitations =>
  Object.fromEntries((invitations?.invite ?? []).map(({ number, name }) => [show(number), unmarked(name)]));

/** What the group's record is to say of invitations; undefined where it stays as it is. */
export function recordOf({ invitations, invite: wish }: PlannedGroup, at: string): WrittenInvitations | undefined {
  if (invitations === undefined || wish === undefined || invitations.unread === true) return undefined;
  const people = invitations.invite.map(({ name: _, ...one }) => one);
  const attempt: Attempt | undefined = people.length === 0 ? undefined : { at, template: wish.template.code, people };
  return writeInvitations({ invited: invitations.invited, attempt }).invitations ?? {};
}
