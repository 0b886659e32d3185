/**
 * Who is to be invited in a run, and how it stands with earlier invitations. Messages, the template and the business
 * number are looked at only when somebody's invitation needs it. It only reads.
 */
import { linkMark } from "../groups/link";
import { maxInvitationsPerRun } from "../invitations/guards/max-invitations-per-run";
import { isUsed, settled } from "../invitations/memory";
import { planInvitations, type LinkSeen } from "../invitations/plan";
import type { AttemptEnd, Standing } from "../invitations/types";
import type { Digits, Refusal } from "../membership/types";
import type { Release } from "../roster";
import { followMessages } from "./follow-messages";
import type { InvitingGroup, PlanInvitationsOptions } from "./inviting";
import { endsOf, type LastRun } from "./last-run";
import { listAccounts, rowIn, seenOf, type AccountsSeen } from "./list-accounts";
import { objectionsTo, type HeldInvitations } from "./may-invite";
import type { PlannedGroup, RunPlan } from "./plan-run";
import type { PlannedInvitations } from "./planned-invitations";

/** The plan of a run, with its invitations. */
export async function planRunInvitations(plan: RunPlan, options: PlanInvitationsOptions): Promise<RunPlan> {
  const { last, show, limits } = options;
  // Without the state nobody knows who was written to before, and nothing that is on record may be written over.
  if (last === undefined) return plan;
  const ends = endsOf(last);
  const wishing = plan.groups.flatMap((one) => invitingIn(one, last, ends));
  if (wishing.length === 0) return plan;
  const accounts = await listAccounts(
    options.reader,
    wishing.filter(needsRow).map(({ one }) => one),
  );
  const followed = await followMessages(
    wishing.map((group) => ({ ...group, row: rowIn(seenOf(accounts, group.one), group.one.ref) })),
    options,
  );
  const planned = followed.map((one) => ({ ...one, planned: planOne(one, plan, options) }));
  const inviting = planned.filter(({ planned: { invite } }) => invite.length > 0);
  const bound = [spentFor(inviting, plan.reviewed), undatedFor(inviting, options)];
  const stopped = new Set(bound.flatMap(({ names }) => [...names]));
  const objected = await objectionsTo(
    inviting.filter(({ one }) => !stopped.has(one.desired.name)),
    options,
  );
  const isHeld = ({ desired: { name } }: PlannedGroup): boolean => stopped.has(name) || objected.names.has(name);
  const byName = new Map(
    planned.map(({ one, planned: own, ended, changed, invited, unread }): [string, PlannedInvitations] => {
      const { invite, standings } = isHeld(one) ? withoutAny(own) : own;
      return [one.desired.name, { invite, standings, invited, ended, changed, unread }];
    }),
  );
  const tooMany = maxInvitationsPerRun(
    [...byName].map(([name, { invite }]) => ({ name, invite })),
    limits.maxInvitationsPerRun,
    show,
  );
  return {
    ...plan,
    groups: plan.groups.map((one) => {
      const invitations = byName.get(one.desired.name);
      return invitations === undefined ? one : { ...one, invitations };
    }),
    refusals: [
      ...plan.refusals,
      ...(tooMany === undefined ? [] : [{ rule: "max-invitations-per-run", name: undefined, message: tooMany }]),
    ],
    inviteRefusals: [
      ...unreadable(wishing),
      ...notListed(accounts),
      ...bound.flatMap(({ refusals }) => refusals),
      ...objected.refusals,
    ],
  };
}

/** The group with what is on record of its invitations; none where nobody is to be invited, or nobody was looked at. */
function invitingIn(
  one: PlannedGroup,
  last: LastRun,
  ends: ReadonlyMap<string, AttemptEnd | undefined>,
): readonly Omit<InvitingGroup, "row">[] {
  const { invite: wish, verdict, skipped, ref } = one;
  if (wish === undefined || verdict.plan === undefined || skipped === true) return [];
  const record = last.groups.get(ref.group);
  if (record !== undefined && record.invitations === undefined)
    return [{ one, wish, plan: verdict.plan, invited: new Map(), unread: true }];
  const memory = record?.invitations ?? { invited: new Map() };
  return [{ one, wish, plan: verdict.plan, invited: settled(memory, ends.get(ref.group)) }];
}

/** A refusal for the groups in which somebody is awaited, and of whose invitations the record can't be read. */
function unreadable(all: readonly Omit<InvitingGroup, "row">[]): readonly Refusal[] {
  const names = all.filter((one) => one.unread === true && isWaiting(one)).map(({ one }) => one.desired.name);
  if (names.length === 0) return [];
  const message =
    `Nobody is invited into ${names.join(", ")}: what the state has on record of earlier invitations can't be read, so who was ` +
    "written to before is not known. Give the stack's passphrase, and run the release of Rollcall that wrote the state";
  return [{ rule: "invitations-unreadable", name: undefined, message }];
}

/** Whether no guard holds the group, and somebody is awaited in it. */
const isWaiting = ({ one, plan }: Pick<InvitingGroup, "one" | "plan">): boolean =>
  one.verdict.kind === "approved" && plan.awaiting.length > 0;

/** Whether something has to be known of the group besides its people. */
const needsRow = (group: Omit<InvitingGroup, "row">): boolean =>
  group.one.make === undefined && group.unread !== true && isWaiting(group);

/** A refusal for each account that could not be listed. */
const notListed = (seen: AccountsSeen): readonly Refusal[] =>
  [...seen.values()].flatMap((one) => {
    if (one.kind === "listed") return [];
    const message = `Nobody is invited, since the groups of the account could not be listed. ${one.why}`;
    return [{ rule: "groups-not-listed", name: undefined, message }];
  });

function planOne(
  group: InvitingGroup,
  { reviewed }: RunPlan,
  { releases, show, now, dayCame, last }: PlanInvitationsOptions,
) {
  const { one, wish, plan, invited } = group;
  const { desired, history, make, named } = one;
  const planned = reviewed?.groups.get(desired.name)?.invitations;
  const own = [...plan.awaiting, ...plan.left].map(({ number }) => number);
  return planInvitations({
    ...{ wish, plan, invited, now },
    isAdoption: history.kind === "new" && make === undefined && (named !== false || hasInvited(group, last)),
    link: linkSeen(group),
    released: releasedIn(group, releases),
    dayCame: dayCame?.get(desired.name),
    named: reviewed === undefined ? undefined : new Set(own.filter((number) => planned?.[show(number)] !== undefined)),
  });
}

/** Number → last day of a release for this group. Where several name somebody, the first that was not used yet counts. */
function releasedIn({ one, invited }: InvitingGroup, releases: readonly Release[]): ReadonlyMap<Digits, string> {
  const released = new Map<Digits, string>();
  for (const { people, groups, until } of releases) {
    if (groups?.includes(one.desired.name) === false) continue;
    for (const number of people) {
      const other = released.get(number);
      if (other === undefined || isUsed(invited.get(number), other)) released.set(number, until);
    }
  }
  return released;
}

/**
 * Whether people were invited into a group, though the record of its people is lost (`pulumi state delete`). A group that Rollcall
 * made is adopted then, too: somebody should see who would be written to again.
 */
const hasInvited = ({ one }: InvitingGroup, last: LastRun | undefined): boolean =>
  [...(last?.invitations.values() ?? [])].some(({ group }) => group === one.ref.group);

/** The link that messages would hold, once this run has done what it does to links. */
function linkSeen({ one, row, unread }: InvitingGroup): LinkSeen {
  const { verdict, upkeep, make } = one;
  const none = (because: Extract<LinkSeen, { kind: "none" }>["because"]): LinkSeen => ({ kind: "none", because });
  const act = upkeep?.link?.kind;
  if (verdict.kind === "held" || unread === true) return none("held");
  if (make !== undefined) return act === "make" && upkeep?.create === true ? { kind: "new" } : none("no link");
  if (row === undefined) return none("not listed");
  if (row.status !== "ACTIVE") return none("group not active");
  if (act === "make" || act === "renew") return { kind: "new" };
  return row.inviteLink === "" || act === "close" ? none("no link") : { kind: "live", mark: linkMark(row.inviteLink) };
}

/**
 * Groups in which the reviewed plan names people, but Pulumi does not let it write what sends the messages: a plan can
 * make a resource once only. An attempt that is on record and is not made would be one of unknown outcome.
 */
function spentFor(inviting: readonly Pick<InvitingGroup, "one">[], reviewed: RunPlan["reviewed"]): HeldInvitations {
  const names = inviting.map(({ one }) => one.desired.name).filter((name) => reviewed !== undefined && !mayWrite(name));
  const message =
    `Nobody is invited into ${names.join(", ")}: the plan was applied before, and Pulumi lets it make a resource once only. ` +
    "Make a new plan (`pulumi preview --save-plan`) and have it reviewed";
  const refusals = names.length === 0 ? [] : [{ rule: "plan-spent", name: undefined, message }];
  return { names: new Set(names), refusals };

  function mayWrite(name: string): boolean {
    return reviewed?.groups.get(name)?.writes === true && reviewed.invitations.get(name)?.writes === true;
  }
}

/** All groups, when nobody can tell whose day came since the plan was made. */
function undatedFor(
  inviting: readonly Pick<InvitingGroup, "one">[],
  { dayCame }: Pick<PlanInvitationsOptions, "dayCame">,
): HeldInvitations {
  const names = dayCame === undefined ? inviting.map(({ one }) => one.desired.name) : [];
  const message =
    `Nobody is invited into ${names.join(", ")}: the rosters have problems as of today, so it is not known whose day came since the plan was made. ` +
    "Mend what `rollcall validate` says, and make a new plan (`pulumi preview --save-plan`)";
  const refusals = names.length === 0 ? [] : [{ rule: "plan-undated", name: undefined, message }];
  return { names: new Set(names), refusals };
}

/** Nobody is invited, since something is wrong with the plan, with the template or with the sender's number. */
function withoutAny({ standings }: ReturnType<typeof planInvitations>): ReturnType<typeof planInvitations> {
  const held = [...standings].map(([number, standing]): [Digits, Standing] => {
    if (standing.kind !== "to invite") return [number, standing];
    return [number, { kind: "not invited", because: "held", invitation: standing.invitation }];
  });
  return { invite: [], standings: new Map(held) };
}
