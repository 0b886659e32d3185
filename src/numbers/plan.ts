/**
 * What the numbering plans say of a number. Digits as written decide who somebody is; the metadata of libphonenumber
 * only says whether such a number can exist. Numbering plans move faster than libraries, so a number in no known range
 * is doubtful, not wrong.
 */
import { ParseError, parsePhoneNumberWithError } from "libphonenumber-js/max";
import type { Digits } from "./types";

export type Judgement =
  /** In a range that is known to be in use. */
  | { readonly kind: "valid" }
  /** As long as numbers of its country are, but in no range that is known. */
  | { readonly kind: "unlikely"; readonly country: string }
  /** It has a digit that is dialled within the country only; `international` is the number without it. */
  | { readonly kind: "trunk prefix"; readonly international: string }
  | { readonly kind: "impossible"; readonly why: string };

/** Mexican mobiles: WhatsApp knows many by the mobile digit 1 that the numbering plan dropped in 2019. */
const MEXICAN_MOBILE = /^521\d{10}$/;

/** Judges digits as a number in international form. */
export function judgeNumber(digits: Digits): Judgement {
  if (MEXICAN_MOBILE.test(digits)) return { kind: "valid" };
  const parsed = parse(`+${digits}`);
  if (typeof parsed === "string") return { kind: "impossible", why: WHY[parsed] ?? "it is no number" };
  const country = `+${parsed.countryCallingCode}`;
  if (parsed.number !== `+${digits}`) return { kind: "trunk prefix", international: parsed.formatInternational() };
  if (!parsed.isPossible()) {
    return { kind: "impossible", why: `${digits.length} digits are not what numbers of ${country} have` };
  }
  return parsed.isValid() ? { kind: "valid" } : { kind: "unlikely", country };
}

const WHY: Readonly<Record<string, string>> = {
  INVALID_COUNTRY: "no country has this code",
  NOT_A_NUMBER: "it has no digits",
  TOO_SHORT: "it is too short",
  TOO_LONG: "it is too long",
};

function parse(number: string) {
  try {
    return parsePhoneNumberWithError(number);
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}
