import fc from "fast-check";
import { nearMiss } from "../../src/membership/near-miss";
import { runs, seeded } from "../seeded";

const BRAZIL = /Brazil's extra mobile digit/;
const MEXICO = /Mexico's extra mobile digit/;
const ARGENTINA = /Argentina's extra mobile digit/;
const TRUNK = /trunk zero/;
const NO_CODE = /without its country code/;
const SWAPPED = /two digits swapped/;

test.each([
  ["Brazil, São Paulo", "5511987654321", "551187654321", BRAZIL],
  ["Mexico", "5215512345678", "525512345678", MEXICO],
  ["Argentina", "5491123456789", "541123456789", ARGENTINA],
  ["Germany, trunk zero", "4901711234567", "491711234567", TRUNK],
  ["Indonesia, trunk zero", "6208123456789", "628123456789", TRUNK],
  ["one-digit country code, trunk zero", "709161234567", "79161234567", TRUNK],
  ["three-digit country code, trunk zero", "3530851234567", "353851234567", TRUNK],
  ["Indonesia, no country code", "8123456789", "628123456789", NO_CODE],
  ["Indonesia, as dialled at home", "08123456789", "628123456789", NO_CODE],
  ["one-digit country code, as dialled at home", "09161234567", "79161234567", NO_CODE],
  ["three-digit country code, as dialled at home", "0851234567", "353851234567", NO_CODE],
  ["with the international prefix", "00628123456789", "628123456789", NO_CODE],
  ["two zeros before the national number", "008123456789", "628123456789", NO_CODE],
  ["the same number behind many zeros", "00008123456789", "8123456789", NO_CODE],
  ["shortest national number", "1234567", "621234567", NO_CODE],
  ["neighbours swapped", "628123456789", "628123456798", SWAPPED],
  ["distant digits swapped", "628123456789", "928123456786", SWAPPED],
])("%s: %s and %s look alike", (_, a, b, why) => {
  expect(nearMiss(a, b)).toMatch(why);
  expect(nearMiss(b, a)).toBe(nearMiss(a, b));
});

test.each([
  ["the same number", "628123456789", "628123456789"],
  ["the same number with a zero in front", "0812345678", "0812345678"],
  ["a Brazilian number behind another digit", "15511987654321", "1551187654321"],
  ["a Brazilian number with a digit too many", "55119876543210", "5511876543210"],
  ["a Mexican number behind another digit", "35215512345678", "3525512345678"],
  ["a Mexican number with a digit too many", "52155123456780", "5255123456780"],
  ["an Argentinian number behind another digit", "35491123456789", "3541123456789"],
  ["an Argentinian number with a digit too many", "54911234567890", "5411234567890"],
  ["a zero behind the country code of another number", "6208123456789", "628123456788"],
  ["two other digits, of which one is swapped", "628110000012", "628110000023"],
  ["one other digit", "628110000001", "628110000002"],
  ["two other digits that are no swap", "628110000012", "628110000034"],
  ["three digits turned round", "628110000123", "628110000231"],
  ["two swaps", "628110001234", "628110002143"],
  ["a nine in the wrong place in Brazil", "5511897654321", "551187654321"],
  ["a Brazilian nine elsewhere", "6211987654321", "621187654321"],
  ["a Mexican one elsewhere", "6215512345678", "625512345678"],
  ["a zero behind four digits", "62810123456789", "6281123456789"],
  ["one digit more that is no zero", "6298123456789", "628123456789"],
  ["too short for a national number", "123456", "62123456"],
  ["four digits in front", "8123456789", "12348123456789"],
  ["a common beginning", "62812345678", "628123456789"],
  ["two countries", "628123456789", "491711234567"],
])("%s: %s and %s are two people", (_, a, b) => {
  expect(nearMiss(a, b)).toBeUndefined();
  expect(nearMiss(b, a)).toBeUndefined();
});

describe("in general", () => {
  /** Few digits, so that swaps, zeros and common endings come up often. */
  const number = fc.stringMatching(/^[0159]{5,15}$/);

  test("symmetric", () => {
    const alike = fc.tuple(number, number, fc.nat(3)).map(([a, b, cut]) => [a, `${b.slice(0, cut)}${a.slice(cut)}`]);
    fc.assert(
      fc.property(fc.oneof(fc.tuple(number, number), alike), ([a = "", b = ""]) => {
        expect(nearMiss(a, b)).toBe(nearMiss(b, a));
      }),
      { ...seeded, numRuns: runs(5_000) },
    );
  });

  test("any number and the same with any two of its digits swapped", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{9,14}$/), fc.nat(9), fc.nat(9), (a, i, j) => {
        const digits = [...a];
        [digits[i], digits[j]] = [digits[j]!, digits[i]!];
        const b = digits.join("");
        fc.pre(a !== b);
        expect(nearMiss(a, b)).toBeDefined();
      }),
      seeded,
    );
  });

  test("any number of any country and the same as dialled at home", () => {
    const code = fc.stringMatching(/^[1-9]\d{0,2}$/);
    const national = fc.stringMatching(/^[1-9]\d{6,11}$/);
    fc.assert(
      fc.property(code, national, (country, rest) => {
        for (const spelling of [rest, `0${rest}`, `${country}0${rest}`]) {
          expect(nearMiss(spelling, country + rest)).toBeDefined();
          expect(nearMiss(country + rest, spelling)).toBeDefined();
        }
      }),
      seeded,
    );
  });
});
