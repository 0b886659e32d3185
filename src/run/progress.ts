import type { Clock } from "../cams";

/** Shortest time between two lines of progress, and before the first: short work is not worth a line. */
const EVERY_MS = 2_000;

/** Tells how far a roll call is, every two seconds. */
export function progressOf(clock: Clock, tell: (text: string) => void): (done: number, of: number) => void {
  const started = clock.now();
  let told = started;
  return (done, of) => {
    const now = clock.now();
    if (now - told < EVERY_MS) return;
    told = now;
    const rate = done / ((now - started) / 1_000);
    const left = Math.ceil((of - done) / rate);
    tell(`roll call: ${done} of ${of} groups, ${rate.toFixed(1)} a second, about ${left} s left`);
  };
}
