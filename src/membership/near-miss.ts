import type { Digits } from "./types";

/** Shortest number that may count as another one without its country code. */
const SHORTEST_NATIONAL = 7;
/** Country codes have one to three digits (ITU-T E.164). */
const LONGEST_COUNTRY_CODE = 3;

/** Mobile numbers that exist with and without one more digit, as WhatsApp ids show them. */
const EXTRA_MOBILE_DIGIT: readonly { readonly country: string; readonly with: RegExp; readonly without: string }[] = [
  { country: "Brazil", with: /^(55\d{2})9(\d{8})$/, without: "$1$2" },
  { country: "Mexico", with: /^(52)1(\d{10})$/, without: "$1$2" },
  { country: "Argentina", with: /^(54)9(\d{10})$/, without: "$1$2" },
];

/**
 * Tells in which way two different numbers may be the same person, spelled differently; undefined when they look
 * like two people. Symmetric.
 */
export function nearMiss(a: Digits, b: Digits): string | undefined {
  if (a === b) return undefined;
  const extra = EXTRA_MOBILE_DIGIT.find(
    (rule) => a.replace(rule.with, rule.without) === b || b.replace(rule.with, rule.without) === a,
  );
  if (extra !== undefined) return `the same number with ${extra.country}'s extra mobile digit`;
  if (hasTrunkZero(a, b) || hasTrunkZero(b, a)) return "the same number with a trunk zero";
  if (lacksCountryCode(a, b) || lacksCountryCode(b, a)) return "the same number without its country code";
  if (isSwap(a, b)) return "the same number with two digits swapped";
  return undefined;
}

/** `62 0812…` for `62 812…`: one zero more, right behind a country code. */
function hasTrunkZero(short: Digits, long: Digits): boolean {
  for (let at = 1; at <= LONGEST_COUNTRY_CODE; at++) {
    if (long[at] === "0" && long.slice(0, at) + long.slice(at + 1) === short) return true;
  }
  return false;
}

/** `812…` or `0812…` for `62 812…`, with any number of zeros in front. */
function lacksCountryCode(one: Digits, other: Digits): boolean {
  const national = one.replace(/^0+/, "");
  const missing = other.length - national.length;
  return national.length >= SHORTEST_NATIONAL && missing <= LONGEST_COUNTRY_CODE && other.endsWith(national);
}

/** Two digits differ, and the digits are the same ones: then these two have changed places. */
function isSwap(a: Digits, b: Digits): boolean {
  const differing = [...a].filter((digit, index) => digit !== b[index]);
  return differing.length === 2 && sorted(a) === sorted(b);
}

function sorted(number: Digits): string {
  return [...number].sort().join("");
}
