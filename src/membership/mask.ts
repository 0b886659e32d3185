import type { Digits } from "./types";

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
