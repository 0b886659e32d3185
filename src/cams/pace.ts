/** Time, as a parameter: tests turn it by hand. Milliseconds. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** How late a timer may fire without the lost time being made up for by the calls behind it. */
const TIMER_SLACK_MS = 50;
/** A stretch of calls that is judged as one: at least this long, and at least this many calls at the present pace. */
const STRETCH_MS = 500;
const STRETCH_CALLS = 10;
/** After a stretch with refusals: a little below what CAMS took in it, but not below half of the pace. */
const BELOW = 0.95;
const AT_MOST_BELOW = 0.5;
/** After a stretch without: faster by this part of the full pace for each second. */
const FASTER_A_SECOND = 0.02;
/** However CAMS refuses, the pace stays above this part of the full one. */
const SLOWEST = 0.02;

/**
 * The pace of all calls of one process. Every call waits for its turn; turns are one interval apart, measured on the
 * schedule and not on the timers, so that late timers neither slow the run down nor pile up into a burst.
 *
 * A run whose account is limited below `callsPerSecond` finds the limit by itself. How many calls CAMS took while it
 * refused others *is* the limit, so that is what the next stretch keeps a little below; then the pace grows slowly, until
 * CAMS refuses again. It is counted in calls a second, and as the part of the pace that was taken: this process may have
 * been busy for a while, and have sent nothing. Refusals are judged by the stretch, not one by one, for calls in flight
 * know nothing of the first.
 * At half of `callsPerSecond` a run takes the time of the limit, with some 5 refused calls in 100 at first and 2 later.
 */
export class Pace {
  private readonly fastest: number;
  /** Calls a second. */
  private rate: number;
  private due = -Infinity;
  private readonly waiting: { readonly first: (() => void)[]; readonly others: (() => void)[] } = {
    first: [],
    others: [],
  };
  private queue: Promise<void> = Promise.resolve();
  private stretch = { from: -Infinity, taken: 0, refused: 0 };

  constructor(
    callsPerSecond: number,
    private readonly clock: Clock,
  ) {
    this.fastest = this.rate = callsPerSecond;
  }

  /**
   * Resolves when the next call may be sent.
   * @param first before all others that wait: there are few such calls, and what they stand on grows old
   */
  turn(first = false): Promise<void> {
    const turn = new Promise<void>((take) => this.waiting[first ? "first" : "others"].push(take));
    this.queue = this.queue.then(() => this.give());
    return turn;
  }

  /** Gives the next turn, when it is due, to the first in the line. */
  private async give(): Promise<void> {
    const due = this.due + 1_000 / this.rate;
    const wait = due - this.clock.now();
    if (wait > 0) await this.clock.sleep(wait);
    this.due = Math.max(due, this.clock.now() - TIMER_SLACK_MS);
    (this.waiting.first.shift() ?? this.waiting.others.shift())?.();
  }

  /** CAMS refused a call because of the pace. */
  throttled(): void {
    this.judge({ taken: 0, refused: 1 });
  }

  /** CAMS took a call. */
  passed(): void {
    this.judge({ taken: 1, refused: 0 });
  }

  private judge(more: { readonly taken: number; readonly refused: number }): void {
    const now = this.clock.now();
    if (this.stretch.from === -Infinity) this.stretch.from = now;
    const { from } = this.stretch;
    const taken = this.stretch.taken + more.taken;
    const refused = this.stretch.refused + more.refused;
    this.stretch = { from, taken, refused };
    const seconds = (now - from) / 1_000;
    if (seconds < Math.max(STRETCH_MS / 1_000, STRETCH_CALLS / this.rate)) return;
    const part = Math.max(taken / (taken + refused), AT_MOST_BELOW);
    const limit = Math.max(taken / seconds, this.rate * part);
    const next =
      refused > 0 ? Math.min(limit, this.rate) * BELOW : this.rate + this.fastest * FASTER_A_SECOND * seconds;
    this.rate = Math.min(this.fastest, Math.max(this.fastest * SLOWEST, next));
    this.stretch = { from: now, taken: 0, refused: 0 };
  }
}
