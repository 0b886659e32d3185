import type { ErrorCode } from "../errors";
import type { Manner } from "../operations/call";
import { metaReply, metaShapes } from "./refusals";
import type { Fault } from "./strike";

/** Messages that fail, that come late or not at all, and that are not listed. */
const actions = ["SendChatappMessage"];

/** Whether a failure is told at once or in the receipt only is not documented, so it comes either way. */
function fails(code: ErrorCode, what: string): Fault {
  return {
    family: "messages",
    summary: `${what} (${code})`,
    actions,
    value: {
      meaning: `\`receipt\`: Code OK, and the message is listed as failed; or the message is refused: ${metaShapes}`,
      byDefault: "receipt",
    },
    strike: (strike) => {
      if (strike.value !== "receipt") return { kind: "reply", reply: metaReply(strike, code) };
      return { kind: "reply", reply: strike.apply({ manner: { messageFailsWith: code } }) };
    },
  };
}

function otherwise(summary: string, manner: (value: number) => Partial<Manner>, value?: Fault["value"]): Fault {
  return {
    family: "messages",
    summary,
    actions,
    ...(value === undefined ? {} : { value }),
    strike: (strike) => ({ kind: "reply", reply: strike.apply({ manner: manner(Number(strike.value) || 0) }) }),
  };
}

export const messageFaults = {
  "not-on-whatsapp": fails("131026", "the number is not on WhatsApp, or can't be written to"),
  "opted-out": fails("131050", "the person doesn't want messages of this kind"),
  "marketing-capped": fails("131049", "Meta holds back a marketing message"),
  "too-many-to-person": fails("131056", "too many messages to this person in a short time: one later may pass"),
  "too-many-messages": fails("130429", "too many messages of the business number in a short time: one later may pass"),
  "message-fails": fails("131000", "the message fails for no known reason"),
  "template-missing": fails("132001", "the template is not there in this language, or has not been approved"),
  "template-paused": fails("132015", "the template is paused, though its status says something else"),
  "template-disabled": fails("132016", "the template is disabled, though its status says something else"),
  "message-lags": otherwise(
    "Code OK and the message is sent, but ListChatappMessage lists it so much later only",
    (value) => ({ messageLagMs: value }),
    { meaning: "milliseconds", byDefault: 2000 },
  ),
  "message-never-listed": otherwise("Code OK and the message is sent, but ListChatappMessage never lists it", () => ({
    messageLagMs: null,
  })),
  "message-ignored": otherwise("Code OK and a MessageId, but no message is sent", () => ({ messagesSent: false })),
  "delivery-lags": otherwise(
    "Code OK; the message is delivered so much later only, and is listed as sent until then",
    (value) => ({ deliveryMs: value }),
    { meaning: "milliseconds", byDefault: 2000 },
  ),
  "never-delivered": otherwise("Code OK; the message stays sent, as when the phone is off", () => ({
    deliveryMs: null,
  })),
} as const satisfies Record<string, Fault>;
