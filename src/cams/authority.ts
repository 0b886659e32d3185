/**
 * What allows a write: a run that goes on, and a fresh look. What was seen in a group, and what the rosters said, is true
 * at a moment; a request that goes out later may meet another world, in which somebody is declared again. So whoever is
 * about to send one asks here, each time, right before it goes out.
 */
import type { Clock } from "./pace";

/** Whether a write may go out now, or why not. */
export type Ruling = "may" | "stopped" | "engine gone" | "look too old";

export interface Authority {
  /** @param lookAgeMs how long ago the listing was asked for on which the write stands */
  rule(lookAgeMs: number): Ruling;
}

/** What is known of the Pulumi engine for which this process works. */
export interface Engine {
  /** It has said that the run is to stop. */
  stopped(): boolean;
  /** It has ended, killed perhaps: nobody hears of what is done any more, and the next run may be under way. */
  gone(): boolean;
}

/**
 * For so long a listing allows writes. A listing and a write after it take some tenths of a second; ten seconds leave room
 * for a slow answer (rollcall:readTimeoutMs is 10 s at first) and for some throttled tries, each of which waits 2 s at
 * most. In less than that nobody changes a roster, has it merged and starts a run. Whatever takes longer is judged anew.
 */
export const LOOK_HOLDS_MS = 10_000;

/** The authority of a run: it ends with the engine, with its word to stop, and with the age of the look. */
export function authorityOf(engine: Engine): Authority {
  return {
    rule: (lookAgeMs) => {
      if (engine.gone()) return "engine gone";
      if (engine.stopped()) return "stopped";
      return lookAgeMs <= LOOK_HOLDS_MS ? "may" : "look too old";
    },
  };
}

/** The age of a look by the clock; a look that this clock knows nothing of is older than any. */
export const ageOf = (askedForAt: number | undefined, clock: Pick<Clock, "now">): number =>
  askedForAt === undefined ? Infinity : clock.now() - askedForAt;
