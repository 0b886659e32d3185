import { ParseError, parsePhoneNumberWithError, type PhoneNumber } from "libphonenumber-js/max";
import { digitsOf } from "./check";
import { countryCode } from "./country-code";
import { plainNumber } from "./plain";
import { judgeNumber } from "./plan";
import type { Digits } from "./types";

/** A number as a table of other programs has it. */
export type TableNumber =
  /** `text`: as people write it, in international form. */
  | { readonly kind: "ok"; readonly digits: Digits; readonly text: string }
  /** `why` goes on "The number … "; `hint` is a sentence. */
  | { readonly kind: "fault"; readonly why: string; readonly hint: string };

const fault = (why: string, hint: string): TableNumber => ({ kind: "fault", why, hint });

/** What spreadsheets make of long numbers: the last digits are gone, or zeros. */
const POWER_OF_TEN = /^'?\+?\d+(?:[.,]\d+)?e[+-]?\d+$/i;
const NUMBER = /^\+?[0-9(][0-9 ().-]*$/;

/**
 * Reads a number as it stands in a table: with plus and country code, with 00 in place of the plus, or, with a `country`,
 * as it is dialled in that country. With plus, the digits are taken as written, less a trunk zero. Without one the
 * number has to be in a known range of that country: else it may be another country's, whose plus was lost.
 * @param country calling code for numbers without a plus, digits only
 */
export function readTableNumber(written: string, country: string | undefined): TableNumber {
  const text = plainNumber(written);
  if (POWER_OF_TEN.test(text)) {
    return fault(
      "was cut to a power of ten by a spreadsheet: its last digits are lost",
      "Make the column text, and export the table again from where it comes from.",
    );
  }
  if (!NUMBER.test(text)) return fault("is no phone number", "Write one number, with plus and country code.");
  const rest = /^001(.*)$/.exec(text)?.[1];
  if (rest !== undefined && isValid(`+${rest}`)) {
    return fault("may begin with 00, or with 001 as it is dialled in Asia", "Write it with plus and country code.");
  }
  const international = text.replace(/^00(?=[ .(-]*[1-9])/, "+");
  if (international.startsWith("+")) return asWritten(digitsOf(international));
  if (country === undefined) {
    return fault("has no plus, so its country is not known", "Write it with plus and country code, or give --country.");
  }
  return national(text, country);
}

/** Whether a country, or several, have this calling code. */
export const isCallingCode = (code: string): boolean =>
  /^[1-9]\d{0,2}$/.test(code) && countryCode(`${code}1234567`) === code;

const COMPARE = "Compare it with the person's number.";

function asWritten(digits: Digits): TableNumber {
  const judgement = judgeNumber(digits);
  switch (judgement.kind) {
    case "valid":
    case "unlikely":
      return { kind: "ok", digits, text: spaced(digits) };
    case "trunk prefix":
      return { kind: "ok", digits: digitsOf(judgement.international), text: judgement.international };
    case "impossible":
      return fault(`cannot exist: ${judgement.why}`, COMPARE);
  }
}

function national(text: string, country: string): TableNumber {
  const parsed = parse(text, country);
  if (parsed === undefined) return fault(`cannot exist in +${country}`, COMPARE);
  const digits = digitsOf(parsed.number);
  if (judgeNumber(digits).kind === "unlikely") {
    return fault(`is in no range of +${country} that is known, and may be another country's`, "Write it with a plus.");
  }
  return asWritten(digits);
}

const isValid = (text: string): boolean => /^\+[ .(-]*[1-9]/.test(text) && judgeNumber(digitsOf(text)).kind === "valid";

function parse(text: string, country?: string): PhoneNumber | undefined {
  try {
    return parsePhoneNumberWithError(text, {
      extract: false,
      ...(country !== undefined && { defaultCallingCode: country }),
    });
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** In the spelling of its country, as far as that keeps all digits. */
function spaced(digits: Digits): string {
  const text = parse(`+${digits}`)?.formatInternational() ?? "";
  return digitsOf(text) === digits && /^\+[0-9 .()-]+$/.test(text) ? text : `+${digits}`;
}
