import { checkNumber, countryCode, isPossible } from "../../src/numbers";

test.each([
  ["+62 812-3456-7890", "ok"],
  ["6281234567890", "ok"],
  ["+52 1 55 1234 5678", "ok"],
  ["+39 06 1234 5678", "ok"],
  ["+55 11 1234 5678", "unlikely-number"],
  ["+62 0812-3456-7890", "trunk-prefix"],
  ["+229 97 12 34 56", "impossible-number"],
  ["+229 01 97 12 34 56", "ok"],
  ["+62 812", "impossible-number"],
  ["+999 123 456", "impossible-number"],
  ["0811 0000 001", "impossible-number"],
  ["0062 811 0000 001", "impossible-number"],
  ["8 912 345 67 89", "impossible-number"],
  ["123456789012345", "impossible-number"],
])("%s: %s", (written, expected) => {
  const checked = checkNumber(written);
  expect(checked.kind === "ok" ? "ok" : checked.code).toBe(expected);
  expect(checked.digits).toBe(written.replace(/\D/g, ""));
  expect(isPossible(checked.digits)).toBe(checked.kind !== "fault");
});

test.each(["+229 97 12 34 56", "+62 0812-3456-7890", "+55 11 1234 5678", "0811 0000 001", "12345"])(
  "%s is fine, when CAMS itself lists it so",
  (written) => {
    expect(checkNumber(written, { asListed: true })).toEqual({ kind: "ok", digits: written.replace(/\D/g, "") });
  },
);

test.each(["+229", "1234", "1234567890123456"])("CAMS lists nobody as %s", (written) => {
  expect(checkNumber(written, { asListed: true })).toMatchObject({ kind: "fault", code: "impossible-number" });
});

test("messages and hints quote numbers as they are told to", () => {
  const quote = (number: string) => `<${number.replace(/\d/g, "•")}>`;
  for (const written of ["+62 0812-3456-7890", "+229 97 12 34 56", "+55 11 1234 5678"])
    expect(JSON.stringify({ ...checkNumber(written, { quote }), digits: "" })).not.toMatch(/\d[\d -]{4,}/);
  expect(checkNumber("+62 0812-3456-7890", { quote })).toMatchObject({ hint: "Write <+•• ••• •••• ••••>." });
});

test.each([
  ["6281234567890", "62"],
  ["79161234567", "7"],
  ["12025550123", "1"],
  ["353851234567", "353"],
  ["22997123456", "229"],
  ["88212345678", "882"],
  ["6208123456789", "62"],
  ["123456789012345", "1"],
  ["08123456789", undefined],
  ["999123456", undefined],
  ["622", undefined],
  ["", undefined],
])("the country code of %p is %p", (digits, code) => {
  expect(countryCode(digits)).toBe(code);
});

test("whether numbers can exist is told for a hundred thousand rows without keeping them all", () => {
  const before = process.memoryUsage().heapUsed;
  let possible = 0;
  for (let i = 0; i < 100_000; i++) if (isPossible(String(62_811_000_0000 + i))) possible += 1;
  expect(possible).toBe(100_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  expect(isPossible("628110000000")).toBe(true);
  expect(isPossible("123456789012345")).toBe(false);
});
