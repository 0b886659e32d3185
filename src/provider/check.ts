/**
 * `check` fills the input `removals`. A preview shows inputs, and a plan binds inputs, so the people who are to be
 * removed have to be among them. It also writes what this look saw, for the guards of the next run. It runs in every
 * preview and every update, and changes nothing at CAMS. In this process it keeps what `create` and `update` may
 * execute.
 */
import type { GroupRef } from "../cams";
import type { History } from "../membership/types";
import type { Settings } from "../settings";
import { argumentsSchema, QUOTED } from "./arguments";
import { writtenIn } from "./invitation-memory";
import { historyIn, LAST_LOOK, NEVER, UNKNOWN_LOOK, writeLastLook } from "./last-look";
import { ORDER, readOrder, type LeaveAlone } from "./order";
import { planAlone, planFromOrder } from "./plan-group";
import { ROSTER_MARK, rosterMark } from "./roster-mark";
import { HELD, type Session } from "./session";
import { HELD_INPUT, PREVIEW, PROVIDER, readRecord, UNDECIDED, type Bag, type Inputs, type Policy } from "./shapes";
import { undecidedIn, undecidedText } from "./undecided";
import { hasUnknown } from "./unknown";

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs?: Inputs | Record<string, unknown>;
  readonly failures?: readonly CheckFailure[];
}

/** @param olds the checked inputs of the last run, empty for a new resource */
export async function check(session: Session, olds: Bag, news: Bag): Promise<CheckResult> {
  const order = typeof news[ORDER] === "string" ? readOrder(news[ORDER]) : undefined;
  if (order !== undefined) session.root = order.root;
  if (order?.kind === "leave alone") return leaveAlone(session, olds, news, order);
  const { [LAST_LOOK]: _, ...given } = news;
  if (hasUnknown(given)) {
    // For a group that is made in this run, the program's order already says that nobody is in it.
    if (order === undefined)
      session.executor.warn(
        "who belongs in a group is not known before up, so this preview can't name who would be removed",
      );
    if (typeof news.group === "string") session.unsure.add(news.group);
    const told =
      order === undefined
        ? {}
        : { ...invitationsOf(order.plan?.invitations ?? order.invite), ...markOf(session, readRecord(news.members)) };
    return { inputs: { ...bare(news), ...told, [LAST_LOOK]: UNKNOWN_LOOK } };
  }

  const read = readArguments(session.settings, news);
  if (read.kind === "wrong") return { failures: read.failures };
  const { inputs, policy } = read;
  const { group, businessNumber, custSpaceId } = inputs;
  const ref: GroupRef = { group, businessNumber, custSpaceId, channelType: session.settings.channelType };
  const history = order === undefined || order.history.kind === "unknown" ? historyOf(olds, group) : order.history;
  if (order?.history.kind === "unknown" && olds.group !== group && (typeof olds.group === "string" || !order.preview)) {
    return { failures: [{ property: "group", reason: unreadText(order.desired.name, olds.group, group) }] };
  }
  const undecided = undecidedIn(news);
  if (undecided.length > 0) session.undecided.set(group, undecided);
  const look =
    order === undefined
      ? await planAlone(session, ref, inputs.members, policy, history)
      : planFromOrder(session, ref, order, history);
  if (look === undefined) {
    return {
      failures: [
        { property: "group", reason: `${inputs.group} is declared by two resources: no further removal from it` },
      ],
    };
  }
  const { prepared, memory } = look;
  const ofTheRun = prepared.refusals.filter(({ name }) => name === undefined);
  if (ofTheRun.length > 0)
    return { failures: ofTheRun.map(({ message }) => ({ property: "members", reason: message })) };
  for (const { message } of prepared.refusals) session.executor.warn(`held: ${message}`);

  if (undecided.length > 0 && (prepared.approved?.remove ?? []).length > 0)
    session.executor.warn(`held: ${undecidedText(group, undecided)}`);

  const preview = order?.preview ?? news[PREVIEW] === true;
  const before = history.kind === "adopted" ? olds[LAST_LOOK] : NEVER;
  const invited =
    order?.invitations === undefined ? writtenIn(sameGroup(olds, group)) : { invitations: order.invitations };
  const seen = memory === undefined ? before : { ...writeLastLook(memory, inputs.members), ...invited };
  const told = {
    ...removalsOf(prepared.named),
    ...invitationsOf(prepared.invited),
    ...markOf(session, inputs.members),
  };
  return { inputs: { ...inputs, ...told, ...lookOf(preview ? UNKNOWN_LOOK : seen) } };
}

/** What a record tells of this group: nothing when it is the record of another one. */
const sameGroup = (olds: Bag, group: string): Bag => (olds.group === group ? olds : {});

/**
 * For a program that can't read the state. It can't tell whether the record that it would replace still belongs to
 * another roster. Nor can it tell whether a group without a record is new: its roster may have been renamed, and then
 * the old record would be deleted.
 */
const unreadText = (name: string, recorded: unknown, group: string): string => {
  const found =
    typeof recorded === "string" ? `the state has ${recorded} under that name` : "the state has no such name";
  return (
    `${name} declares ${group}, and ${found}. Nothing is done, since what is known of a group might be lost, and the program ` +
    "could not read the state. Make `pulumi stack export` work (log in, give the passphrase), and run again"
  );
};

/** Where members are secrets, a plan does not show of which members it was made. This digest does. */
const markOf = ({ settings, show }: Session, members: Inputs["members"]): Record<string, unknown> =>
  settings.display === "masked" ? { [ROSTER_MARK]: rosterMark(Object.entries(members), show) } : {};

const lookOf = (look: unknown): Record<string, unknown> => (look === undefined ? {} : { [LAST_LOOK]: look });

const invitationsOf = (invited: NonNullable<Inputs["invitations"]>): Pick<Inputs, "invitations"> =>
  Object.keys(invited).length === 0 ? {} : { invitations: invited };

const removalsOf = (named: NonNullable<Inputs["removals"]>): Pick<Inputs, "removals"> =>
  Object.keys(named).length === 0 ? {} : { removals: named };

/**
 * A group that is left alone keeps the inputs of the last run, except its removals. If a plan was reviewed when no
 * guard held the group, the plan binds its inputs; then the memory of the last look says who was declared. If that plan
 * makes the resource, the group is still to be adopted.
 */
function leaveAlone(session: Session, olds: Bag, news: Bag, order: LeaveAlone): CheckResult {
  const { plan, history, preview, held } = order;
  const known = typeof olds.group === "string" ? olds.group : undefined;
  const members = readRecord(news.members);
  if (plan === undefined) {
    if (known === undefined) {
      return { inputs: { ...bare(news), ...markOf(session, members), ...lookOf(preview ? UNKNOWN_LOOK : NEVER) } };
    }
    session.groups.set(known, HELD);
    const { removals: _, ...rest } = bare(olds);
    return { inputs: { ...rest, ...(held === undefined ? {} : { [HELD_INPUT]: held }), ...lookOf(olds[LAST_LOOK]) } };
  }
  session.groups.set(String(news.group), HELD);
  const memory = history.kind === "adopted" ? history.memory : undefined;
  const invited = writtenIn(sameGroup(olds, String(news.group)));
  const seen = memory === undefined ? NEVER : { ...writeLastLook(memory, members), ...invited };
  const told = { ...removalsOf(plan.removals), ...invitationsOf(plan.invitations), ...markOf(session, members) };
  return { inputs: { ...bare(news), ...told, ...lookOf(preview ? UNKNOWN_LOOK : seen) } };
}

/** What the inputs of the last run tell of the group. */
function historyOf(olds: Bag, group: string): History {
  return olds.group === group ? historyIn(olds, undefined) : { kind: "new", memory: undefined };
}

type Read =
  | { readonly kind: "ok"; readonly inputs: Inputs; readonly policy: Policy }
  | { readonly kind: "wrong"; readonly failures: readonly CheckFailure[] };

function readArguments({ display }: Pick<Settings, "display">, news: Bag): Read {
  const {
    [PROVIDER]: _text,
    [ORDER]: order,
    [LAST_LOOK]: _look,
    [PREVIEW]: _preview,
    [UNDECIDED]: _undecided,
    ...given
  } = news;
  const result = argumentsSchema(display, given, order !== undefined).safeParse(given);
  if (result.success) {
    const { group, businessNumber, custSpaceId, members, ...policy } = result.data;
    return { kind: "ok", inputs: { group, businessNumber, custSpaceId, members }, policy };
  }
  const named = (keys: readonly PropertyKey[], by: string): string =>
    keys.map((key) => (typeof key === "string" ? QUOTED[display](key) : String(key))).join(by);
  const failures = result.error.issues.map((issue) => ({
    property: issue.code === "unrecognized_keys" ? named(issue.keys, ", ") : named(issue.path, "."),
    reason: issue.code === "unrecognized_keys" ? "there is no such argument" : issue.message,
  }));
  return { kind: "wrong", failures };
}

/** The declared inputs alone: no policy, no order, no memory, no provider text. */
function bare(bag: Bag): Record<string, unknown> {
  const { group, businessNumber, custSpaceId, members, removals, [ROSTER_MARK]: mark } = bag;
  return {
    ...{ group, businessNumber, custSpaceId, members },
    ...(removals === undefined ? {} : { removals }),
    ...(mark === undefined ? {} : { [ROSTER_MARK]: mark }),
  };
}
