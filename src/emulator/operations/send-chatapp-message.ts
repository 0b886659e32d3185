import { z } from "zod";
import { errors, Refusal } from "../errors";
import { digits, type Business } from "../groups/types";
import { filled, fitsVariable, variablesOf } from "../messages/rules";
import type { Message, Template } from "../messages/types";
import type { Json } from "../wire/reply";
import { optional, required, type Call } from "./call";
import { parseJson } from "./page";
import { templateOf } from "./space";

const parametersSchema = z.record(z.string(), z.string());

/**
 * SendChatappMessage, by template. Nothing makes a repeated call the same one: it is a second message. Code OK means that
 * the message was accepted; what becomes of it shows in ListChatappMessage.
 *
 * What Meta refuses is passed on with Meta's code at once. Whether CAMS tells it at once or in a receipt only is not
 * documented; the faults of messages play both.
 */
export function sendChatappMessage(call: Call): Json {
  const business = senderOf(call);
  const to = recipientOf(call);
  refuseFreeText(call);
  const space = [...call.world.businesses.values()].filter(({ custSpaceId }) => custSpaceId === business.custSpaceId);
  const template = templateOf(call, space);
  const parameters = parametersOf(call, template);
  checkSendable(template);
  const { messageId, uniqueMessageId } = call.world.newMessageIds();
  if (call.manner.messagesSent) {
    const { code, language, body } = template;
    const ids = { messageId, uniqueMessageId, to, template: code, language, parameters };
    call.world.putMessage(business, { ...ids, text: filled(body, parameters), at: call.now, ...fateOf(call) });
  }
  return { MessageId: messageId };
}

/** The business number that sends. CustSpaceId is documented as optional here; where it is given it must fit. */
function senderOf(call: Call): Business {
  const channelType = required(call, "ChannelType");
  const from = required(call, "From");
  if (channelType !== "whatsapp") {
    throw new Refusal("InvalidParameter.ChannelTypeNotSupport", `It reads "${channelType}", not "whatsapp".`);
  }
  if (!/^[0-9]+$/.test(from)) throw new Refusal("InvalidParameter.FromOnlyNumeric", "From.");
  const business = call.world.businesses.get(from);
  if (business === undefined) throw new Refusal("Authentication.NoAuth");
  const custSpaceId = optional(call, "CustSpaceId") ?? business.custSpaceId;
  if (business.custSpaceId !== custSpaceId) throw new Refusal("Authentication.NoAuth");
  return business;
}

/** The person's number; groups and user ids (RecipientType) are not played. */
function recipientOf(call: Call): string {
  const to = required(call, "To");
  const kind = optional(call, "RecipientType") ?? "individual";
  if (kind !== "individual" || !/^[0-9]+$/.test(to)) {
    throw new Refusal("InvalidParameter.ToOnlyNumeric", `To, for RecipientType "${kind}".`);
  }
  if (!digits.test(to)) throw new Refusal("InvalidParameter.PhoneNumberError", "To must have 5 to 15 digits.");
  return to;
}

/** A message without a template may follow a person's own within 24 hours. Nobody writes to a number here, so none may. */
function refuseFreeText(call: Call): void {
  const type = required(call, "Type");
  if (type === "template") return;
  if (type !== "message") throw new Refusal("InvalidParameter.MessageTypeNotSupport", `Type reads "${type}".`);
  if (optional(call, "MessageType") === undefined) throw new Refusal("InvalidParameter.MessageTypeNotEmpty");
  if (optional(call, "Content") === undefined) throw new Refusal("InvalidParameter.ContentNotEmpty");
  throw new Refusal("131047");
}

/**
 * The values of the template's variables; others are passed over. CAMS's code for a variable without a value is not
 * documented. MessageInvalid is the code of a message that still holds a variable, so it is taken here.
 */
function parametersOf(call: Call, template: Template): Record<string, string> {
  const read = parametersSchema.safeParse(parseJson(optional(call, "TemplateParams") ?? "{}"));
  if (!read.success) {
    throw new Refusal("InvalidParameter.MessageInvalid", 'TemplateParams must be a JSON object {"name":"text"}.');
  }
  const given = new Map(Object.entries(read.data));
  return Object.fromEntries(
    variablesOf(template.body).map((name) => {
      const value = given.get(name);
      if (value === undefined) throw new Refusal("InvalidParameter.MessageInvalid", `TemplateParams lacks ${name}.`);
      if (!fitsVariable(value)) {
        const rule = "is empty, or has a line break, a tab or more than four spaces in a row";
        throw new Refusal("InvalidParameter.MessageInvalid", `The value of ${name} ${rule}.`);
      }
      return [name, value] as const;
    }),
  );
}

/** What Meta answers to a message by a template that is not to be used. */
const refusals = {
  fail: "132001",
  auditing: "132001",
  unaudit: "132001",
  paused: "132015",
  disabled: "132016",
} as const;

function checkSendable({ code, status }: Template): void {
  if (status !== "pass") throw new Refusal(refusals[status], `TemplateCode ${code} is ${status}.`);
}

/** When the message is listed and delivered, or that it fails. */
function fateOf({ manner, now }: Call): Pick<Message, "listed" | "delivered" | "read" | "failure"> {
  const after = (ms: number | null): number | null => (ms === null ? null : now + ms);
  const code = manner.messageFailsWith;
  const listed = after(manner.messageLagMs);
  if (code === null) return { listed, read: null, delivered: after(manner.deliveryMs) };
  return { listed, read: null, delivered: null, failure: { at: now + (manner.deliveryMs ?? 0), code } };
}

/** What FailReason tells of a failure, in the form of the documented receipts: `131026:Message undeliverable.` */
export function failReason(code: string): string {
  return `${code}:${Object.hasOwn(errors, code) ? errors[code as keyof typeof errors].message : "Failed."}`;
}
