/**
 * A limit of calls a second: a bucket of one second's calls that fills up steadily, so that a client that keeps the pace
 * is never refused for a few milliseconds of jitter. Refused calls cost nothing.
 */
export class Throttle {
  private filled: number;
  private last: number;

  constructor(
    private readonly qps: number,
    private readonly clock: () => number,
  ) {
    this.filled = qps;
    this.last = clock();
  }

  /** 0 when the call may pass, else the milliseconds until one may. */
  admit(): number {
    const now = this.clock();
    this.filled = Math.min(this.qps, this.filled + (Math.max(0, now - this.last) / 1000) * this.qps);
    this.last = now;
    if (this.filled < 1) return Math.ceil(((1 - this.filled) / this.qps) * 1000);
    this.filled -= 1;
    return 0;
  }
}
