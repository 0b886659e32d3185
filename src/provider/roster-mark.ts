import { createHash } from "node:crypto";
import type { Digits } from "../membership/types";

/** The input that shows whether the members of two runs differ, where members are secrets. */
export const ROSTER_MARK = "rosterMark";

/** Characters of the digest, with 6 bits each: 60 bits. */
const LENGTH = 10;

/**
 * A digest of members' names and masked numbers. Masked numbers hold keyed digests: no number can be found by trying.
 */
export function rosterMark(members: Iterable<readonly [Digits, string]>, show: (number: Digits) => string): string {
  const told = [...members].map(([number, name]) => [show(number), name]).sort();
  return createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, LENGTH);
}
