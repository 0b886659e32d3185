/** Time, as a parameter: tests turn it by hand. Milliseconds. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** How late a timer may fire without the lost time being made up for by the calls behind it. */
const TIMER_SLACK_MS = 50;
/** What one throttling refusal does to the pace, and what each call that passes gives back. */
const SLOWER = 1.5;
const FASTER = 0.98;
/** How many times slower the pace gets at most: from there a run comes back by some hundred calls. */
const SLOWEST = 10;
/** Refusals within this time of one another are one refusal: calls in flight know nothing of the first. */
const ONE_REFUSAL_MS = 1_000;

/**
 * The pace of all calls of one process. Every call waits for its turn; turns are `1/callsPerSecond` apart, measured on
 * the schedule and not on the timers, so that late timers neither slow the run down nor pile up into a burst. A
 * throttled run slows down, and comes back to its pace slowly.
 */
export class Pace {
  private readonly shortest: number;
  private interval: number;
  private due = -Infinity;
  private slowedAt = -Infinity;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    callsPerSecond: number,
    private readonly clock: Clock,
  ) {
    this.shortest = this.interval = 1_000 / callsPerSecond;
  }

  /** Resolves when the next call may be sent. */
  turn(): Promise<void> {
    this.queue = this.queue.then(async () => {
      const due = this.due + this.interval;
      const wait = due - this.clock.now();
      if (wait > 0) await this.clock.sleep(wait);
      this.due = Math.max(due, this.clock.now() - TIMER_SLACK_MS);
    });
    return this.queue;
  }

  /** CAMS refused a call because of the pace. */
  throttled(): void {
    const now = this.clock.now();
    if (now - this.slowedAt < ONE_REFUSAL_MS) return;
    this.slowedAt = now;
    this.interval = Math.min(this.interval * SLOWER, this.shortest * SLOWEST);
  }

  /** CAMS took a call. */
  passed(): void {
    this.interval = Math.max(this.shortest, this.interval * FASTER);
  }
}
