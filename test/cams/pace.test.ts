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
      for (let from = 0; from < at.length; from++) {
        for (let to = from + 1; to < at.length; to++) {
          const allowed = (at[to]! - at[from]! + SLACK_MS) * (callsPerSecond / 1_000) + 1;
          expect(to - from + 1).toBeLessThanOrEqual(allowed + 1e-6);
        }
      }
    }),
    { ...seeded, numRuns: 100 },
  );
});

describe("throttled", () => {
  const paceOf = async (act: (pace: Pace, clock: ReturnType<typeof lateClock>) => void): Promise<number> => {
    const clock = lateClock();
    const pace = new Pace(10, clock);
    await turns(pace, clock, 3);
    act(pace, clock);
    return Math.round(gaps(await turns(pace, clock, 4)).at(-1)!);
  };

  test("once: half as much again between calls", async () => {
    expect(await paceOf((pace) => pace.throttled())).toBe(150);
  });

  test("by calls that were under way together: once", async () => {
    expect(
      await paceOf((pace, clock) => {
        pace.throttled();
        clock.pass(999);
        pace.throttled();
      }),
    ).toBe(150);
  });

  test("again after a second: slower still", async () => {
    expect(
      await paceOf((pace, clock) => {
        pace.throttled();
        clock.pass(1_000);
        pace.throttled();
      }),
    ).toBe(225);
  });

  test("for ever: ten times slower, so that the run comes back", async () => {
    const slowest = await paceOf((pace, clock) => {
      for (let i = 0; i < 50; i++) {
        pace.throttled();
        clock.pass(1_000);
      }
    });
    expect(slowest).toBe(1_000);
  });

  test("comes back to its pace by calls that pass, and not beyond it", async () => {
    const after = (refusals: number, passes: number) =>
      paceOf((pace) => {
        for (let i = 0; i < refusals; i++) pace.throttled();
        for (let i = 0; i < passes; i++) pace.passed();
      });
    expect([await after(1, 1), await after(1, 21), await after(0, 21)]).toEqual([147, 100, 100]);
  });
});
