import type { Digits } from "../numbers";

/**
 * Digits that stay readable at the start and at the end of a masked number: enough to recognise it, too few to call it.
 */
const HEAD = 4;
const TAIL = 2;

/**
 * `6281234567890` → `6281•••••••90`. In a number of six digits or fewer, all digits are hidden. Characters between the
 * digits stay, as somebody wrote them, even in a wrong number.
 */
export function maskNumber(written: Digits): string {
  const total = written.replace(/\D/g, "").length;
  let seen = 0;
  return written.replace(/\d/g, (digit) => {
    seen += 1;
    return total > HEAD + TAIL && (seen <= HEAD || seen > total - TAIL) ? digit : "•";
  });
}

/** Runs of digits that are shorter than this and have no plus are days, limits or ids, not phone numbers. */
const LEAST = 9;

/** Masks everything in a text that looks like a number. Its length stays, so that columns and carets still fit. */
export const maskNumbers = (text: string): string =>
  text.replace(/\+?[0-9(][0-9 ().-]*[0-9]/g, (run) =>
    run.replace(/[^0-9]/g, "").length < LEAST && !run.startsWith("+") ? run : maskNumber(run),
  );
