import type { Clock } from "../cams";

/** Shortest time between two lines of progress, and before the first. Work that ends sooner needs no line. */
const SHORTEST_MS = 2_000;
/** Longest time between two lines. When a log says nothing for longer, it looks as if the run hung. */
const LONGEST_MS = 15_000;

/**
 * The time between two lines of a log: short at first, then longer, so that a roll call of half an hour gives some 150
 * lines. Pulumi writes ephemeral messages line by line when it has no terminal, and a program can't tell whether it
 * has.
 */
export const inLogs = (elapsedMs: number): number => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, elapsedMs / 10));

/**
 * Tells how far a roll call is: groups done, rate, time left.
 * @param betweenMs gives the time to the next line, from the time since the first group
 */
export function progressOf(
  clock: Clock,
  tell: (text: string) => void,
  betweenMs: (elapsedMs: number) => number = inLogs,
): (done: number, of: number) => void {
  let first: { readonly at: number; readonly done: number } | undefined;
  let told = 0;
  return (done, of) => {
    const now = clock.now();
    if (first === undefined) {
      first = { at: now, done };
      told = now;
    }
    if (done === of || now - told < betweenMs(now - first.at)) return;
    told = now;
    const rate = (done - first.done) / ((now - first.at) / 1_000);
    const left = duration(Math.ceil((of - done) / rate));
    tell(`roll call: ${done} of ${of} groups, ${rate.toFixed(1)} a second, about ${left} left`);
  };
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
