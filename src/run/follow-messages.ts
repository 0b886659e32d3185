/** What became of earlier invitations: one listing of messages for each account and template that has open ones. */
import { accountKey, CamsError, unlessCams, type Account } from "../cams";
import type { MessageInfo } from "../cams/types";
import {
  CLOCK_SKEW_MS,
  followUp,
  idsOf,
  isOpen,
  settled,
  withMessages,
  type FollowedUp,
  type Messages,
} from "../invitations/memory";
import type { Invitation } from "../invitations/types";
import type { Digits } from "../membership/types";
import { endsOf, type LastRun } from "./last-run";
import type { InvitingGroup, PlanInvitationsOptions } from "./inviting";

export type Followed = InvitingGroup &
  FollowedUp & {
    /** Invitations that are in another state than at the last run. */
    readonly changed: ReadonlyMap<Digits, Invitation>;
  };

export async function followMessages(
  all: readonly InvitingGroup[],
  { reader, now, warn, last }: PlanInvitationsOptions,
): Promise<readonly Followed[]> {
  const asked = new Map<string, { readonly account: Account; readonly template: string; readonly since: number }>();
  const open = all.flatMap(({ one, plan, invited }) =>
    plan.awaiting.flatMap(({ number }) => {
      const invitation = invited.get(number);
      return invitation !== undefined && isOpen(invitation) ? [{ one, invitation }] : [];
    }),
  );
  for (const { one, invitation } of open) {
    const { template, at } = invitation;
    const key = JSON.stringify([accountKey(one.ref), template]);
    const since = Math.min(asked.get(key)?.since ?? Infinity, Date.parse(at) - CLOCK_SKEW_MS);
    asked.set(key, { account: one.ref, template, since });
  }
  const rows = await Promise.all(
    [...asked.values()].map(async ({ account, ...query }): Promise<readonly MessageInfo[]> => {
      const listed = await reader.listMessages(account, query).catch(unlessCams);
      if (!(listed instanceof CamsError)) return listed;
      await warn(`what became of earlier invitations could not be listed, so it is told as it was. ${listed.message}`);
      return [];
    }),
  );
  const listed = rows.flat();
  const messages: Messages = { rows: listed, onRecord: listed.length === 0 ? NOTHING : recordedIn(last) };
  return all.map((group) => {
    const { one, plan, wish, invited, row } = group;
    const told = withMessages(invited, messages, row?.inviteLink ?? "");
    const before = last?.groups.get(one.ref.group)?.invitations?.invited;
    const there = new Set([...plan.present, ...plan.spared, ...plan.remove].map(({ number }) => number));
    const { members } = one.desired;
    const followed = followUp(told, { there, members, lapsesAfterDays: wish.lapsesAfterDays, now });
    const changed = [...followed.invited].filter(([number, { state }]) => before?.get(number)?.state !== state);
    return { ...group, ...followed, changed: new Map(changed) };
  });
}

/** Enough where no message is listed: nothing has to be told from it. */
const NOTHING: ReadonlySet<string> = new Set();

/** MessageIds on record, of groups that are not looked at, too: a message of theirs is not that of another group. */
function recordedIn(last: LastRun | undefined): ReadonlySet<string> {
  const ends = endsOf(last);
  const onRecord = new Set<string>();
  for (const [group, { invitations }] of last?.groups ?? []) {
    if (invitations === undefined) continue;
    const now = settled(invitations, ends.get(group));
    for (const one of [...invitations.invited.values(), ...now.values()]) for (const id of idsOf(one)) onRecord.add(id);
  }
  return onRecord;
}
