import fc from "fast-check";
import { display } from "../../src/provider/display";
import { seeded } from "../seeded";

const masked = (maskKey: string | undefined, passphrase?: string) =>
  display({ display: "masked", maskKey }, () => passphrase);

test("full: numbers as they are", () => {
  expect(display({ display: "full", maskKey: undefined }, () => undefined)("628110000001")).toBe("628110000001");
});

test("masked: head and tail, and a short digest", () => {
  expect(masked("key")("628110000001")).toMatch(/^6281••••••01~[0-9a-f]{8}$/);
});

test("masked without any key is refused, and names the setting", () => {
  expect(() => masked(undefined)).toThrow(/rollcall:maskKey/);
});

test("the digest depends on the key, and the setting goes before the passphrase", () => {
  const number = "628110000001";
  const one = masked("one")(number);
  expect(masked("one", "two")(number)).toBe(one);
  expect(masked(undefined, "one")(number)).toBe(one);
  expect(masked("two")(number)).not.toBe(one);
});

test("masked numbers are the same in every run, distinct, and never tell the number", () => {
  const [first, second] = [masked("key"), masked("key")];
  const numbers = fc.uniqueArray(fc.stringMatching(/^628110\d{6}$/), { minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(numbers, (people) => {
      const shown = people.map(first);
      expect(people.map(second)).toEqual(shown);
      expect(new Set(shown).size).toBe(people.length);
      shown.forEach((text, i) => expect(text).not.toContain(people[i]));
    }),
    { ...seeded, numRuns: 100 },
  );
});
