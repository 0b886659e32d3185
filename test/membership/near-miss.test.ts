import fc from "fast-check";
import { likenesses, nearMiss, nearMissOfAbsent } from "../../src/membership/near-miss";
import type { Removal } from "../../src/membership/types";
import { runs, seeded } from "../seeded";
import { ANA, BUDI, CITRA, desire, numbersOf } from "./world";

const BRAZIL = /Brazil's extra mobile digit/;
const MEXICO = /Mexico's extra mobile digit/;
const ARGENTINA = /Argentina's extra mobile digit/;
const TRUNK = /trunk zero/;
const NO_CODE = /without its country code/;
const PREFIX = /with an international prefix/;
const DOUBLED = /country code doubled/;
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
  ["with the international prefix", "00628123456789", "628123456789", PREFIX],
  ["with North America's international prefix", "011628123456789", "628123456789", PREFIX],
  ["with two different international prefixes", "011628123456789", "00628123456789", PREFIX],
  ["with the international prefix and a trunk zero", "006208123456789", "628123456789", TRUNK],
  ["two-digit country code, doubled", "62628123456789", "628123456789", DOUBLED],
  ["one-digit country code, doubled", "779161234567", "79161234567", DOUBLED],
  ["three-digit country code, doubled", "353353851234567", "353851234567", DOUBLED],
  ["doubled, with an international prefix between", "6200628123456", "628123456", DOUBLED],
  ["doubled, behind an international prefix", "0062628123456789", "628123456789", DOUBLED],
  ["a zero and a national number that begins like a prefix", "011234567", "6211234567", NO_CODE],
  ["two zeros before the national number", "008123456789", "628123456789", NO_CODE],
  ["the same number behind many zeros", "00008123456789", "8123456789", NO_CODE],
  ["shortest national number", "1234567", "621234567", NO_CODE],
  ["another country's code in front", "49628123456789", "628123456789", NO_CODE],
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
  ["two digits swapped, and one more", "628123456789", "6281234567980"],
  ["an international prefix within the number", "628001234567", "6281234567"],
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

const END = "the same country code and the same last 7 digits";
const WRONG = "the same number but for one digit";
const MORE = "the same number with one digit missing or too many";
const gone = (number: string, reason: Removal["reason"] = "never declared", name = "") => ({ number, reason, name });
const absent = (number: string, name = "") => ({ number, name });

test.each([
  ["Benin's plan grew", "22997123456", "2290197123456", END],
  ["Côte d'Ivoire's plan grew", "22507123456", "2250707123456", END],
  ["another area", "12125550123", "14155550123", END],
  ["shortest numbers that can have the same end", "621234567", "62991234567", END],
  ["one digit wrong", "628110000002", "628110000003", WRONG],
  ["the first digit wrong", "528110000002", "628110000002", WRONG],
  ["one digit doubled", "6281100000023", "628110000002", MORE],
  ["the first digit dropped", "28110000002", "628110000002", MORE],
  ["a digit dropped in the middle", "62811000012", "628110000012", MORE],
])("%s: %s, never declared, may be of %s who is not there", (_, a, b, how) => {
  expect(nearMissOfAbsent(gone(a), absent(b))).toBe(how);
  expect(nearMissOfAbsent(gone(b), absent(a))).toBe(how);
});

test.each([
  ["the same number", "628110000002", "628110000002"],
  ["the same end in another country", "628110000002", "498110000002"],
  ["no country's code, and the same end", "999110000002", "999220000002"],
  ["an end of six digits", "62123456", "6299123456"],
  ["an end of six digits and one that is longer", "62123456", "62991123456"],
  ["an end that takes in the country's code", "62123456", "62992123456"],
  ["two digits wrong", "628110000012", "628110000034"],
  ["two digits more", "62811000001", "6281100000123"],
  ["one digit more, and one wrong", "62811000001", "628110000123"],
])("%s: %s and %s, who is not there, are two people", (_, a, b) => {
  expect(nearMissOfAbsent(gone(a), absent(b))).toBeUndefined();
  expect(nearMissOfAbsent(gone(b), absent(a))).toBeUndefined();
});

test.each<[string, Removal["reason"], string, string, string | undefined]>([
  ["another name", "dropped from roster", "Budi", "Hadi", undefined],
  ["no names", "dropped from roster", "", "", undefined],
  ["blank names", "dropped from roster", " ", " ", undefined],
  ["the same name", "dropped from roster", "Budi", "Budi", WRONG],
  ["the same name, written otherwise", "expired", " budi", "BUDI ", WRONG],
  ["the same name in another normal form", "offboarded", "Ren\u00e9", "Rene\u0301", WRONG],
  ["another name, but never declared", "never declared", "Budi", "Hadi", WRONG],
  ["a former number, another name", "changed number", "Budi", "Hadi", undefined],
])("one digit off, %s: %s", (_, reason, name, other, how) => {
  const [budi, hadi] = ["628110000002", "628110000003"];
  expect(nearMissOfAbsent(gone(budi, reason, name), absent(hadi, other))).toBe(how);
  expect(nearMissOfAbsent(gone(hadi, reason, other), absent(budi, name))).toBe(how);
  expect(nearMissOfAbsent(gone("62811000000", reason, name), absent(budi, other))).toBe(how && MORE);
  expect(nearMissOfAbsent(gone("22997123456", reason, name), absent("2290197123456", other))).toBe(END);
});

describe("a number that a roster knows as somebody's former one", () => {
  const like = (reason: Removal["reason"]) => {
    const desired = desire({
      members: new Map([BUDI, CITRA].map((number) => [number, "Ana"])),
      formerly: new Map([[ANA, BUDI]]),
    });
    return numbersOf(likenesses(gone(ANA, reason, "Ana"), desired, new Set([BUDI, CITRA])));
  };

  test("is no slip of its owner's new number, and may be one of anybody else's", () => {
    expect(like("changed number")).toEqual([CITRA]);
  });

  test("is like any other where it goes for another reason", () => {
    expect(like("expired")).toEqual([BUDI, CITRA]);
  });
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

  test("any number and the same with one digit changed, left out or put in, of somebody who is not there", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{6,14}$/), fc.nat(6), fc.nat(9), fc.nat(2), (a, at, digit, kept) => {
        const b = `${a.slice(0, at)}${kept === 2 ? "" : digit}${a.slice(kept === 0 ? at : at + 1)}`;
        fc.pre(a !== b);
        expect(nearMissOfAbsent(gone(a), absent(b))).toBeDefined();
        expect(nearMissOfAbsent(gone(b), absent(a))).toBe(nearMissOfAbsent(gone(a), absent(b)));
      }),
      seeded,
    );
  });
});
