import { secondLook, type SecondLook } from "../../../src/membership/guards";
import { maskNumber } from "../../../src/text/mask";
import type { Desired } from "../../../src/membership/types";
import { ANA, BUDI, CITRA, desire, DEWI, EKO, full, members } from "../world";

const FIVE = [ANA, BUDI, CITRA, DEWI, EKO] as const;
const SIX = [...FIVE, "628110000006"] as const;

const looks = (
  before: readonly string[],
  now: readonly string[],
  asked: readonly string[] = [],
  over: Partial<Desired> = {},
): SecondLook => ({
  desired: desire({ members: members(ANA, BUDI), ...over }),
  before: listed(before),
  now: listed(now),
  asked: new Set(asked),
});
const listed = (participants: readonly string[], unidentified = 0) => ({ participants, unidentified });
/** The same looks, with so many rows without a number. */
const rows = (look: SecondLook, before: number, now: number): SecondLook => ({
  ...look,
  before: listed(look.before.participants, before),
  now: listed(look.now.participants, now),
});

test.each<[string, SecondLook]>([
  ["everybody is there still", looks(FIVE, FIVE)],
  ["somebody came", looks([ANA], FIVE)],
  ["two of five are gone", looks(FIVE, [ANA, BUDI, CITRA])],
  ["two of three are gone, which is less than three", looks([ANA, BUDI, CITRA], [ANA])],
  ["three of six are gone, which is not more than half", looks(SIX, [ANA, BUDI, CITRA])],
  ["an empty group is empty still", looks([], [])],
  ["everybody who was there was asked for", looks([CITRA, DEWI, EKO], [], [CITRA, DEWI, EKO])],
  ["three of five were asked for", looks(FIVE, [ANA, BUDI], [CITRA, DEWI, EKO])],
  ["two of five were asked for, and two of the rest are gone", looks(FIVE, [ANA], [CITRA, DEWI])],
  ["one of the three who are gone is released", looks(FIVE, [ANA, BUDI], [], { released: new Set([CITRA]) })],
  ["a row without a number came, and nobody is missing", rows(looks(FIVE, FIVE), 0, 1)],
  [
    "somebody is missing, and there are no more rows without a number than before",
    rows(looks(FIVE, SIX.slice(1)), 1, 1),
  ],
  ["the only one who was there is released", looks([CITRA], [], [], { released: new Set([CITRA]) })],
])("a second look is believed: %s", (_, look) => {
  expect(secondLook(look, full)).toBeUndefined();
});

test.each<[string, SecondLook]>([
  ["three of five are gone", looks(FIVE, [ANA, BUDI])],
  ["three of five are gone, of whom nobody is declared", looks(FIVE, [ANA, BUDI], [], { members: members(ANA) })],
  ["four of six are gone", looks(SIX, [ANA, BUDI])],
  ["four are gone, one of them released", looks(FIVE, [ANA], [], { released: new Set([CITRA]) })],
  ["four are gone, one of whom was asked for", looks(FIVE, [ANA], [CITRA])],
  ["three are gone, while others came", looks(FIVE, [ANA, BUDI, "6591234567", "6591234568"])],
  ["Total 0, and one declared person was there", looks([ANA], [])],
  ["Total 0, and one declared person was there beside whoever was asked for", looks([ANA, CITRA], [], [CITRA])],
  ["somebody is missing, and a row without a number came", rows(looks(FIVE, FIVE.slice(1)), 0, 1)],
  [
    "somebody who was asked for is missing, and a row without a number came",
    rows(looks(FIVE, FIVE.slice(1), [ANA]), 1, 2),
  ],
  ["Total 0, and somebody undeclared was there who was not asked for", looks([CITRA, DEWI], [], [DEWI])],
])("a second look is not believed: %s", (_, look) => {
  expect(secondLook(look, full)).toMatchObject({ rule: "suspicious-listing", name: "jakarta/ops" });
});

test("names whoever is missing, by the names that the rosters have, and says what to do", () => {
  const over = { members: new Map([[BUDI, "Budi"]]), names: new Map([[CITRA, "Citra"]]), released: new Set([ANA]) };
  const refusal = secondLook(looks(FIVE, [EKO], [], over), full);
  expect(refusal?.message).toBe(
    `jakarta/ops (EA93UU0042): the listing lacks 3 of 4 people (Budi (${BUDI}), Citra (${CITRA}), ${DEWI}) who were ` +
      "there seconds before, and nobody removed them, so it is not believed. Run again",
  );
});

test("names whoever may be behind a row without a number", () => {
  const refusal = secondLook(rows(looks(FIVE, FIVE.slice(1), [ANA]), 0, 2), full);
  expect(refusal?.message).toBe(
    `jakarta/ops (EA93UU0042): the listing lacks ${ANA}, and has 2 more rows without a number, so whether they are gone can't be told. Run again`,
  );
});

test("writes numbers as the settings want them", () => {
  const message = secondLook(looks(FIVE, []), maskNumber)?.message;
  expect(message).not.toMatch(/\d{7}/);
  expect(message).toContain("•");
});
