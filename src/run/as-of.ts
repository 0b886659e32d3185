import { createHash } from "node:crypto";
import type { Digits } from "../membership/types";

/**
 * Marks, of which the stack output `asOf` is made: what the outputs of a run are about.
 *
 * Outputs name groups by resource name, and they may be older than the resources beside them in the state, since Pulumi
 * stores the outputs of whole runs only. So a name alone does not tell which group was meant: rosters may have swapped
 * names. Nor does it tell of whom the outputs know: somebody who was declared later is named in none of them, and was
 * not there all the same. A mark says both in six characters, and holds no number that can be read back.
 * @param name the resource's name, as the outputs call it
 * @param show as the run wrote numbers; a mark of masked numbers does not match one of full ones
 * @param people of whom the outputs know whether they were there; without them the mark is of the group alone
 */
export function markOf(
  name: string,
  group: string,
  show: (number: Digits) => string,
  people?: Iterable<Digits>,
): string {
  const told = people === undefined ? [] : [[...people].map(show).sort()];
  return digest([show("0"), name, group, ...told]);
}

/** The mark of a group of which nobody knows who was there. It has no name, and no roster is without one. */
export function unknownMark(group: string, show: (number: Digits) => string): string {
  return markOf("", group, show);
}

/** The mark of the key with which a run masked numbers: those that were masked with another one compare with nobody. */
export function keyMark(show: (number: Digits) => string): string {
  return `${KEY}${digest([show("0")])}`;
}

/** Whether a mark is one of a key: no digest begins like it. */
export const isKeyMark = (mark: string): boolean => mark.startsWith(KEY);

const KEY = "~";

function digest(marked: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(marked)).digest("base64url").slice(0, LENGTH);
}

/** 36 bits: no two of a hundred thousand groups are mixed up. */
const LENGTH = 6;
