import { CamsError, unlessCams } from "../cams";
import { secondLook } from "../membership/guards";
import type { Digits, Removal } from "../membership/types";
import { poll } from "./poll";
import type { Executor, Task, Whole } from "./types";

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
  with_: Executor,
): Promise<Whole | undefined> {
  const { cams, show } = with_;
  let last: Whole | undefined;
  await poll(async () => {
    const listing = await cams.listParticipants(ref).catch(unlessCams);
    if (listing instanceof CamsError || listing.kind !== "whole" || !isBelieved(listing)) return undefined;
    last = listing;
    return people.some(({ number }) => listing.participants.includes(number)) ? undefined : listing;
  }, with_);
  return last;

  function isBelieved(listing: Whole): boolean {
    return secondLook({ desired, before, now: listing, asked }, show) === undefined;
  }
}
