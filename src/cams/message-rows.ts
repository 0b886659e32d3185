/** How CAMS tells of messages, templates and numbers, and what of it is believed. Pure. */
import { mask } from "./errors";
import { field, fieldsOf } from "./fields";
import { PLAIN_NUMBER } from "./query";
import type { MessageInfo, NumberInfo, TemplateInfo } from "./types";

/** The literal that CAMS's documents use for "nothing". */
const NOTHING = "None";

const said = (row: unknown, name: string): string => {
  const text = field(row, name)?.trim() ?? "";
  return text === NOTHING ? "" : text;
};

/**
 * One row of `ListChatappMessage`; undefined for one without a plain number or any status, and for a message that a person
 * wrote. A row that doesn't tell when it was sent is kept, with the time 0: by its MessageId it still says what became of a message.
 */
export function toMessageInfo(row: unknown): MessageInfo | undefined {
  const to = field(row, "UserNumber") ?? "";
  const state = stateOf(row);
  if (!PLAIN_NUMBER.test(to) || state === undefined || said(row, "EventAction").toUpperCase() === "UP") {
    return undefined;
  }
  return {
    id: said(row, "MessageId"),
    to,
    state,
    why: mask(said(row, "FailReason")),
    at: timeOf(fieldsOf(row).SendTime),
    template: said(row, "TemplateCode"),
    text: field(row, "Message") ?? "",
  };
}

/**
 * How much a state says: of two rows of one message the one that says more is the newer one. A message that has arrived did not
 * fail, and must not be sent again.
 */
const SAYS: Readonly<Record<MessageInfo["state"], number>> = { accepted: 0, failed: 1, delivered: 2, read: 3 };

/** Each MessageId once, with the state that says most. Rows without one can't be told apart, so all of them stay. */
export function eachOnce(messages: readonly MessageInfo[]): MessageInfo[] {
  const byId = new Map<string, MessageInfo>();
  messages.forEach((message, place) => {
    const key = message.id === "" ? `#${place}` : `=${message.id}`;
    const seen = byId.get(key);
    if (seen === undefined || SAYS[message.state] > SAYS[seen.state]) byId.set(key, message);
  });
  return [...byId.values()];
}

/**
 * Documented are three columns, for sending, arrival and reading; of their values only the example `success` (name `Success`).
 * In the column of sending it says that the message was accepted, and no more. Receipts have the words Sent, Delivered, Read and
 * Failed, so these are understood in every column. Whatever else a column says means no more than accepted.
 */
function stateOf(row: unknown): MessageInfo["state"] | undefined {
  const words = (...names: readonly string[]): string[] =>
    names.map((name) => said(row, name).toLowerCase()).filter((word) => word !== "");
  const sending = words("MessageStatus", "MessageStatusName");
  const arrival = words("ClientAcceptStatus", "ClientAcceptStatusName");
  const reading = words("ClientReadStatus", "ClientReadStatusName");
  const all = [...sending, ...arrival, ...reading];
  if (all.length === 0) return undefined;
  // "Failed" of reading would say that somebody did not read it.
  if ([...sending, ...arrival].some((word) => /fail|reject|undeliver/.test(word))) return "failed";
  if (all.includes("read") || reading.some(isSuccess)) return "read";
  if (all.includes("delivered") || arrival.some(isSuccess)) return "delivered";
  return "accepted";
}

const isSuccess = (word: string): boolean => word === "success";

/** Documented is `2025-07-11T01:16:49.761+00:00`. A time without an offset could be any zone's, so it is none. */
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/** Milliseconds since 1970, also when they come as a number or in digits; 0 when it is no time. */
function timeOf(value: unknown): number {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  if (/^\d{13}$/.test(text)) return Number(text);
  const time = INSTANT.test(text) ? Date.parse(text) : NaN;
  return Number.isFinite(time) && time > 0 ? time : 0;
}

/** `Data` of `GetChatappTemplateDetail`; undefined when it holds no template. */
export function toTemplateInfo(data: unknown): TemplateInfo | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  return {
    status: said(data, "AuditStatus"),
    category: said(data, "Category"),
    categoryChangePaused: yesOrNo(fieldsOf(data).CategoryChangePaused) === true,
    quality: said(data, "QualityScore"),
    variables: variablesOf(fieldsOf(data).Components),
  };
}

/**
 * Names of all `$(name)` in the texts and links of the components, each once, in their order. Documented is a list of objects,
 * but an example shows it as JSON in a text.
 */
function variablesOf(components: unknown): readonly string[] | undefined {
  const list = typeof components === "string" ? parsed(components) : components;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const names = new Set<string>();
  const left: unknown[] = [list];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part === "string") for (const [, name = ""] of part.matchAll(/\$\(([^()\s]+)\)/g)) names.add(name);
    for (const inner of Object.values(fieldsOf(part)).reverse()) left.push(inner);
  }
  return [...names];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The row of a business number in `PhoneNumbers` of `QueryChatappPhoneNumbers`; undefined when there is none. */
export function toNumberInfo(rows: unknown, number: string): NumberInfo | undefined {
  const list: readonly unknown[] = Array.isArray(rows) ? rows : [];
  const row = list.find((one) => field(one, "PhoneNumber")?.replace(/^\+/, "") === number);
  return row === undefined
    ? undefined
    : {
        number,
        official: yesOrNo(fieldsOf(row).IsOfficial),
        tier: said(row, "MessagingLimitTier"),
        quality: said(row, "QualityRating"),
        status: said(row, "Status"),
      };
}

/** IsOfficial is documented as a text without its values, so all usual ones are understood. */
function yesOrNo(value: unknown): boolean | undefined {
  const word = typeof value === "string" || typeof value === "boolean" ? String(value).trim().toLowerCase() : "";
  if (["true", "y", "yes"].includes(word)) return true;
  return ["false", "n", "no"].includes(word) ? false : undefined;
}
