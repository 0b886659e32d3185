import { plainNumber } from "./plain";
import { judgeNumber } from "./plan";
import { readNumber } from "./read";
import type { Digits } from "./types";

/** A number as somebody types it, or copies it from a chat, a card or a web page. */
export type TypedNumber =
  | { readonly kind: "number"; readonly digits: Digits }
  /** It has a digit that is dialled within the country only; `international` are the digits without it. */
  | { readonly kind: "trunk prefix"; readonly digits: Digits; readonly international: Digits }
  /** Digits as a number has them, without a country code. */
  | { readonly kind: "no country" }
  | { readonly kind: "no number" };

/**
 * Reads a number with its country code: with plus, with 00 in place of it, or with neither; with blanks, dashes, dots,
 * slashes and brackets where they like, and with `tel:` before it.
 */
export function readTyped(text: string): TypedNumber {
  const plain = plainNumber(text).replace(/^tel:/i, "").replaceAll("/", "").replace(/^00/, "+");
  const digits = readNumber(plain);
  if (digits !== undefined) {
    const judgement = judgeNumber(digits);
    if (judgement.kind !== "trunk prefix") return { kind: "number", digits };
    return { kind: "trunk prefix", digits, international: judgement.international.replace(/\D/g, "") };
  }
  return /\d/.test(plain) && /^[\d\s+().-]+$/.test(plain) ? { kind: "no country" } : { kind: "no number" };
}
