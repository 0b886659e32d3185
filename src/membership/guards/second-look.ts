import type { Desired, Digits, Refusal } from "../types";
import { callAll, type Show } from "./rule";
import { isTooMany, SUSPICIOUS } from "./suspicious-listing";

/** One listing of a group, seconds after another one that was believed. */
export interface SecondLook {
  readonly desired: Pick<Desired, "name" | "group" | "members" | "names" | "released">;
  /** Who was there in the listing before. */
  readonly before: readonly Digits[];
  readonly now: readonly Digits[];
  /** Whose removal was asked for in between. */
  readonly asked: ReadonlySet<Digits>;
}

/**
 * Judges a listing by the one before it. Within seconds hardly anybody leaves, so everybody counts, declared or not; and
 * a group in which somebody was who was not asked for is not empty now. Whoever is missing in a listing that is held may be there.
 * @returns undefined when the listing is believed
 */
export function secondLook({ desired, before, now, asked }: SecondLook, show: Show): Refusal | undefined {
  const expected = before.filter((number) => !asked.has(number) && !desired.released.has(number));
  const lost = expected.filter((number) => !now.includes(number));
  const emptied = now.length === 0 && lost.length > 0;
  if (!emptied && !isTooMany(lost.length, expected.length)) return undefined;
  const people = lost.map((number) => ({
    number,
    name: desired.members.get(number) ?? desired.names.get(number) ?? "",
  }));
  return {
    rule: SUSPICIOUS,
    name: desired.name,
    message:
      `${desired.name} (${desired.group}): the listing lacks ${lost.length} of ${expected.length} people (${callAll(people, show)}) ` +
      `who were there seconds before, and nobody removed them, so it is not believed. Run again`,
  };
}
