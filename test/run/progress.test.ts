import { showProgress } from "../../src/cli/progress";
import { inLogs, progressOf } from "../../src/run/progress";

/** A roll call of `of` groups, one every `eachMs`, told to `progress`. */
function play(
  of: number,
  eachMs: number,
  open: (clock: { now(): number }) => (done: number, of: number) => void,
): void {
  let now = 5_000;
  const progress = open({ now: () => now });
  for (let done = 1; done <= of; done++) {
    progress(done, of);
    now += eachMs;
  }
}
const sleep = (): Promise<void> => Promise.resolve();

function linesOf(of: number, eachMs: number): string[] {
  const lines: string[] = [];
  play(of, eachMs, (clock) => progressOf({ ...clock, sleep }, (text) => lines.push(text)));
  return lines;
}

test("groups done, rate and time left", () => {
  expect(linesOf(60, 100)).toEqual([
    "roll call: 21 of 60 groups, 10.0 a second, about 4 s left",
    "roll call: 41 of 60 groups, 10.0 a second, about 2 s left",
  ]);
  expect(linesOf(10_000, 200).at(0)).toBe("roll call: 11 of 10000 groups, 5.0 a second, about 33 min left");
});

test("short work is not worth a line", () => {
  expect(linesOf(19, 100)).toEqual([]);
});

test("a roll call of half an hour says something every 15 seconds at least, and does not flood the log", () => {
  const lines = linesOf(10_000, 200);
  expect(lines.length).toBeGreaterThan(2_000 / 15);
  expect(lines.length).toBeLessThan(200);
  expect([0, 30_000, 1_000_000].map(inLogs)).toEqual([2_000, 3_000, 15_000]);
});

describe("the commands", () => {
  const written = (screen: { isTTY?: boolean }, inCi: boolean): string[] => {
    const texts: string[] = [];
    const write = (text: unknown) => texts.push(String(text)) > 0;
    const stderr = jest.spyOn(process.stderr, "write").mockImplementation(write);
    play(100, 100, (clock) => showProgress({ ...screen, write }, inCi, { ...clock, sleep }));
    stderr.mockRestore();
    return texts;
  };

  test("on a terminal: one line that moves, and is gone in the end", () => {
    const texts = written({ isTTY: true }, false);
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.every((text) => text.startsWith("\r\u001b[2K") && !text.includes("\n"))).toBe(true);
    expect(texts.at(-1)).toBe("\r\u001b[2K");
  });

  test.each([
    ["in a log", { isTTY: false }, false],
    ["in a pipeline that has a terminal", { isTTY: true }, true],
  ])("%s: now and then a line", (_, screen, inCi) => {
    const texts = written(screen, inCi);
    expect(texts.length).toBe(4);
    expect(texts.every((text) => text.endsWith("left\n"))).toBe(true);
  });
});
