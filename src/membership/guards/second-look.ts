import type { Desired, Digits, Refusal } from "../types";
import { plural } from "../../text/plural";
import { nameAll, type Show } from "./rule";
import { isTooMany, SUSPICIOUS } from "./suspicious-listing";

/** Who was listed, and how many rows without a number there were. */
export interface Listed {
  readonly participants: readonly Digits[];
  readonly unidentified: number;
}

/** One listing of a group, seconds after another one that was believed. */
export interface SecondLook {
  readonly desired: Pick<Desired, "name" | "group" | "members" | "names" | "released">;
  readonly before: Listed;
  readonly now: Listed;
  /** Whose removal was asked for in between. */
  readonly asked: ReadonlySet<Digits>;
}

/**
 * Judges a listing by the one before it. Within seconds hardly anybody leaves, so everybody counts, declared or not; a
 * group in which somebody was who was not asked for is not empty now; and where rows without a number have come,
 * somebody who is missing may be behind one of them. A person who is missing in a listing that is held may be there.
 * @returns undefined when the listing is believed
 */
export function secondLook({ desired, before, now, asked }: SecondLook, show: Show): Refusal | undefined {
  const missing = before.participants.filter((number) => !now.participants.includes(number));
  const expected = before.participants.filter((number) => !asked.has(number) && !desired.released.has(number));
  const lost = expected.filter((number) => missing.includes(number));
  const emptied = now.participants.length === 0 && lost.length > 0;
  const rows = now.unidentified - before.unidentified;
  const hidden = rows > 0 && missing.length > 0;
  if (!emptied && !hidden && !isTooMany(lost.length, expected.length)) return undefined;
  const named = (numbers: readonly Digits[]): string =>
    nameAll(
      numbers.map((number) => ({ number, name: desired.members.get(number) ?? desired.names.get(number) ?? "" })),
      show,
    );
  const why = hidden
    ? `the listing lacks ${named(missing)}, and has ${plural(rows, "more row")} without a number, so whether they are gone can't be told`
    : `the listing lacks ${lost.length} of ${expected.length} people (${named(lost)}) who were there seconds before, and nobody removed them, so it is not believed`;
  return { rule: SUSPICIOUS, name: desired.name, message: `${desired.name} (${desired.group}): ${why}. Run again` };
}
