/** Registers the invitations of groups, after their people and their links. */
import { idsOf, isOpen } from "../invitations/memory";
import type { InvitationsOrder, OrderedAttempt } from "../provider/invitations";
import { ORDER } from "../provider/order";
import { ChatGroupInvitations } from "../provider/invitations-resource";
import { inTurn } from "./in-turn";
import { invitationsOf } from "./invitation-inputs";
import { isInviting, type PlannedGroup } from "./plan-run";
import type { RegisterOptions, RunParts } from "./register";
import { commonOf, isKnown, optionsFor, ownPlan, pairs, type Kind, type RegisteredUpkeep } from "./register-upkeep";

/** What became of the steps of a group that come before its invitations. */
export interface StepsBefore {
  /**
   * Whether the attempt of this run is on record with the group's people. If it is not, the attempt before it still is, and how
   * that one ended must not be written over.
   */
  readonly isRecorded: (one: PlannedGroup) => boolean;
  /** Whether the group's removals and its link are done; else nobody is written to. */
  readonly isDone: (one: PlannedGroup) => boolean;
}

/**
 * Registers a resource for each group in which somebody is invited, or whose invitations the state knows. Pulumi deletes
 * a resource that is not registered, and with it how the last attempt ended. So without the state each group has one in
 * which people may be invited.
 */
export async function registerInvitations(
  some: readonly PlannedGroup[],
  { plan, last, groupOf }: RunParts,
  { isRecorded, isDone }: StepsBefore,
  options: RegisterOptions,
): Promise<readonly RegisteredUpkeep<ChatGroupInvitations>[]> {
  const kind: Kind = { last: last?.invitations, planned: plan.reviewed?.invitations };
  const names = new Set(plan.groups.map(({ desired }) => desired.name));
  const registered = some.filter((one) => isRegistered(one) && groupOf(one) !== undefined);
  const resources = await inTurn(registered, (one) => {
    const { businessNumber, custSpaceId } = one.ref;
    const order = JSON.stringify(orderOf(one));
    const args = { group: groupOf(one) ?? "", businessNumber, custSpaceId, [ORDER]: order };
    return new ChatGroupInvitations(one.desired.name, args, optionsFor(one, kind, names));
  });
  return pairs(registered, resources);

  function isRegistered(one: PlannedGroup): boolean {
    if (kind.planned !== undefined) return kind.planned.has(one.desired.name);
    const mayBeKnown = last === undefined ? one.invite !== undefined : isKnown(one, kind, names);
    return mayBeKnown || isInviting(one);
  }

  function orderOf(one: PlannedGroup): InvitationsOrder {
    const change = invitationsOf(one, options.show);
    const common = commonOf(options, ownPlan(one, kind), change);
    if (one.invitations === undefined || one.verdict.kind === "held") return { kind: "leave alone", ...common };
    return { kind: "carry out", ...common, change, attempt: attemptOf(one) };
  }

  function attemptOf(one: PlannedGroup): OrderedAttempt | null {
    const { invitations, invite: wish } = one;
    if (invitations === undefined || wish === undefined || invitations.invite.length === 0) return null;
    if (!isRecorded(one)) return null;
    return {
      at: options.at,
      people: isDone(one) ? invitations.invite : [],
      template: wish.template,
      subject: one.wish?.subject ?? null,
      open: [...invitations.invited].flatMap(([number, invitation]) =>
        isOpen(invitation) && invitations.standings.has(number) ? [number] : [],
      ),
      links: Object.fromEntries(
        [...invitations.invited].flatMap(([number, { link }]) => (link === undefined ? [] : [[number, link]])),
      ),
      earlier: [...invitations.invited.values()].flatMap(idsOf),
    };
  }
}
