/** What the contract says of the messages of a run: who gets one, when, and what is on record of it. */
import type { Digits } from "../../../src/membership/types";
import { isOpen, type Cause, type Ended, type Entries, type Result } from "./book";
import type { Call, Cams } from "./cams";
import type { Opinion } from "./contract";
import type { Invited } from "./inviting";
import { isRight } from "./known";
import { TEMPLATE, type SendCall, type SendStep } from "./post";
import type { Bag } from "./state";
import { count, same } from "./tally";

/** After these steps of a message nobody else of its group is written to. */
const HALTS: readonly SendStep[] = ["template", "access"];
/** After these somebody may come by the message. */
const MAY_COME: readonly SendStep[] = ["ok", "without id", "lost", "lost but done"];

/** What is known right before a message. */
interface Before {
  readonly last: readonly Digits[] | undefined;
  readonly rows: Extract<Call, { kind: "groups" }>["rows"];
  /** New people who may come by messages of this run. */
  readonly sent: number;
  readonly halted: boolean;
  readonly earlier: SendCall | undefined;
}

/**
 * Follows the calls for messages into one group, and complains of one that nothing allows.
 * @returns the last call for each person who was written to
 */
export function followSends(
  cams: Cams,
  group: string,
  opinion: Opinion,
  { invite, entries }: Pick<Invited, "invite" | "entries">,
  rollCall: readonly Digits[],
): ReadonlyMap<Digits, SendCall> {
  const calls = new Map<Digits, SendCall>();
  let [last, rows, sent, halted]: [Before["last"], Before["rows"], number, boolean] = [undefined, undefined, 0, false];
  for (const call of cams.calls) {
    if (call.kind === "listed" && call.group === group) last = call.people;
    if (call.kind === "groups") rows = call.rows;
    if (call.kind !== "message" || call.group !== group) continue;
    const before = { last, rows, sent, halted, earlier: calls.get(call.to) };
    same(
      whyNot(call, { group, opinion, invite, entries, rollCall }, before),
      [],
      `why nobody of ${group} may be sent this`,
    );
    calls.set(call.to, call);
    halted ||= HALTS.includes(call.step);
    if (MAY_COME.includes(call.step) && !hasOpen(entries, call.to)) sent += 1;
  }
  return calls;
}

interface Sending {
  readonly group: string;
  readonly opinion: Opinion;
  readonly invite: ReadonlyMap<Digits, Cause>;
  readonly entries: Entries;
  readonly rollCall: readonly Digits[];
}

function whyNot(
  { to, link, asked, onRecord }: SendCall,
  { group, opinion, invite, entries, rollCall }: Sending,
  { last, rows, sent, halted, earlier }: Before,
): readonly string[] {
  const { wanted, planned } = opinion;
  const hasIt = invite.get(to)?.purpose === "new link" && entries.get(to)?.link === link;
  const row = rows?.find((one) => one.group === group);
  // A place is kept for whoever may still come.
  const missing = opinion.judged!.awaiting.filter((one) => hasOpen(entries, one) && last?.includes(one) === false);
  const waiting = missing.filter((one) => !opinion.judged!.removedBefore.includes(one)).length;
  const places = 8 - (last?.length ?? 8) - wanted.rows - waiting - sent;
  const parameters = { name: `N${to.slice(-2)}`, group: `Team ${group}`, link };
  const content = { template: TEMPLATE, language: "en", parameters };
  const faults: readonly (readonly [boolean, string])[] = [
    [!invite.has(to), `${to} is not planned`],
    [!onRecord, `that ${to} is to be written to is not on record`],
    [earlier !== undefined && earlier.step !== "look too old", `${to} was written to in this run`],
    [halted, "a message said that none can be sent"],
    [last === undefined, "the group is not listed"],
    [last?.includes(to) === true, `${to} is there`],
    [planned.some((one) => last?.includes(one) === true), "somebody is still there who was to be removed"],
    [last !== undefined && isRight(wanted, rollCall, last, new Set(planned)) === "no", "the listing can't be right"],
    [row?.status !== "ACTIVE", "the group is not listed as ACTIVE"],
    [hasIt, "they have this very link already"],
    [link === "" || row?.inviteLink !== link, "it is not the link of the group"],
    [places < (hasOpen(entries, to) ? 0 : 1), "there is no room"],
    [JSON.stringify(asked) !== JSON.stringify(content), `it says ${JSON.stringify(asked)}`],
  ];
  return faults.flatMap(([is, what]) => (is ? [what] : []));
}

const hasOpen = (entries: Entries, number: Digits): boolean => {
  const one = entries.get(number);
  return one !== undefined && isOpen(one);
};

/** What a call has to come to on record; undefined: nothing was sent. */
function resultOf({ step, id, link }: SendCall): Result | undefined {
  switch (step) {
    case "ok":
      return { state: "accepted", id, link };
    case "without id":
      return { state: "accepted", link };
    case "final":
      return { state: "failed" };
    case "lost":
    case "lost but done":
      return { state: "unknown", link };
    default:
      return undefined;
  }
}

/**
 * How the attempt ended, compared with what the state says of it. A message of unknown outcome may have been found meanwhile: it is
 * the one that CAMS took then. If it was listed at once and with its text, it has to be.
 */
export function endOf(
  { invite }: Pick<Invited, "invite">,
  calls: ReadonlyMap<Digits, SendCall>,
  { now, outputs, isClear }: { readonly now: number; readonly outputs: Bag; readonly isClear: boolean },
): Ended {
  same(outputs.ended, new Date(now).toISOString(), "the attempt that ended");
  const told = outputs.results as readonly { outcome: string; id?: string }[];
  const results = new Map<Digits, Result>();
  [...invite.keys()].sort().forEach((number, index) => {
    const { outcome = "not sent", id } = told[index] ?? {};
    const call = calls.get(number);
    const result = call === undefined ? undefined : resultOf(call);
    const isFound = call?.step === "lost but done" && outcome === "accepted" && id === call.id;
    const ended: Result | undefined = isFound ? { state: "accepted", id, link: call.link } : result;
    same([outcome, id ?? ""], [ended?.state ?? "not sent", ended?.id ?? ""], `what is on record of ${number}`);
    if (call?.step === "lost but done") {
      if (isClear) same(isFound, true, `the message to ${number} is found`);
      count(isFound ? "lost messages that are found at once" : "lost messages that stay unknown");
    }
    if (ended !== undefined) results.set(number, ended);
  });
  return { at: now, results };
}
