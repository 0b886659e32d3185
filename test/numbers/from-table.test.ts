import { isCallingCode, readTableNumber } from "../../src/numbers";

const ok = (digits: string, text: string) => ({ kind: "ok", digits, text });

test.each([
  ["+62 812-3456-7890", undefined, "6281234567890", "+62 812 3456 7890"],
  ["+62\u00a0812\u202f3456 7890", undefined, "6281234567890", "+62 812 3456 7890"],
  ["\u202a+6281234567890\u202c", undefined, "6281234567890", "+62 812 3456 7890"],
  ["＋６２８１２３４５６７８９０", undefined, "6281234567890", "+62 812 3456 7890"],
  ["+62 812–3456–7890", undefined, "6281234567890", "+62 812 3456 7890"],
  ["'+6281234567890", undefined, "6281234567890", "+62 812 3456 7890"],
  ["0062 812 3456 7890", undefined, "6281234567890", "+62 812 3456 7890"],
  ["001 213 373 4253", undefined, "12133734253", "+1 213 373 4253"],
  ["+62 0812 3456 7890", undefined, "6281234567890", "+62 812 3456 7890"],
  ["0812-3456-7890", "62", "6281234567890", "+62 812 3456 7890"],
  ["812 3456 7890", "62", "6281234567890", "+62 812 3456 7890"],
  ["6281234567890", "62", "6281234567890", "+62 812 3456 7890"],
  ["138 0013 8000", "86", "8613800138000", "+86 138 0013 8000"],
  ["(213) 373-4253", "1", "12133734253", "+1 213 373 4253"],
  ["06 698 12345", "39", "390669812345", "+39 06 6981 2345"],
  // With a plus the country is told, whatever --country says.
  ["+65 8123 4567", "62", "6581234567", "+65 8123 4567"],
  // WhatsApp's own form of a Mexican mobile keeps its digits.
  ["+52 1 55 1234 5678", undefined, "5215512345678", "+52 15512345678"],
])("%s with country %s is +%s", (written, country, digits, text) => {
  expect(readTableNumber(written, country)).toEqual(ok(digits, text));
});

test.each([
  ["6.28E+12", undefined, /cut to a power of ten/],
  ["6,28E+12", "62", /cut to a power of ten/],
  ["+6.28e12", undefined, /cut to a power of ten/],
  ["0812-3456-7890", undefined, /no plus, so its country is not known/],
  ["6281234567890", undefined, /no plus, so its country is not known/],
  ["0812 3456 7890 / 0813 3456 7890", "62", /is no phone number/],
  ["+62 812 3456 7890 ext. 12", undefined, /is no phone number/],
  ["none", "62", /is no phone number/],
  ["+62 812", undefined, /cannot exist: 5 digits/],
  ["0", "62", /cannot exist in \+62/],
  ["0812", "62", /cannot exist/],
  ["8613800138000", "62", /is in no range of \+62 that is known, and may be another country's/],
  ["001 65 8123 4567", "62", /may begin with 00, or with 001/],
  ["000 62 812 3456 7890", "62", /cannot exist|no range/],
  ["000 62 812 3456 7890", undefined, /has no plus/],
  ["+999 123 456", undefined, /cannot exist: no country has this code/],
])("%s with country %s is refused", (written, country, why) => {
  expect(readTableNumber(written, country)).toMatchObject({ kind: "fault", why: expect.stringMatching(why) as string });
});

test.each([
  ["62", true],
  ["1", true],
  ["852", true],
  ["999", false],
  ["0", false],
  ["6", false],
  ["ID", false],
  ["6281", false],
])("calling code %s: %s", (code, expected) => {
  expect(isCallingCode(code)).toBe(expected);
});
