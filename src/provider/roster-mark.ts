import { createHash } from "node:crypto";
import type { Digits } from "../membership/types";

/** The input that tells members of one run from those of another, where members are secrets. */
export const ROSTER_MARK = "rosterMark";

/** 60 bits, of both marks. */
const LENGTH = 10;

/** A digest of members' names and masked numbers. Those hold keyed digests, so that no number can be found by trying. */
export function rosterMark(members: Iterable<readonly [Digits, string]>, show: (number: Digits) => string): string {
  const told = [...members].map(([number, name]) => [show(number), name]).sort();
  return createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, LENGTH);
}

/** The input that tells the removals of one run from those of another: a plan is silent about what the state has already. */
export const REMOVALS_MARK = "removalsMark";

/** A digest of these removals and of the mark before, so that it is another one whenever somebody is named. */
export function removalsMark(before: unknown, removals: Readonly<Record<string, string>>): string {
  const told = [typeof before === "string" ? before : "", Object.entries(removals).sort()];
  return createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, LENGTH);
}
