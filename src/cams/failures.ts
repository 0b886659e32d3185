/** Why a message was not sent or did not arrive, and what follows from it. */
export interface MessageFailure {
  /** Meta's six digits, or a code of CAMS. */
  readonly code: string;
  /**
   * `final`: this person can't be written to, and a second message would not arrive either.
   * `passing`: later it may succeed.
   * `template`: no message by this template arrives, whoever it is for.
   */
  readonly kind: "final" | "passing" | "template";
  /** In plain words, without a full stop. */
  readonly meaning: string;
}

/**
 * Documented by Alibaba Cloud is that receipts carry Meta's codes as `131026` or `131026:…` ("ChatAppStatus",
 * https://www.alibabacloud.com/help/en/chatapp), and InvalidParameter.PhoneNumberError ("API error codes", the same). What the
 * codes mean is known from Meta's page (https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
 * Which of them CAMS passes on at once, and which later, is not documented.
 */
const FAILURES: Readonly<Record<string, Omit<MessageFailure, "code">>> = {
  "131026": { kind: "final", meaning: "not on WhatsApp, or has not accepted its terms" },
  "131050": { kind: "final", meaning: "has opted out of messages" },
  "131047": { kind: "passing", meaning: "has not written to the business in the last 24 hours" },
  "131049": { kind: "passing", meaning: "gets no more marketing messages from Meta for now" },
  "131056": { kind: "passing", meaning: "got too many messages from this number in a short time" },
  "130429": { kind: "passing", meaning: "the business number sent too many messages in a short time" },
  "132001": { kind: "template", meaning: "the template does not exist in this language, or is not approved" },
  "132015": { kind: "template", meaning: "Meta has paused the template because of its low quality" },
  "132016": { kind: "template", meaning: "Meta has disabled the template because of its low quality" },
  "InvalidParameter.PhoneNumberError": { kind: "final", meaning: "CAMS does not accept the number" },
};

/** The same form in which `classify.ts` looks for Meta's code in an error. */
const CODE = /\b13\d{4}\b|\bInvalidParameter\.PhoneNumberError\b/;

/**
 * Reads the first code in a FailReason, or in the message or the code of an error. Pure.
 * @returns undefined when the text has no code, or one of which nothing is known: then it is not known either whether a second
 * message would arrive
 */
export function messageFailure(text: string): MessageFailure | undefined {
  const code = CODE.exec(text)?.[0] ?? "";
  const known = Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined;
  return known && { code, ...known };
}
