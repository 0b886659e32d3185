import type { Clock } from "../cams";

/** Shortest time between two lines of progress, and before the first: short work is not worth a line. */
const SHORTEST_MS = 2_000;
/** Longest time between two: a log that says nothing for longer looks as if the run hung. */
const LONGEST_MS = 15_000;

/**
 * Between two lines of a log: lively at first, and some 150 lines for a roll call of half an hour. Pulumi writes
 * ephemeral messages line by line where it has no terminal, which a program can't tell.
 */
export const inLogs = (elapsedMs: number): number => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, elapsedMs / 10));

/**
 * Tells how far a roll call is: groups done, rate, time left.
 * @param betweenMs time to the next line, by the time since the first group
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
