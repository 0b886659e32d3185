/**
 * The invitations of one group, as a resource. It comes after the group's people and its link: the people's step has
 * put the attempt on record by then. Its outputs say how that attempt ended. Only Rollcall's own program has it.
 */
import * as ambient from "../ambient";
import { sendInvitations } from "../execution/invitations/send";
import type { Invitee, InviteTemplate } from "../invitations/types";
import { accountOf } from "./chat-group";
import type { CheckResult } from "./check";
import { readEnd, writeEnd } from "./invitation-memory";
import { INVITATIONS, RESOURCE, type Kind } from "./kinds";
import { ofGroup } from "./of-group";
import { ORDER } from "./order";
import { HELD, type Session, type UpkeepEnd } from "./session";
import { readRecord, type Bag } from "./shapes";
import { bare, CHANGE, changeOf, changeText, keepUpkeep, type Change, type UpkeepCommon } from "./upkeep";
import { hasUnknown } from "./unknown";

/** What the program hands over for the invitations of one group. */
export type InvitationsOrder = UpkeepCommon & (CarryOutInvitations | { readonly kind: "leave alone" });

export interface CarryOutInvitations {
  readonly kind: "carry out";
  /** The people who are invited: number as `display` writes it → name. */
  readonly change: Change;
  /** The attempt that is on record; null when there is none. */
  readonly attempt: OrderedAttempt | null;
}

export interface OrderedAttempt {
  readonly at: string;
  /** Whom to write to; nobody where the group's removals or its link were not completed. */
  readonly people: readonly Invitee[];
  readonly template: InviteTemplate;
  /** Null: as CAMS lists it. */
  readonly subject: string | null;
  /** Numbers of people with an open invitation. */
  readonly open: readonly string[];
  /** Number → `linkMark` of the link in the person's last message. */
  readonly links: Readonly<Record<string, string>>;
  /** MessageIds that are on record of the group. */
  readonly earlier: readonly string[];
}

const { keyOf, leaveAlone, writes } = ofGroup(INVITATIONS, "the invitations");

export const invitations: Kind = {
  check(session, olds, news): CheckResult {
    if (typeof news[ORDER] !== "string")
      return { failures: [{ property: "group", reason: "only Rollcall's own program sends invitations" }] };
    const order = JSON.parse(news[ORDER]) as InvitationsOrder;
    session.root = order.root;
    if (order.kind === "leave alone") return { inputs: leaveAlone(session, olds, news, order.plan?.change) };
    const inputs = bare(news);
    const change = order.plan?.change ?? order.change;
    const checked = { inputs: { ...inputs, [RESOURCE]: INVITATIONS, ...changeOf(change) } };
    if (hasUnknown(inputs)) return checked;
    const kept = keepUpkeep(session, keyOf(inputs), {
      change: changeText(change),
      carryOut: (before) => send(session, checked.inputs, order.attempt ?? undefined, before),
      isStale: () => false,
      stays: order.plan?.writes === false,
      run: order.run,
      awaited: true,
    });
    if (kept) return checked;
    return { failures: [{ property: "group", reason: `two resources invite people into ${String(inputs.group)}` }] };
  },

  ...writes,

  /** There is nothing to look at: what became of messages is read by the program. */
  read: (_session, _id, props) => Promise.resolve({ props }),
};

const NO_RECORD =
  "nobody was invited, since PULUMI_SKIP_CHECKPOINTS keeps Pulumi from noting what it begins: a run that is killed could not tell whom " +
  "it has written to. Run pulumi up without it";

async function send(
  session: Session,
  inputs: Bag,
  attempt: OrderedAttempt | undefined,
  olds: Bag | undefined,
): Promise<UpkeepEnd> {
  const { group, businessNumber, custSpaceId } = inputs;
  const known = { [RESOURCE]: INVITATIONS, group, businessNumber, custSpaceId };
  const before = readEnd(olds ?? {});
  if (attempt === undefined)
    return { outputs: { ...known, ...(before === undefined ? {} : writeEnd(before)) }, failed: undefined };
  const ended = (results: Parameters<typeof writeEnd>[0]["results"], failures: readonly string[]): UpkeepEnd => ({
    outputs: { ...known, ...writeEnd({ at: attempt.at, results }) },
    failed: failures.length === 0 ? undefined : failures.join("\n"),
  });
  if (attempt.people.length === 0) return ended([], []);
  const named = readRecord(inputs[CHANGE]);
  if (attempt.people.some(({ number }) => !(session.show(number) in named)))
    return ended([], [`${String(group)}: nobody was invited, since these are not the people who were checked`]);
  if (ambient.skipsCheckpoints()) return ended([], [`${String(group)}: ${NO_RECORD}`]);
  const prepared = session.groups.get(String(group));
  if (prepared === undefined || prepared === HELD || prepared.observed === undefined || prepared.approved === undefined)
    return ended([], [`${String(group)}: nobody was invited, since this process has not checked who is in the group`]);
  const { desired, observed, approved } = prepared;
  const { results, failures } = await sendInvitations(
    {
      ref: { group: String(group), ...accountOf(session, inputs) },
      ...{ desired, observed, removing: new Set(approved.remove.map(({ number }) => number)) },
      ...{ invite: attempt.people, at: attempt.at, template: attempt.template },
      ...{ subject: attempt.subject ?? undefined, open: new Set(attempt.open) },
      ...{ links: new Map(Object.entries(attempt.links)), earlier: new Set(attempt.earlier) },
    },
    session.inviter,
  );
  return ended(results, failures);
}
