import { asked } from "../operations/page";
import type { Json } from "../wire/reply";
import type { Fault, Strike } from "./strike";

/** Lists of messages that are not what was sent. The messages themselves are not changed. */
const actions = ["ListChatappMessage"];
const family = "messages";

type Edit = (rows: readonly Json[], value: Strike["value"]) => { readonly Data?: unknown };

/** Carries the call out and puts another list in place of the right one. */
function edited(summary: string, edit: Edit): Fault {
  return {
    family,
    summary,
    actions,
    strike: ({ apply, value }) => {
      const reply = apply();
      if (typeof reply.content === "string" || !Array.isArray(reply.content.Data)) return { kind: "reply", reply };
      const { Data, ...rest } = reply.content;
      return { kind: "reply", reply: { ...reply, content: { ...rest, ...edit(Data as Json[], value) } } };
    },
  };
}

/** The fields of a row that tell what has become of its message. */
const told = [
  "MessageStatus",
  "MessageStatusName",
  "ClientAcceptStatusName",
  "ClientReadStatus",
  "ClientReadStatusName",
  "FailReason",
];

function receiptWord(row: Json): string {
  if (row.MessageStatus === "fail") return "Failed";
  if (row.ClientReadStatus === "success") return "Read";
  return row.ClientAcceptStatusName === "Success" ? "Delivered" : "Sent";
}

export const messageListings = {
  "messages-empty": edited("no rows, as if nothing had been sent", () => ({ Data: [] })),
  "messages-missing": edited("an answer without Data", () => ({})),
  "messages-in-receipt-words": edited(
    "the rows tell the status by the words of receipts only: MessageStatus is Sent, Delivered, Read or Failed",
    (rows) => ({
      Data: rows.map((row) => {
        const rest = Object.entries(row).filter(([key]) => key === "FailReason" || !told.includes(key));
        return { ...Object.fromEntries(rest), MessageStatus: receiptWord(row) };
      }),
    }),
  ),
  "messages-without-status": edited("the rows don't tell what has become of the messages", (rows) => ({
    Data: rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => !told.includes(key)))),
  })),
  "messages-by-other-ids": edited("the rows carry another MessageId than the answer to SendChatappMessage", (rows) => ({
    Data: rows.map((row) => ({ ...row, MessageId: row.UniqueMessageId })),
  })),
  "messages-page-clamped": {
    family,
    summary: "pages hold fewer rows than were asked for, though there are more",
    actions,
    value: { meaning: "most rows of a page", byDefault: 2 },
    strike: ({ apply, params, value }) => {
      const { Index, Size } = asked(params);
      const Page = JSON.stringify({ Index, Size: Math.min(Size, Math.max(1, Number(value) || 0)) });
      return { kind: "reply", reply: apply({ params: { Page } }) };
    },
  },
  "messages-page-repeated": {
    family,
    summary: "a page after the first is the first page again",
    actions,
    laterPages: true,
    strike: ({ apply, params }) => {
      const Page = JSON.stringify({ ...asked(params), Index: 1 });
      return { kind: "reply", reply: apply({ params: { Page } }) };
    },
  },
} as const satisfies Record<string, Fault>;
