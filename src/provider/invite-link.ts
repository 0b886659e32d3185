/** A group's invite link: made, renewed and closed by the rules of `groups/link.ts`. Deleting the resource keeps it. */
import { z } from "zod";
import { CamsError } from "../cams";
import { changeLink } from "../execution/upkeep/change-link";
import { linkMark, planLink } from "../groups/link";
import type { LinkAct, LinkMemory, LinkPeople, LinkPolicy } from "../groups/types";
import { account, groupId } from "./account-arguments";
import { accountOf, faultsOf, listedOnce } from "./chat-group";
import type { CheckResult } from "./check";
import { INVITE_LINK, RESOURCE, type Kind } from "./kinds";
import { ofGroup } from "./of-group";
import { ORDER } from "./order";
import { HELD, type Session, type UpkeepEnd } from "./session";
import { PREVIEW, PROVIDER, readParticipants, readRecord, UNKNOWN, type Bag } from "./shapes";
import { changeOf, changeText, keepUpkeep, type Change, type UpkeepCommon } from "./upkeep";
import { hasUnknown } from "./unknown";

/** What the program hands over for one link. */
export type InviteLinkOrder = UpkeepCommon &
  (
    | {
        readonly kind: "carry out";
        readonly name: string;
        readonly act: LinkAct | null;
        /** The link that CAMS lists; empty when there is none. */
        readonly live: string;
        readonly memory: LastLink;
      }
    | { readonly kind: "leave alone" }
  );

/** The input with what is remembered of the link; unknown in a preview, as `lastLook` is. */
export const LAST_LINK = "lastLink";

/** `LinkMemory` as that input holds it: digits joined by spaces. */
export interface LastLink {
  readonly holders?: string;
  readonly strangers?: string;
  readonly owed?: { readonly link: string; readonly why: readonly string[] };
}

export function writeLastLink({ holders, strangers, owed }: LinkMemory): LastLink {
  return {
    ...(holders.size === 0 ? {} : { holders: [...holders].sort().join(" ") }),
    ...(strangers.size === 0 ? {} : { strangers: [...strangers].sort().join(" ") }),
    ...(owed === undefined ? {} : { owed }),
  };
}

const lastLink = z.looseObject({
  holders: z.string().optional(),
  strangers: z.string().optional(),
  owed: z.looseObject({ link: z.string(), why: z.array(z.string()) }).optional(),
});

/** What inputs in state tell of the link; undefined when they tell nothing. */
export function readLastLink(
  inputs: Bag,
): { readonly memory: LinkMemory; readonly revision: number | undefined } | undefined {
  const parsed = lastLink.safeParse(inputs[LAST_LINK]);
  if (!parsed.success) return undefined;
  const { holders, strangers, owed } = parsed.data;
  return {
    memory: { holders: readParticipants(holders), strangers: readParticipants(strangers), owed },
    revision: typeof inputs.linkRevision === "number" ? inputs.linkRevision : undefined,
  };
}

/** An act as the input `change` names it. */
export const linkChange = (act: LinkAct | undefined): Change => (act === undefined ? {} : { [act.kind]: act.why });

/** Reverse of `linkChange`. */
export function actIn(change: unknown): LinkAct | undefined {
  const [found] = Object.entries(readRecord(change));
  const kind = (["make", "renew", "close"] as const).find((one) => one === found?.[0]);
  return kind === undefined ? undefined : { kind, why: found?.[1] ?? "" };
}

interface Inputs {
  readonly group: string;
  readonly businessNumber: string;
  readonly custSpaceId: string;
  readonly inviteLink: Exclude<LinkPolicy, "keep">;
  readonly linkRevision?: number | undefined;
}

const schema = z.strictObject({
  group: groupId,
  ...account,
  inviteLink: z.enum(["open", "while-awaited"], "it has to be open or while-awaited"),
  linkRevision: z.int("it has to be a whole number").min(0, "it has to be at least 0").optional(),
});

const ofLink = ofGroup(INVITE_LINK, "the link");
const { keyOf, writes } = ofLink;

export const inviteLink: Kind = {
  async check(session, olds, news): Promise<CheckResult> {
    const order = typeof news[ORDER] === "string" ? (JSON.parse(news[ORDER]) as InviteLinkOrder) : undefined;
    if (order !== undefined) session.root = order.root;
    if (order?.kind === "leave alone") return leaveAlone(session, olds, news, order.plan?.change);
    const { [PROVIDER]: _t, [ORDER]: _o, [PREVIEW]: preview, [RESOURCE]: _k, [LAST_LINK]: _l, ...given } = news;
    if (hasUnknown(given)) {
      // The group is made in this run. What happens to its link is known, but not the GroupId.
      const planned = order?.plan?.change ?? linkChange(order?.act ?? undefined);
      return { inputs: { ...given, [RESOURCE]: INVITE_LINK, ...changeOf(planned), [LAST_LINK]: UNKNOWN } };
    }
    const parsed = schema.safeParse(given);
    if (!parsed.success) return { failures: faultsOf(parsed.error) };
    const inputs: Inputs = parsed.data;
    const look =
      order === undefined ? await lookAlone(session, olds, inputs) : { ...order, act: order.act ?? undefined };
    if (look === "held") return leaveAlone(session, olds, news, undefined);
    if (typeof look === "string") return { failures: [{ property: "group", reason: look }] };
    const change = order?.plan?.change ?? linkChange(look.act);
    const kept = keepUpkeep(session, keyOf(given), {
      change: changeText(change),
      // The inputs have to name what the plan names, even if the program found it done already, or no longer needed.
      carryOut: () =>
        write(
          session,
          inputs,
          order?.name ?? inputs.group,
          look.act === undefined ? undefined : actIn(change),
          look.live,
        ),
      isStale: ({ link }) => link !== look.live,
      stays: order?.plan?.writes === false,
      run: order?.run,
      awaited: order !== undefined,
    });
    if (!kept)
      return { failures: [{ property: "group", reason: `two resources are about the link of ${inputs.group}` }] };
    const remembered = (order?.preview ?? preview === true) ? UNKNOWN : look.memory;
    return { inputs: { [RESOURCE]: INVITE_LINK, ...inputs, ...changeOf(change), [LAST_LINK]: remembered } };
  },

  ...writes,

  async read(session, id, props) {
    try {
      const groups = await listedOnce(session, accountOf(session, props));
      const row = groups.find(({ group }) => group === props.group);
      return { props: row === undefined ? props : { ...props, link: row.inviteLink } };
    } catch (error) {
      if (!(error instanceof CamsError) || error.kind === "access" || error.kind === "unreachable") throw error;
      session.keeper.warn(`${id}: not compared: ${error.message}`);
      return { props };
    }
  },
};

/** A link that is left alone keeps what is remembered of it, too. */
function leaveAlone(session: Session, olds: Bag, news: Bag, planned: Change | undefined): CheckResult {
  const { [LAST_LINK]: memory } = olds;
  const inputs = ofLink.leaveAlone(session, olds, news, planned);
  return { inputs: { ...inputs, ...(memory === undefined ? {} : { [LAST_LINK]: memory }) } };
}

interface Look {
  readonly act: LinkAct | undefined;
  readonly live: string;
  readonly memory: LastLink;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * For a link of a group whose people nobody has looked at in this process, as with `--target` or without `dependsOn`.
 * Whoever may hold the link still may, and nothing is known of anybody else.
 */
const unseen = ({ holders, strangers }: Pick<LinkMemory, "holders" | "strangers"> = NONE): LinkPeople => ({
  declared: holders,
  absent: named(holders),
  dropped: [],
  barred: NOBODY,
  strangers: named(strangers),
});

const NONE = { holders: NOBODY, strangers: NOBODY };
const named = (numbers: ReadonlySet<string>): LinkPeople["absent"] =>
  [...numbers].map((number) => ({ number, name: "" }));

/** For a link in somebody's own program: decides by what this process knows of the group's participants. */
async function lookAlone(session: Session, olds: Bag, inputs: Inputs): Promise<Look | string> {
  const { group, inviteLink: policy, linkRevision: revision } = inputs;
  const prepared = session.groups.get(group);
  if (prepared === HELD || (prepared !== undefined && prepared.approved === undefined)) return "held";
  if (prepared === undefined && policy === "while-awaited")
    return "while-awaited takes a ChatGroupParticipants of the same group, on which this resource depends (dependsOn)";
  const before = olds.group === group ? readLastLink(olds) : undefined;
  const row = (await listedOnce(session, accountOf(session, inputs as unknown as Bag))).find(
    (one) => one.group === group,
  );
  if (row === undefined) return `CAMS does not list ${group}`;
  const plan = planLink(
    {
      ...{ policy, revision, live: row.inviteLink, before },
      ...{ people: prepared?.linkPeople ?? unseen(before?.memory), names: prepared?.desired.names ?? new Map() },
    },
    session.show,
  );
  return { act: plan.act, live: row.inviteLink, memory: writeLastLink(plan.memory) };
}

async function write(
  session: Session,
  inputs: Inputs,
  name: string,
  act: LinkAct | undefined,
  live: string,
): Promise<UpkeepEnd> {
  const { group, businessNumber, custSpaceId } = inputs;
  const outputsOf = (link: string): Bag => ({ [RESOURCE]: INVITE_LINK, group, businessNumber, custSpaceId, link });
  if (act === undefined) return { outputs: outputsOf(live), failed: undefined };
  try {
    const task = { account: accountOf(session, inputs as unknown as Bag), name, group, act, mark: linkMark(live) };
    const { link, failed } = await changeLink(task, session.keeper);
    return { outputs: outputsOf(link), failed };
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    return { outputs: outputsOf(live), failed: `${name} (${group}): ${error.message}` };
  }
}
