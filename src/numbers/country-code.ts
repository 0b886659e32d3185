import { ParseError, parsePhoneNumberWithError } from "libphonenumber-js/max";
import type { Digits } from "./types";

/** Country codes have one to three digits (ITU-T E.164), so three digits are enough to find it. */
const HEAD = 3;
/** Completes the first digits to a number that is long enough to be parsed. */
const TAIL = "1234567";
const known = new Map<string, string | undefined>();

/** The calling code that digits begin with; undefined when no country has it, or when there is nothing behind it. */
export function countryCode(digits: Digits): string | undefined {
  const head = digits.slice(0, HEAD);
  if (digits.length <= HEAD) return undefined;
  if (!known.has(head)) known.set(head, codeOf(head));
  return known.get(head);
}

function codeOf(head: string): string | undefined {
  try {
    return parsePhoneNumberWithError(`+${head}${TAIL}`).countryCallingCode;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
