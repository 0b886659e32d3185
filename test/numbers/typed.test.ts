import { readTyped } from "../../src/numbers";

test.each([
  "\u202a+62 811\u20110000\u2011001\u202c",
  "0062 811 0000 001",
  "00 62 811 0000 001",
  "+62/811/0000001",
  "tel:+62-811-0000-001",
  "TEL:+628110000001",
  "＋62 811 0000 001",
  "+62\u00a0811\u22120000\u2212001",
  "62 811 0000 001",
])("%s is a number", (text) => {
  expect(readTyped(text)).toEqual({ kind: "number", digits: "628110000001" });
});

test.each(["+62 (0)811 0000 001", "+62 0811 0000 001"])("%s has a digit too many", (text) => {
  expect(readTyped(text)).toEqual({ kind: "trunk prefix", digits: "6208110000001", international: "628110000001" });
});

test.each(["0811 0000 001", "0811\u20110000\u2011001", "(0811) 0000-001", "1234"])("%s has no country code", (text) => {
  expect(readTyped(text)).toEqual({ kind: "no country" });
});

test.each(["", "Ana", "EA93UU0042", "jakarta/1", "6281••••••01", "+", "tel:"])("%p is no number", (text) => {
  expect(readTyped(text)).toEqual({ kind: "no number" });
});
