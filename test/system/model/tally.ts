/** How often what happened in all worlds, so that nothing is claimed of worlds in which it can't happen. */
export const tally = new Map<string, number>();

export function count(what: string, by = 1): void {
  tally.set(what, (tally.get(what) ?? 0) + by);
}

/** `expect(…).toEqual(…)`, which takes its time, only where there is something to tell. */
export function same(found: unknown, expected: unknown, what = ""): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) expect({ what, is: found }).toEqual({ what, is: expected });
}
