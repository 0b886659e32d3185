/**
 * `check` fills `removals`: what a preview shows is inputs, and what a plan binds is inputs, so whoever is to be
 * removed has to be among them. It runs in every preview and every update, reads at most, and leaves behind in this
 * process what `create` and `update` may execute.
 */
import type { GroupRef } from "../cams";
import { GROUP_SIZE } from "../cams";
import type { History } from "../membership/types";
import { prepareAlone, prepareFromRollCall } from "./prepare";
import type { Session } from "./session";
import { readRecord, ROLL_CALL, UNKNOWN, type Inputs, type Members, type Policy, type RollCall } from "./shapes";

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs?: Inputs | Record<string, unknown>;
  readonly failures?: readonly CheckFailure[];
}

type Bag = Readonly<Record<string, unknown>>;

/** @param olds the checked inputs of the last run, empty for a new resource */
export async function check(session: Session, olds: Bag, news: Bag): Promise<CheckResult> {
  const roll = typeof news[ROLL_CALL] === "string" ? (JSON.parse(news[ROLL_CALL]) as RollCall) : undefined;
  if (roll?.held === true) return stayAsItIs(olds, roll);
  if (hasUnknown(news)) return { inputs: bare(news) };

  const { inputs, failures } = readInputs(news);
  if (inputs === undefined) return { failures };
  const ref: GroupRef = { ...inputs, channelType: session.settings.channelType };
  const history = historyOf(olds, inputs.group, roll);
  const prepared =
    roll === undefined
      ? await prepareAlone(session, ref, inputs.members, news as Policy, history)
      : prepareFromRollCall(session, ref, inputs.members, roll, history);
  session.prepared.set(inputs.group, prepared);

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

/** A held group keeps the inputs of the last run, but for removals: those were that run's. */
function stayAsItIs(olds: Bag, roll: RollCall): CheckResult {
  if (typeof olds.group !== "string") {
    return {
      failures: [{ property: "group", reason: `${roll.name}: a guard holds this group, so it is not adopted` }],
    };
  }
  const { removals: _, ...rest } = bare(olds);
  return { inputs: rest };
}

/** The roll call knows the state of every group; a resource on its own knows only its own inputs of the last run. */
function historyOf(olds: Bag, group: string, roll: RollCall | undefined): History {
  const adopted = roll?.adopted ?? olds.group === group;
  if (!adopted) return { kind: "new" };
  return {
    kind: "adopted",
    last: { name: "", members: new Map(Object.entries(readRecord(olds.members))), present: undefined },
  };
}

function readInputs(news: Bag): { readonly inputs?: Inputs; readonly failures: readonly CheckFailure[] } {
  const failures: CheckFailure[] = [];
  const text = (property: string, form: RegExp, what: string): string => {
    const value = news[property];
    if (typeof value === "string" && form.test(value)) return value;
    failures.push({ property, reason: `${JSON.stringify(value) ?? "nothing"} is not ${what}` });
    return "";
  };
  const inputs = {
    group: text("group", /^\S+$/, "a CAMS GroupId"),
    businessNumber: text(
      "businessNumber",
      /^\d{5,15}$/,
      'a business number: digits with country code, such as "8613800000000"',
    ),
    custSpaceId: text("custSpaceId", /^\S+$/, "a CAMS CustSpaceId, such as cams-8c8e"),
    members: readMembers(news.members, failures),
  };
  return failures.length > 0 ? { failures } : { inputs, failures };
}

function readMembers(value: unknown, failures: CheckFailure[]): Members {
  const members: Record<string, string> = {};
  const entries = Object.entries(readRecord(value));
  if (typeof value !== "object" || value === null || entries.length !== Object.keys(value).length) {
    failures.push({ property: "members", reason: "it has to be an object of number → name" });
  }
  for (const [written, name] of entries) {
    const number = written.replace(/[\s().+-]/g, "");
    if (!/^\d{5,15}$/.test(number))
      failures.push({ property: "members", reason: `"${written}" is not a number in international form` });
    else if (number in members)
      failures.push({ property: "members", reason: `"${written}" is a second entry for one number` });
    members[number] = name;
  }
  if (entries.length > GROUP_SIZE) {
    failures.push({
      property: "members",
      reason: `${entries.length} people are declared, but a group holds at most ${GROUP_SIZE}`,
    });
  }
  return members;
}

function hasUnknown(news: Bag): boolean {
  const { group, businessNumber, custSpaceId, members } = news;
  return [group, businessNumber, custSpaceId, members, ...Object.values(readRecord(members))].includes(UNKNOWN);
}

/** The declared inputs alone: no policy, no roll call, no provider text. */
function bare(bag: Bag): Record<string, unknown> {
  const { group, businessNumber, custSpaceId, members, removals } = bag;
  return { group, businessNumber, custSpaceId, members, ...(removals === undefined ? {} : { removals }) };
}
