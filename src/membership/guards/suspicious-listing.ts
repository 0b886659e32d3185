import { wasToStay } from "../memory";
import type { GroupPlan, History, Person } from "../types";
import { nameAll, type GroupRule } from "./rule";

/** Fewer people than this may leave a group in any proportion. */
const FEWEST = 3;

/**
 * Whether a listing lacks more than half of the declared people whom the last look saw in the group. People do leave,
 * but rarely so many at once; a listing that lost rows looks just like it.
 */
export function isSuspicious(plan: Seen, history: History, released: ReadonlySet<string>): boolean {
  return isTooMany(lostSince(plan, history, released).length, sizeBefore(plan, history));
}

/** Whether so many of so many people may not be missing all at once. */
export const isTooMany = (lost: number, of: number): boolean => lost >= FEWEST && lost * 2 > of;

type Seen = Pick<GroupPlan, "left" | "awaiting" | "present">;

/** Who was there at the last look and is not now, except those whose absence is released. */
function lostSince({ left, awaiting }: Seen, history: History, released: ReadonlySet<string>): readonly Person[] {
  const memory = history.memory;
  return [...left, ...awaiting].filter(({ number }) => !released.has(number) && wasToStay(memory, number));
}

/** How many of those who are declared today were there at the last look. */
function sizeBefore({ left, awaiting, present }: Seen, history: History): number {
  const memory = history.memory;
  return [...left, ...awaiting, ...present].filter(({ number }) => wasToStay(memory, number)).length;
}

/** The name of this rule, which second looks are held by, too. */
export const SUSPICIOUS = "suspicious-listing";

export const suspiciousListing: GroupRule = {
  rule: SUSPICIOUS,
  refuse: ({ desired, plan, history }, show) => {
    if (!isSuspicious(plan, history, desired.released)) return undefined;
    const lost = lostSince(plan, history, desired.released);
    return (
      `the listing lacks ${lost.length} people (${nameAll(lost, show)}) ` +
      `of the ${sizeBefore(plan, history)} who were there at the last run, more than half, and nobody removed them. If they really left, ` +
      `take them out of ${desired.file} or release them in releases.yaml; else run again later`
    );
  },
};
