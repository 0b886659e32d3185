/**
 * Sends the invitations of one group. A message can't be taken back, and a repeated call is a second message. So each
 * person is sent one call, which is repeated only where CAMS says that it did nothing because of throttling.
 *
 * Before the first message the group is listed again, and its link is looked up. Whoever is there by now is not written
 * to, and places are counted again. If a call's outcome is unknown, the message is looked for in the list of messages;
 * if it is not found there, the outcome stays unknown, because that list may lag.
 */
import { CamsError, GROUP_SIZE, unlessCams, type CamsErrorKind } from "../../cams";
import { messageFailure } from "../../cams/failures";
import { linkMark } from "../../groups/link";
import { CLOCK_SKEW_MS, messageOf } from "../../invitations/memory";
import type { Invitee, SendResult } from "../../invitations/types";
import { nameOf, secondLook } from "../../membership/guards";
import { lookNow } from "../upkeep/ask";
import { note } from "../note";
import { poll } from "../poll";
import { notThere } from "../upkeep/there";
import type { Whole } from "../types";
import type { InviteEnd, Inviter, InviteTask } from "./types";

/** What is known of the group right before a message. */
interface Ready {
  readonly look: Whole;
  readonly link: string;
  readonly subject: string;
}

/** Failures that meet every further call of the run. */
const FINAL: readonly CamsErrorKind[] = ["access", "stopped", "engine gone"];
/**
 * Most listings that one message may be sent by, one after the other, while it is throttled: a minute and a half or so. Fewer
 * than for a removal, since a message can wait for the next run.
 */
const MOST_LOOKS = 6;

/** Sends them, one after the other. It throws nothing that CAMS says: whatever was sent is in the results. */
export async function sendInvitations(task: InviteTask, inviter: Inviter): Promise<InviteEnd> {
  const { ref, desired, invite } = task;
  const where = `${desired.name} (${ref.group})`;
  const results: SendResult[] = [];
  const failures: string[] = [];
  /** Why nobody else is written to. */
  let halted: string | undefined;
  let ready: Ready | undefined;
  let sent = 0;
  for (const person of invite) {
    const told = await one(person);
    results.push(told.result);
    if (told.failure !== undefined) failures.push(`${where}: ${nameOf(person, inviter.show)} ${told.failure}`);
  }
  return { results, failures };

  async function one(person: Invitee): Promise<{ readonly result: SendResult; readonly failure: string | undefined }> {
    for (let looks = 1; ; looks++) {
      halted ??= inviter.refusedTemplates.get(task.template.code);
      if (halted !== undefined) return notSent(`was not invited: ${halted}`);
      const seen = ready ?? (await look(task, inviter));
      if (typeof seen === "string") {
        halted = seen;
        continue;
      }
      ready = seen;
      if (seen.look.participants.includes(person.number)) return { result: NOT_SENT, failure: undefined };
      if (hasLiveLink(person, task, seen)) return { result: NOT_SENT, failure: undefined };
      // A place is kept already for somebody with an open invitation. Strangers may have taken it.
      if (placesIn(task, seen, sent) < (task.open.has(person.number) ? 0 : 1))
        return notSent("was not invited: there is no room in the group any more");
      const answer = await send(person, seen, task, inviter);
      if (answer.kind === "stale") {
        // Everybody else would wait as long, and in vain.
        if (looks === MOST_LOOKS) halted = answer.why;
        ready = undefined;
        continue;
      }
      if (answer.halts !== undefined) halted = answer.halts;
      if (mayCome(answer.result) && !task.open.has(person.number)) sent += 1;
      return { result: answer.result, failure: failureOf(answer.result) };
    }
  }
}

/**
 * Whether somebody has the link already that the message would hold. A list that lagged showed another link, or none, and so
 * seemed to need a new one.
 */
const hasLiveLink = ({ number, purpose }: Invitee, { links }: InviteTask, { link }: Ready): boolean =>
  purpose === "new link" && links.get(number) === linkMark(link);

/** Whether somebody may come by the message, so that a place is kept for them. */
const mayCome = ({ outcome }: SendResult): boolean => outcome === "accepted" || outcome === "unknown";

const NOT_SENT: SendResult = { outcome: "not sent" };
const notSent = (why: string) => ({ result: NOT_SENT, failure: why });

function failureOf({ outcome, why = "" }: SendResult): string | undefined {
  const because = why === "" ? "" : `: ${why}`;
  switch (outcome) {
    case "accepted":
      return undefined;
    case "not sent":
      return `was not invited${because}`;
    case "failed":
      return `can't be invited${because}`;
    case "unknown":
      return (
        `was perhaps invited: it is not known whether the message was sent${because}. It is looked for in the next run, and not sent again ` +
        "by itself; a release (releases.yaml) lets it be sent once more"
      );
  }
}

/** Places that nobody has and that are kept for nobody, after the messages that were sent meanwhile, or may have been. */
function placesIn({ open }: InviteTask, { look }: Ready, sent: number): number {
  const coming = [...open].filter((number) => !look.participants.includes(number));
  return GROUP_SIZE - look.participants.length - look.unidentified - coming.length - sent;
}

/** Lists the group and its account anew; a text says why nobody may be invited by it. */
async function look(task: InviteTask, inviter: Inviter): Promise<Ready | string> {
  const { ref, desired, observed, removing } = task;
  try {
    const now = await inviter.cams.listParticipants(ref);
    if (now.kind === "doubtful") return now.why;
    const doubt = secondLook({ desired, before: observed, now, asked: removing }, inviter.show);
    if (doubt !== undefined) return doubt.message;
    const back = now.participants.filter((number) => removing.has(number));
    if (back.length > 0) return "somebody who was to be removed is still in the group. Run pulumi up again";
    const groups = await lookNow(inviter, { account: ref, name: desired.name });
    const gone = notThere(ref.group, groups);
    if (gone !== undefined) return gone;
    const row = groups.find(({ group }) => group === ref.group);
    if (row === undefined || row.inviteLink === "") return "the group has no invite link. Run pulumi up again";
    if (inviter.endedLinks.has(linkMark(row.inviteLink)))
      return "CAMS lists the invite link that this run has ended. Run pulumi up again";
    return { look: now, link: row.inviteLink, subject: task.subject ?? row.subject };
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    return error.message;
  }
}

type Answer =
  | {
      readonly kind: "answered";
      readonly result: SendResult;
      /** Why the same would be said of everybody else. */
      readonly halts?: string | undefined;
    }
  /** Nothing was sent, since the look is too old. */
  | { readonly kind: "stale"; readonly why: string };

async function send(person: Invitee, ready: Ready, task: InviteTask, inviter: Inviter): Promise<Answer> {
  const { ref, desired, template } = task;
  const { number, name, purpose } = person;
  const entry = {
    act: "invite" as const,
    ...{ group: ref.group, roster: desired.name, number, name, reason: purpose, template: template.code },
  };
  try {
    inviter.auditInvitation({ ...entry, event: "attempt" });
  } catch (error) {
    const why = `the audit log could not be written: ${String(error)}`;
    return { kind: "answered", result: { outcome: "not sent", why }, halts: why };
  }
  const answer = await call(person, ready, task, inviter);
  const { outcome, id, why } =
    answer.kind === "stale" ? { ...NOT_SENT, id: undefined, why: answer.why } : answer.result;
  note(() => inviter.auditInvitation({ ...entry, event: "answer", outcome, detail: id ?? why ?? "" }), inviter);
  return answer;
}

async function call(person: Invitee, ready: Ready, task: InviteTask, inviter: Inviter): Promise<Answer> {
  const { template } = task;
  const link = linkMark(ready.link);
  const values = { name: person.name, subject: ready.subject, link: ready.link };
  const empty = Object.entries(template.parameters).find(([, takes]) => values[takes] === "");
  if (empty !== undefined) {
    const why = `the template's variable ${empty[0]} takes the ${empty[1]}, and there is none`;
    return { kind: "answered", result: { outcome: "not sent", why } };
  }
  const parameters = Object.fromEntries(
    Object.entries(template.parameters).map(([key, takes]) => [key, values[takes]]),
  );
  const message = { to: person.number, template: template.code, language: template.language, parameters };
  try {
    const { messageId } = await inviter.cams.sendMessage(task.ref, message, ready.look);
    if (messageId !== "") inviter.known.add(messageId);
    return { kind: "answered", result: { outcome: "accepted", id: messageId, link } };
  } catch (error) {
    if (!(error instanceof CamsError)) throw error;
    if (error.kind === "look too old") return { kind: "stale", why: error.message };
    if (error.applied !== "no") {
      const id = await lookFor(person, link, task, inviter);
      const result: SendResult =
        id === undefined ? { outcome: "unknown", link, why: error.message } : { outcome: "accepted", id, link };
      return { kind: "answered", result };
    }
    const kind = messageFailure(`${error.failure.metaCode ?? ""} ${error.failure.code}`)?.kind;
    const outcome = kind === "final" ? "failed" : "not sent";
    if (kind === "template") inviter.refusedTemplates.set(template.code, error.message);
    const halts = kind === "template" || FINAL.includes(error.kind);
    return {
      kind: "answered",
      result: { outcome, why: error.message },
      ...(halts ? { halts: error.message } : {}),
    };
  }
}

/** The MessageId of a message of which it is not known whether it was sent; undefined while none is listed. */
async function lookFor(
  { number }: Invitee,
  mark: string,
  { ref, template, at, earlier }: InviteTask,
  inviter: Inviter,
): Promise<string | undefined> {
  const { cams, known } = inviter;
  const query = { template: template.code, since: Date.parse(at) - CLOCK_SKEW_MS, to: number };
  const row = await poll(async () => {
    const rows = await cams.listMessages(ref, query).catch(unlessCams);
    if (rows instanceof CamsError) return undefined;
    const onRecord = new Set([...known, ...earlier]);
    return messageOf({ number, since: query.since, marks: [mark] }, { rows, onRecord });
  }, inviter);
  if (row !== undefined) known.add(row.id);
  return row?.id;
}
