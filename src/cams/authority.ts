/**
 * What allows a write: a run that goes on, and a fresh look. What was seen in a group and what the rosters said may change:
 * when a request is sent later, a person may be declared again. So each
 * write asks here right before it is sent.
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
  /** It has ended, perhaps killed: results can't be reported any more, and the next run may be under way. */
  gone(): boolean;
}

/**
 * How long a listing allows writes. A listing and a write after it take some tenths of a second; ten seconds leave room
 * for a slow answer (rollcall:readTimeoutMs is 10 s at first) and for some throttled tries, each of which waits 2 s at
 * most. A change of a roster, its merge and a new run take longer. A write that waits longer is judged again.
 */
export const LOOK_HOLDS_MS = 10_000;

/** The authority of a run: it ends with the engine, with its signal to stop, and with the age of the look. */
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
