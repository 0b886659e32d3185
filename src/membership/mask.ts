import type { Digits } from "./types";

/** Digits that stay readable at either end of a masked number: enough to recognise, too little to call. */
const HEAD = 4;
const TAIL = 2;

/** `6281234567890` → `6281•••••••90`. Numbers too short to hide anything in are hidden whole. */
export function maskNumber(number: Digits): string {
  if (number.length <= HEAD + TAIL) return "•".repeat(number.length);
  return number.slice(0, HEAD) + "•".repeat(number.length - HEAD - TAIL) + number.slice(-TAIL);
}
