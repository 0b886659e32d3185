import type { Message, MessageStatus, Template } from "./types";

/** What becomes of templates and messages: pure functions. */

const variable = /\$\(([^()\s]+)\)/g;

/** The names of the variables of a body, each once, in their order. */
export function variablesOf(body: string): string[] {
  return [...new Set([...body.matchAll(variable)].map(([, name = ""]) => name))];
}

/** The body with every variable replaced; one without a value stays as it is. */
export function filled(body: string, parameters: Readonly<Record<string, string>>): string {
  return body.replaceAll(variable, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? (parameters[name] ?? whole) : whole,
  );
}

/**
 * Whether Meta takes a text as the value of a variable: not an empty one, none with a line break or a tab, and none with
 * more than four spaces in a row.
 */
export function fitsVariable(text: string): boolean {
  return text.trim() !== "" && !/[\n\r\t]| {5}/.test(text);
}

/** What has become of a message by now. */
export function statusOf(message: Message, now: number): MessageStatus {
  const since = (time: number | null | undefined): boolean => typeof time === "number" && time <= now;
  if (since(message.failure?.at)) return "failed";
  if (since(message.read)) return "read";
  return since(message.delivered) ? "delivered" : "sent";
}

/** The message once its person has read it; itself, when there is nothing to read or it is read already. */
export function readBy(message: Message, now: number): Message {
  return statusOf(message, now) === "delivered" ? { ...message, read: now } : message;
}

/** The message once it has come to the phone, late or not; itself, when it is there already or failed. */
export function deliveredBy(message: Message, now: number): Message {
  return statusOf(message, now) === "sent" ? { ...message, delivered: now } : message;
}

/** The message once Meta has told that it failed; itself, when it is delivered or failed already. */
export function failedBy(message: Message, now: number, code: string): Message {
  return statusOf(message, now) === "sent" ? { ...message, delivered: null, failure: { at: now, code } } : message;
}

/** Templates are told apart by code and language. */
export function templateKey({ code, language }: Pick<Template, "code" | "language">): string {
  return `${code} ${language}`;
}
