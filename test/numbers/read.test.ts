import { readNumber } from "../../src/numbers";

test.each([
  ["+62 812-3456.7890", "6281234567890"],
  ["(+65) 8123\u00a04567", "6581234567"],
  ["6281234567890", "6281234567890"],
  ["12345", "12345"],
  ["123456789012345", "123456789012345"],
])("%s is %s", (written, digits) => {
  expect(readNumber(written)).toBe(digits);
});

test.each([
  "",
  "+",
  "1234",
  "1234567890123456",
  "0812345678",
  "+0812345678",
  "++62812345",
  "62+812345",
  "62812345x",
  "x62812345",
])("%p is no number in international form", (written) => {
  expect(readNumber(written)).toBeUndefined();
});
