import { judgeNumber } from "./plan";
import type { Digits } from "./types";

export type NumberCode = "impossible-number" | "trunk-prefix" | "unlikely-number";

/** What the check says of a number. Message and hint are sentences. */
export type CheckedNumber =
  | { readonly kind: "ok"; readonly digits: Digits }
  | {
      /** Possible, but in no range that is known to be in use. */
      readonly kind: "unlikely";
      readonly digits: Digits;
      readonly code: "unlikely-number";
      readonly message: string;
      readonly hint: string;
    }
  | {
      readonly kind: "fault";
      readonly digits: Digits;
      readonly code: "impossible-number" | "trunk-prefix";
      readonly message: string;
      readonly hint: string;
    };

export interface CheckOptions {
  /** CAMS itself lists the number so: then no numbering plan is asked. */
  readonly asListed?: boolean | undefined;
  /** How messages and hints quote numbers. */
  readonly quote?: (number: string) => string;
}

/** The digits of a number in whatever spelling. */
export const digitsOf = (number: string): Digits => number.replace(/[^0-9]/g, "");

/** Whether digits can stand in a listing of CAMS at all (ITU-T E.164: at most 15). */
const LISTABLE = /^\d{5,15}$/;

const COMPARE = "Compare it with the person's number: country code first, then the number without a leading zero.";

/** Checks a number of the right form: whether it can exist by the plan of its country. */
export function checkNumber(written: string, { asListed = false, quote = inQuotes }: CheckOptions = {}): CheckedNumber {
  const digits = digitsOf(written);
  const impossible = (why: string): CheckedNumber => ({
    kind: "fault",
    digits,
    code: "impossible-number",
    message: `The number ${quote(written)} cannot exist: ${why}.`,
    hint: COMPARE,
  });
  if (asListed) {
    return LISTABLE.test(digits) ? { kind: "ok", digits } : impossible("CAMS lists numbers of 5 to 15 digits");
  }
  const judgement = judgeNumber(digits);
  switch (judgement.kind) {
    case "valid":
      return { kind: "ok", digits };
    case "unlikely":
      return {
        kind: "unlikely",
        digits,
        code: "unlikely-number",
        message: `The number ${quote(written)} is in no range of ${judgement.country} that is known to be in use.`,
        hint: "Compare it with the person's number; if it is right, leave it.",
      };
    case "trunk prefix":
      return {
        kind: "fault",
        digits,
        code: "trunk-prefix",
        message: `The number ${quote(written)} has a digit that is dialled within the country only.`,
        hint: `Write ${quote(judgement.international)}.`,
      };
    case "impossible":
      return impossible(judgement.why);
  }
}

const inQuotes = (number: string): string => `"${number}"`;
