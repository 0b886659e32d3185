import { readDay } from "../../src/people/days";

test.each([
  ["2026-12-01", "2026-12-01"],
  ["2026/2/1", "2026-02-01"],
  ["2026/12/1", "2026-12-01"],
  ["2026.12.01", "2026-12-01"],
  ["20261201", "2026-12-01"],
  ["2026-12-01T00:00:00+08:00", "2026-12-01"],
  ["2026-12-01 17:30", "2026-12-01"],
  ["2028-02-29", "2028-02-29"],
])("%s is %s", (text, day) => {
  expect(readDay(text)).toEqual({ kind: "day", day });
});

test.each(["", "9999-12-31", "99991231"])("%j is no day on which anything ends", (text) => {
  expect(readDay(text)).toEqual({ kind: "none" });
});

test.each([
  "01.12.2026",
  "12/1/2026",
  "2026-13-01",
  "2026-02-29",
  "2026-12-01x",
  "2026-12-3",
  "2026-2-01",
  "2026/12-01",
  "46000",
  "yes",
  "0000-00-00",
])("%s is refused: the order of its parts is not guessed", (text) => {
  expect(readDay(text)).toEqual({ kind: "no day" });
});
