import { CamsError } from "../cams";
import { secondLook } from "../membership/guards";
import type { Digits, Removal } from "../membership/types";
import type { Executor, Task, Whole } from "./types";

const FIRST_LOOK_MS = 250;
const LONGEST_LOOK_MS = 5_000;

/**
 * Lists the group until nobody of `people` is in it, or the time is up. A listing that is not whole, or that lacks too
 * many of those who should still be there, says nothing.
 * @param before the listing by which these are judged
 * @param asked everybody whose removal was asked for since that listing or earlier
 * @returns the last listing that is believed; undefined when there was none
 */
export async function confirmGone(
  people: readonly Removal[],
  before: Whole,
  asked: ReadonlySet<Digits>,
  { ref, desired }: Pick<Task, "ref" | "desired">,
  { cams, clock, confirmTimeoutMs, show }: Executor,
): Promise<Whole | undefined> {
  const deadline = clock.now() + confirmTimeoutMs;
  let last: Whole | undefined;
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, LONGEST_LOOK_MS)) {
    const listing = await cams.listParticipants(ref).catch((error: unknown) => {
      if (error instanceof CamsError) return undefined;
      throw error;
    });
    if (listing?.kind === "whole" && isBelieved(listing)) {
      last = listing;
      if (!people.some(({ number }) => listing.participants.includes(number))) return last;
    }
    if (clock.now() + wait > deadline) return last;
    await clock.sleep(wait);
  }

  function isBelieved(listing: Whole): boolean {
    return secondLook({ desired, before, now: listing, asked }, show) === undefined;
  }
}
