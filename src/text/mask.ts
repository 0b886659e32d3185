import type { Digits } from "../numbers";

/** Digits that stay readable at either end of a masked number: enough to recognise, too little to call. */
const HEAD = 4;
const TAIL = 2;

/**
 * `6281234567890` → `6281•••••••90`. Numbers too short to hide anything in are hidden whole. A number as somebody wrote
 * it, be it a wrong one, keeps what stands between its digits.
 */
export function maskNumber(written: Digits): string {
  const total = written.replace(/\D/g, "").length;
  let seen = 0;
  return written.replace(/\d/g, (digit) => {
    seen += 1;
    return total > HEAD + TAIL && (seen <= HEAD || seen > total - TAIL) ? digit : "•";
  });
}

/** Shorter runs of digits without a plus are days, limits, ids. */
const LEAST = 9;

/** Masks whatever in a text looks like a number, sign by sign: nothing moves, so that carets and columns still fit. */
export const maskNumbers = (text: string): string =>
  text.replace(/\+?[0-9(][0-9 ().-]*[0-9]/g, (run) =>
    run.replace(/[^0-9]/g, "").length < LEAST && !run.startsWith("+") ? run : maskNumber(run),
  );
