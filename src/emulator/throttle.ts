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
    const wait = this.wait();
    if (wait === 0) this.take();
    return wait;
  }

  /** The same, but no call is counted. */
  wait(): number {
    const now = this.clock();
    this.filled = Math.min(this.qps, this.filled + (Math.max(0, now - this.last) / 1000) * this.qps);
    this.last = now;
    if (this.filled < 1) return Math.ceil(((1 - this.filled) / this.qps) * 1000);
    return 0;
  }

  /** Counts a call that passes. */
  take(): void {
    this.filled -= 1;
  }
}

/** Calls a second of an account that Alibaba Cloud documents for single operations; none for those that are not here. */
export const documentedQps: Readonly<Record<string, number>> = {
  SendChatappMessage: 250,
  GetChatappTemplateDetail: 5,
  QueryChatappPhoneNumbers: 10,
};

/** The limit of all operations together, and beside it the documented limits of single ones. */
export class Throttles {
  private readonly all: Throttle;
  private readonly own: ReadonlyMap<string, Throttle>;

  constructor(qps: number, clock: () => number) {
    this.all = new Throttle(qps, clock);
    this.own = new Map(Object.entries(documentedQps).map(([action, limit]) => [action, new Throttle(limit, clock)]));
  }

  /** 0 when a call of this operation may pass, else the milliseconds until one may. */
  admit(action: string): number {
    const limits = [this.all, this.own.get(action) ?? this.all];
    const wait = Math.max(...limits.map((limit) => limit.wait()));
    if (wait === 0) new Set(limits).forEach((limit) => limit.take());
    return wait;
  }
}
