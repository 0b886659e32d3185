import { z } from "zod";
import { isErrorCode } from "../errors";
import type { Business } from "../groups/types";
import { deliveredBy, failedBy, readBy, statusOf } from "../messages/rules";
import type { Message } from "../messages/types";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";

const bodySchema = z.strictObject({ messageId: z.string().min(1).optional() });
const failureSchema = bodySchema.extend({
  code: z.string().refine((code) => /^\d{6}$/.test(code) && isErrorCode(code), {
    error: "must be one of Meta's codes of docs/emulator.md",
  }),
});

type Next = (message: Message, now: number) => Message;

/** What people, phones and Meta do with messages that were accepted: a function of the request's body. */
const verbs: Readonly<Record<string, (body: unknown) => { next: Next; messageId: string | undefined } | z.ZodError>> = {
  read: (body) => simple(body, readBy),
  deliver: (body) => simple(body, deliveredBy),
  fail: (body) => {
    const read = failureSchema.safeParse(body);
    if (!read.success) return read.error;
    const { code, messageId } = read.data;
    return { messageId, next: (message, now) => failedBy(message, now, code) };
  },
};

/** What can be done by `POST /_emulator/inbox/<number>/<verb>`. */
export const inboxVerbs: readonly string[] = Object.keys(verbs);

/** `GET /_emulator/inbox/<number>`: all messages to a number, of all business numbers, oldest first, failed ones too. */
export function inbox(parts: ControlParts, number: string): ControlAnswer {
  return ok(messagesTo(parts, number).map(({ message }) => shown(message, parts.clock())));
}

/** `POST /_emulator/inbox/<number>/<verb>`, for one message or for all: the inbox. Undefined: no such verb. */
export function inboxControl(
  parts: ControlParts,
  number: string,
  verb: string,
  body: unknown,
): ControlAnswer | undefined {
  const act = Object.hasOwn(verbs, verb) ? verbs[verb]?.(body) : undefined;
  if (act === undefined) return undefined;
  if (act instanceof z.ZodError) {
    const more = verb === "fail" ? '"code":"131026",' : "";
    return failed(400, `The body must read {${more}"messageId":"…"}, messageId optional: ${z.prettifyError(act)}`);
  }
  const { next, messageId } = act;
  const meant = messagesTo(parts, number).filter(
    ({ message }) => (messageId ?? message.messageId) === message.messageId,
  );
  if (messageId !== undefined && meant.length === 0) return failed(404, `${number} has no message ${messageId}.`);
  for (const { business, message } of meant) parts.world.putMessage(business, next(message, parts.clock()));
  return inbox(parts, number);
}

function simple(body: unknown, next: Next): { next: Next; messageId: string | undefined } | z.ZodError {
  const read = bodySchema.safeParse(body);
  return read.success ? { next, messageId: read.data.messageId } : read.error;
}

function messagesTo({ world }: ControlParts, number: string): { business: Business; message: Message }[] {
  return [...world.businesses.values()]
    .flatMap((business) => [...business.messages.values()].map((message) => ({ business, message })))
    .filter(({ message }) => message.to === number)
    .sort((a, b) => a.message.at - b.message.at);
}

function shown(message: Message, now: number): Record<string, unknown> {
  const { messageId, template, parameters, text, at } = message;
  return { messageId, template, parameters, text, at: new Date(at).toISOString(), status: statusOf(message, now) };
}
