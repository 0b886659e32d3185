/**
 * `check` fills `removals`: what a preview shows is inputs, and what a plan binds is inputs, so whoever is to be
 * removed has to be among them. It runs in every preview and every update, reads at most, and leaves behind in this
 * process what `create` and `update` may execute.
 */
import type { GroupRef } from "../cams";
import type { History } from "../membership/types";
import type { Settings } from "../settings";
import { argumentsSchema, QUOTED } from "./arguments";
import { prepareAlone, prepareFromRollCall } from "./prepare";
import { NOT_DECLARED } from "./read";
import { HELD, type Session } from "./session";
import { PROVIDER, readRecord, ROLL_CALL, UNKNOWN, type Bag, type Inputs, type Policy, type RollCall } from "./shapes";

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
  const roll = typeof news[ROLL_CALL] === "string" ? (JSON.parse(news[ROLL_CALL]) as RollCall) : undefined;
  if (roll !== undefined) session.root = roll.root;
  if (roll?.held === true) return stayAsItIs(session, olds, news);
  if (hasUnknown(news)) {
    session.executor.warn(
      "who belongs in a group is not known before up, so this preview can't name who would be removed",
    );
    if (typeof news.group === "string") session.unsure.add(news.group);
    return { inputs: bare(news) };
  }

  const read = readArguments(session.settings, news);
  if (read.inputs === undefined) return { failures: read.failures };
  const { inputs, policy } = read;
  const { group, businessNumber, custSpaceId } = inputs;
  const ref: GroupRef = { group, businessNumber, custSpaceId, channelType: session.settings.channelType };
  const history = historyOf(olds, inputs.group, roll);
  const prepared =
    roll === undefined
      ? await prepareAlone(session, ref, inputs.members, policy, history, startedIn(olds))
      : prepareFromRollCall(session, ref, inputs.members, roll, history);
  if (prepared === undefined) {
    return {
      failures: [
        { property: "group", reason: `${inputs.group} is declared by two resources: no further removal from it` },
      ],
    };
  }
  const ofTheRun = prepared.refusals.filter(({ name }) => name === undefined);
  if (ofTheRun.length > 0)
    return { failures: ofTheRun.map(({ message }) => ({ property: "members", reason: message })) };
  for (const { message } of prepared.refusals) session.executor.warn(`held: ${message}`);

  const removals = (prepared.approved?.remove ?? []).map(({ number, reason }) => [session.show(number), reason]);
  return {
    inputs:
      removals.length === 0 ? inputs : { ...inputs, removals: Object.fromEntries(removals) as Inputs["removals"] },
  };
}

/**
 * A held group keeps the inputs of the last run, but for removals: those were that run's. A held group that is new is
 * shown by previews as it is declared, and `create` refuses it: a failure here would end the run for all the others.
 */
function stayAsItIs(session: Session, olds: Bag, news: Bag): CheckResult {
  if (typeof olds.group !== "string") return { inputs: bare(news) };
  session.groups.set(olds.group, HELD);
  const { removals: _, ...rest } = bare(olds);
  return { inputs: { ...rest, members: Object.fromEntries(declaredIn(olds)) } };
}

/** Who was declared at the last run: a refresh writes strangers beside them. */
function declaredIn(olds: Bag): ReadonlyMap<string, string> {
  return new Map(Object.entries(readRecord(olds.members)).filter(([, name]) => name !== NOT_DECLARED));
}

/**
 * Whom the last run was to remove because the roster dropped them, as `display` writes numbers. Where that failed
 * half-way they are members in the outputs alone, which `check` does not see.
 */
function startedIn(olds: Bag): ReadonlySet<string> {
  const dropped = Object.entries(readRecord(olds.removals)).filter(([, reason]) => reason === "dropped from roster");
  return new Set(dropped.map(([shown]) => shown));
}

/** The roll call knows the state of every group; a resource on its own knows only its own inputs of the last run. */
function historyOf(olds: Bag, group: string, roll: RollCall | undefined): History {
  const adopted = roll?.adopted ?? olds.group === group;
  if (!adopted) return { kind: "new" };
  return {
    kind: "adopted",
    last: { name: "", members: declaredIn(olds), present: undefined },
  };
}

type Read =
  | { readonly inputs: Inputs; readonly policy: Policy }
  | { readonly inputs: undefined; readonly failures: readonly CheckFailure[] };

function readArguments({ display }: Pick<Settings, "display">, news: Bag): Read {
  const { [PROVIDER]: _text, [ROLL_CALL]: _roll, ...given } = news;
  const result = argumentsSchema[display].safeParse(given);
  if (result.success) {
    const { group, businessNumber, custSpaceId, members, ...policy } = result.data;
    return { inputs: { group, businessNumber, custSpaceId, members }, policy };
  }
  const named = (keys: readonly PropertyKey[], by: string): string =>
    keys.map((key) => (typeof key === "string" ? QUOTED[display](key) : String(key))).join(by);
  const failures = result.error.issues.map((issue) => ({
    property: issue.code === "unrecognized_keys" ? named(issue.keys, ", ") : named(issue.path, "."),
    reason: issue.code === "unrecognized_keys" ? "there is no such argument" : issue.message,
  }));
  return { inputs: undefined, failures };
}

/** Whether a preview does not know some argument yet, or a part of one, such as a protected number. */
export function hasUnknown(news: Bag): boolean {
  return JSON.stringify(news).includes(UNKNOWN);
}

/** The declared inputs alone: no policy, no roll call, no provider text. */
function bare(bag: Bag): Record<string, unknown> {
  const { group, businessNumber, custSpaceId, members, removals } = bag;
  return { group, businessNumber, custSpaceId, members, ...(removals === undefined ? {} : { removals }) };
}
