import { createHash } from "node:crypto";
import type { Digits } from "../membership/types";

/** The input that tells members of one run from those of another, where members are secrets. */
export const ROSTER_MARK = "rosterMark";

/** 60 bits. */
const LENGTH = 10;

/** A digest of members' names and masked numbers. Those hold keyed digests, so that no number can be found by trying. */
export function rosterMark(members: Iterable<readonly [Digits, string]>, show: (number: Digits) => string): string {
  const told = [...members].map(([number, name]) => [show(number), name]).sort();
  return createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, LENGTH);
}
