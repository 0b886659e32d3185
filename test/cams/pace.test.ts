import fc from "fast-check";
import { Pace, type Clock } from "../../src/cams/pace";
import { seeded } from "../seeded";

/** A clock whose timers are late by what `lateness` says, one after the other. */
function lateClock(lateness: readonly number[] = []): Clock & { pass(ms: number): void } {
  let now = 1_000;
  let slept = 0;
  return {
    now: () => now,
    sleep: (ms) => {
      now += ms + (lateness[slept++ % Math.max(1, lateness.length)] ?? 0);
      return Promise.resolve();
    },
    pass: (ms) => {
      now += ms;
    },
  };
}

/** When each of `n` calls may be sent. */
async function turns(pace: Pace, clock: Clock, n: number): Promise<number[]> {
  const at: number[] = [];
  await Promise.all(Array.from({ length: n }, () => pace.turn().then(() => at.push(clock.now()))));
  return at;
}

function gaps(at: readonly number[]): number[] {
  return at.slice(1).map((time, i) => time - at[i]!);
}

/** Time that the schedule may run ahead after a pause. */
const SLACK_MS = 50;

test("turns are 1/Q apart, in the order in which they were asked for", async () => {
  const clock = lateClock();
  const pace = new Pace(5, clock);
  const order: number[] = [];
  const at = await Promise.all([0, 1, 2, 3].map((i) => pace.turn().then(() => (order.push(i), clock.now()))));
  expect(order).toEqual([0, 1, 2, 3]);
  expect(gaps(at)).toEqual([150, 200, 200]);
});

test("a turn for a call that goes first is the next one, and those who waited keep their order", async () => {
  const clock = lateClock();
  const pace = new Pace(5, clock);
  const order: string[] = [];
  const take = (who: string, first = false) => pace.turn(first).then(() => order.push(who));
  await Promise.all([take("a"), take("b"), take("c"), take("W", true), take("X", true)]);
  expect(order).toEqual(["W", "X", "a", "b", "c"]);
});

test("timers that are late do not slow the run down", async () => {
  const clock = lateClock([15]);
  const at = await turns(new Pace(10, clock), clock, 101);
  expect(at[100]! - at[0]!).toBeLessThanOrEqual(100 * 100 + 15);
});

test("a timer that is very late does not pile up into a burst", async () => {
  const clock = lateClock([0, 0, 5_000, 0, 0, 0, 0, 0, 0, 0]);
  const after = gaps(await turns(new Pace(10, clock), clock, 8)).slice(3);
  expect(after).toEqual([50, 100, 100, 100]);
});

test("a pause is not made up for", async () => {
  const clock = lateClock();
  const pace = new Pace(10, clock);
  await turns(pace, clock, 3);
  clock.pass(60_000);
  expect(gaps(await turns(pace, clock, 4))).toEqual([50, 100, 100]);
});

test("no stretch of time ever has more calls than the pace allows", async () => {
  const lateness = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), lateness, async (callsPerSecond, late) => {
      const clock = lateClock(late);
      const at = await turns(new Pace(callsPerSecond, clock), clock, 60);
      let excess = -Infinity;
      for (let from = 0; from < at.length; from++) {
        for (let to = from + 1; to < at.length; to++) {
          const allowed = (at[to]! - at[from]! + SLACK_MS) * (callsPerSecond / 1_000) + 1;
          excess = Math.max(excess, to - from + 1 - allowed);
        }
      }
      expect(excess).toBeLessThanOrEqual(1e-6);
    }),
    { ...seeded, numRuns: 100 },
  );
});

describe("an account that CAMS limits below the pace", () => {
  /** Sends until `n` calls were taken, to a server that fills up a bucket of one second's calls. */
  async function send(pace: Pace, clock: ReturnType<typeof lateClock>, limit: () => number, n: number) {
    const started = clock.now();
    let [bucket, last, taken, refused] = [limit(), started, 0, 0];
    while (taken < n) {
      await pace.turn();
      bucket = Math.min(limit(), bucket + ((clock.now() - last) / 1_000) * limit());
      last = clock.now();
      if (bucket >= 1) {
        bucket -= 1;
        taken += 1;
        pace.passed();
      } else {
        refused += 1;
        pace.throttled();
      }
    }
    return { seconds: (clock.now() - started) / 1_000, refused };
  }

  test.each([1, 0.9, 0.5, 0.2, 0.05])(
    "to %d of it: the run takes the limit's time, and few calls are refused",
    async (part) => {
      // A limit of a call or less a second is found out too slowly for this: a stretch of ten calls is that long.
      for (const callsPerSecond of [10, 50, 200, 1_000].filter((pace) => pace * part > 1)) {
        const clock = lateClock([3]);
        const limit = callsPerSecond * part;
        const count = 30 * limit;
        const { seconds, refused } = await send(new Pace(callsPerSecond, clock), clock, () => limit, count);
        expect(seconds).toBeLessThanOrEqual(1.2 * 30);
        expect(refused).toBeLessThanOrEqual(0.04 * count + 2 * callsPerSecond);
      }
    },
  );

  test("while this process is busy with something else: its own silence is not taken for the limit", async () => {
    const clock = lateClock();
    const pace = new Pace(50, clock);
    await send(pace, clock, () => 25, 100);
    pace.throttled();
    clock.pass(3_000);
    const { seconds } = await send(pace, clock, () => 25, 250);
    expect(seconds).toBeLessThanOrEqual(12);
  });

  test("for a while: the run comes back to its pace", async () => {
    const clock = lateClock();
    const pace = new Pace(100, clock);
    await send(pace, clock, () => 20, 400);
    await send(pace, clock, () => 1_000, 100 * 60);
    expect(gaps(await turns(pace, clock, 4)).at(-1)).toBeCloseTo(10);
  });

  test("to nothing: a call is tried now and then, so that the run comes back", async () => {
    const clock = lateClock();
    const pace = new Pace(100, clock);
    for (let i = 0; i < 1_000; i++) {
      await pace.turn();
      pace.throttled();
    }
    expect(gaps(await turns(pace, clock, 4)).at(-1)).toBeCloseTo(500);
  });

  test("never at all: the pace stays what it is", async () => {
    const clock = lateClock();
    const pace = new Pace(10, clock);
    const { refused } = await send(pace, clock, () => 1_000, 300);
    expect({ refused, gap: gaps(await turns(pace, clock, 4)).at(-1) }).toEqual({ refused: 0, gap: 100 });
  });
});
