import { Refusal } from "../errors";
import type { Business } from "../groups/types";
import { statusOf } from "../messages/rules";
import type { Message, MessageStatus } from "../messages/types";
import type { Json } from "../wire/reply";
import { businessOf, optional, required, type Call } from "./call";
import { pageOf, slice } from "./page";
import { failReason } from "./send-chatapp-message";
import { spaceOf, timeOf } from "./space";

/**
 * How a row tells the status. Documented are three fields that are told apart (sending, receiving, reading) and the value
 * `success` (name `Success`) of each, by example only. Assumed: `success` of sending means that CAMS has sent the message on,
 * of receiving that it is on the phone, of reading that it was read; a field that isn't so yet is left out; a failure is
 * `fail` (name `Fail`) of sending.
 */
const fields: Readonly<Record<MessageStatus, Json>> = {
  sent: { MessageStatus: "success", MessageStatusName: "Success" },
  delivered: { MessageStatus: "success", MessageStatusName: "Success", ClientAcceptStatusName: "Success" },
  read: {
    MessageStatus: "success",
    MessageStatusName: "Success",
    ClientAcceptStatusName: "Success",
    ClientReadStatus: "success",
    ClientReadStatusName: "Success",
  },
  failed: { MessageStatus: "fail", MessageStatusName: "Fail" },
};

/**
 * ListChatappMessage: the messages of a business number. Data is the list itself, and no total is told. The newest come
 * first, which is assumed. Messages that people wrote (EventAction UP) and bulk messages are not played, so there are none.
 */
export function listChatappMessage(call: Call): Json {
  required(call, "Page");
  const business = businessOf(lenient(call));
  const page = pageOf(call);
  const wanted = filterOf(call);
  const templates = spaceOf(call).flatMap((one) => [...one.templates.values()]);
  const names = new Map(templates.map(({ code, name }) => [code, name]));
  const rows = [...business.messages.values()]
    .filter(({ listed }) => listed !== null && listed <= call.now)
    .reverse()
    .sort((a, b) => b.at - a.at)
    .map((message) => ({ message, row: rowOf(business, names, message, statusOf(message, call.now)) }))
    .filter(({ message, row }) => wanted(message, row))
    .map(({ row }) => row);
  return { Data: slice(rows, page) };
}

/** ChannelType is documented here both as `whatsapp` and, by example, as `WHATSAPP`. */
function lenient(call: Call): Call {
  const channelType = required(call, "ChannelType").toUpperCase();
  return { ...call, params: new Map([...call.params, ["ChannelType", channelType]]) };
}

function filterOf(call: Call): (message: Message, row: Json) => boolean {
  const [from, to] = [timeOf(call, "StartTime") ?? 0, timeOf(call, "EndTime") ?? Number.POSITIVE_INFINITY];
  const user = optional(call, "UserNumber");
  if (user !== undefined && !/^[0-9]+$/.test(user)) throw new Refusal("InvalidParameter.ToOnlyNumeric", "UserNumber.");
  const fits = (name: string, told: unknown): boolean => (optional(call, name) ?? told) === told;
  return (message, row) =>
    message.at >= from &&
    message.at <= to &&
    fits("UserNumber", message.to) &&
    fits("TemplateCode", message.template) &&
    fits("EventAction", "DOWN") &&
    fits("MessageStatus", row.MessageStatus) &&
    fits("ClientAcceptStatus", row.ClientAcceptStatusName === undefined ? undefined : "success") &&
    fits("GroupMessageId", undefined);
}

function rowOf(business: Business, names: ReadonlyMap<string, string>, message: Message, status: MessageStatus): Json {
  const name = names.get(message.template);
  const sent = new Date(message.at).toISOString();
  return {
    BusinessNumber: business.number,
    ChannelType: "WHATSAPP",
    EventAction: "DOWN",
    EventActionName: "DOWN",
    ...fields[status],
    ...(status === "failed" && message.failure !== undefined ? { FailReason: failReason(message.failure.code) } : {}),
    LanguageCode: message.language,
    Message: message.text,
    MessageId: message.messageId,
    MessageSource: "api",
    Month: sent.slice(0, 7).replace("-", ""),
    SendTime: sent.replace("Z", "+00:00"),
    TemplateCode: message.template,
    ...(name === undefined ? {} : { TemplateName: name }),
    Type: "template",
    UniqueMessageId: message.uniqueMessageId,
    UserNumber: message.to,
  };
}
