/**
 * Numbers. Digits as written decide who somebody is; the metadata of libphonenumber only says whether such a number
 * can exist. What cannot is an error, what can but is in no known range is a warning: numbering plans move faster
 * than libraries.
 */

import { parsePhoneNumberWithError, ParseError } from "libphonenumber-js/max";
import { quote } from "./clean";
import { type Fault, fault, type Place, warning } from "./fault";
import { NUMBER_PATTERN } from "./shape";
import type { Digits } from "./types";

/** The digits of a number in whatever spelling. */
export const digitsOf = (number: string): Digits => number.replace(/[^0-9]/g, "");

/** What is wrong with a number that has the right shape; of another shape nothing is said, for that is told already. */
export function numberFault(place: Place, number: string): Fault | undefined {
  if (!NUMBER_PATTERN.test(number)) return undefined;
  const digits = digitsOf(number);
  // Mexican mobiles: WhatsApp knows many by the mobile digit 1 that the numbering plan dropped in 2019.
  if (/^521\d{10}$/.test(digits)) return undefined;
  const parsed = parse(`+${digits}`);
  if (typeof parsed === "string") {
    return fault(
      place,
      "impossible-number",
      `The number ${quote(number)} cannot exist: ${WHY[parsed] ?? "it is no number"}.`,
      COMPARE,
    );
  }
  const canonical = digitsOf(parsed.number);
  if (canonical !== digits) {
    const message = `The number ${quote(number)} has a digit that is dialled within the country only.`;
    return fault(place, "trunk-prefix", message, `Write "${parsed.formatInternational()}".`);
  }
  if (!parsed.isPossible()) {
    const message = `The number ${quote(number)} cannot exist: ${digits.length} digits are not what numbers of +${parsed.countryCallingCode} have.`;
    return fault(place, "impossible-number", message, COMPARE);
  }
  if (parsed.isValid()) return undefined;
  const message = `The number ${quote(number)} is in no range of +${parsed.countryCallingCode} that is known to be in use.`;
  return warning(place, "unlikely-number", message, "Compare it with the person's number; if it is right, leave it.");
}

const COMPARE = "Compare it with the person's number: country code first, then the number without a leading zero.";

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
