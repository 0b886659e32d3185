import fc from "fast-check";
import { maskNumber } from "../../src/text/mask";
import { seeded } from "../seeded";

test.each([
  ["6281234567890", "6281•••••••90"],
  ["1234567", "1234•67"],
  ["123456", "••••••"],
  ["12345", "•••••"],
  ["", ""],
  ["+62 812/3456-7890", "+62 81•/••••-••90"],
  ["(62) 811", "(••) •••"],
])("%j is shown as %j", (number, shown) => {
  expect(maskNumber(number)).toBe(shown);
});

test("never shows more than six digits, and keeps the length", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,15}$/), (number) => {
      const shown = maskNumber(number);
      expect(shown).toHaveLength(number.length);
      expect(shown.replace(/\D/g, "").length).toBeLessThanOrEqual(Math.min(6, number.length - 1));
    }),
    seeded,
  );
});
