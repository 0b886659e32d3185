import { judgeNumber } from "./plan";
import type { Digits } from "./types";

/** Most answers that are kept: rows of one listing are asked for several times in a row, and listings are many. */
const KEPT = 20_000;
const known = new Map<Digits, boolean>();

/**
 * Whether some country's plan can have such a number. Digits that no plan can have are no phone number: WhatsApp lists
 * people by a privacy id of up to 15 digits where it hides their number.
 */
export function isPossible(digits: Digits): boolean {
  const answer = known.get(digits);
  if (answer !== undefined) return answer;
  const { kind } = judgeNumber(digits);
  const possible = kind === "valid" || kind === "unlikely";
  if (known.size >= KEPT) known.clear();
  known.set(digits, possible);
  return possible;
}
