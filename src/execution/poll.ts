/** Looks until a change shows. CAMS accepts a call before its effect is listed. */
import type { Clock } from "../cams";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** How long a change may take to show. */
export interface Patience {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly confirmTimeoutMs: number;
}

/**
 * Looks at once, and then again after waits that grow.
 * @param look gives what was looked for; undefined while it does not show
 * @returns undefined when it did not show in time
 */
export async function poll<T>(
  look: () => Promise<T | undefined>,
  { clock, confirmTimeoutMs }: Patience,
): Promise<T | undefined> {
  const deadline = clock.now() + confirmTimeoutMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const found = await look();
    if (found !== undefined || clock.now() + wait > deadline) return found;
    await clock.sleep(wait);
  }
}
