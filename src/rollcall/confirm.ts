import { CamsError, type GroupRef } from "../cams";
import type { Removal } from "../membership/types";
import type { Executor, Whole } from "./types";

const FIRST_LOOK_MS = 250;
const LONGEST_LOOK_MS = 5_000;

/**
 * Lists the group until nobody of `people` is in it, or the time is up.
 * @returns the last whole listing; undefined when there was none
 */
export async function confirmGone(
  people: readonly Removal[],
  ref: GroupRef,
  { cams, clock, confirmTimeoutMs }: Executor,
): Promise<Whole | undefined> {
  const deadline = clock.now() + confirmTimeoutMs;
  let last: Whole | undefined;
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, LONGEST_LOOK_MS)) {
    const listing = await cams.listParticipants(ref).catch((error: unknown) => {
      if (error instanceof CamsError) return undefined;
      throw error;
    });
    if (listing?.kind === "whole") {
      last = listing;
      if (!people.some(({ number }) => listing.participants.includes(number))) return last;
    }
    if (clock.now() + wait > deadline) return last;
    await clock.sleep(wait);
  }
}
