import type { Known, KnownGroup, KnownPerson } from "../../../src/cli/who/known";
import { meant, type Meant } from "../../../src/cli/who/meant";
import { maskNumber } from "../../../src/text/mask";
import { ANA, BUDI, CITRA, full } from "../../membership/world";

const person = (
  number: string,
  names: readonly string[],
  keys: readonly string[] = [],
  former: readonly string[] = [],
) =>
  [
    number,
    { number, names: new Set(names), keys: new Set(keys), former: new Set(former) } satisfies KnownPerson,
  ] as const;

const known = (people: readonly (readonly [string, KnownPerson])[], groups: readonly KnownGroup[] = []): Known => ({
  people: new Map(people),
  groups,
});

const OPS = { name: "jakarta/ops", group: "EA1", subjects: ["Jakarta operations", "Jakarta ops"] };
const SALES = { name: "sales", group: "ea1", subjects: [] };
const ALL = known(
  [person(ANA, ["Ana", "Ana W."], ["a-1"]), person(BUDI, ["Budi"], [], ["628110000009"]), person(CITRA, [])],
  [OPS, SALES],
);

const why = (found: Meant): string => (found.kind === "unclear" ? found.why : `it means a ${found.kind}`);
const who = (found: Meant): readonly unknown[] => {
  if (found.kind === "group") return ["group", found.group.name];
  if (found.kind === "unclear") return [found.why];
  return ["person", found.about.title, [ANA, BUDI, CITRA, "628110000009"].filter(found.about.is), found.isKnown];
};

test.each([
  ["a name", "Ana", ["person", `Ana (${ANA})`, [ANA], true]],
  ["another name of the same person", "  ana   w. ", ["person", `Ana (${ANA})`, [ANA], true]],
  ["a key", "A-1", ["person", `Ana (${ANA})`, [ANA], true]],
  ["a name stands for earlier numbers, too", "Budi", ["person", `Budi (${BUDI})`, [BUDI, "628110000009"], true]],
  ["a number does not", `+${BUDI}`, ["person", `Budi (${BUDI})`, [BUDI], true]],
  ["a number of somebody without a name", "62 811-0000.003", ["person", CITRA, [CITRA], true]],
  ["a number as chats have it", "\u202a+62 811\u20110000\u2011001\u202c", ["person", `Ana (${ANA})`, [ANA], true]],
  ["a number as it is dialled abroad", "0062 811 0000 001", ["person", `Ana (${ANA})`, [ANA], true]],
  ["a link to a number", "tel:+62/811/0000/001", ["person", `Ana (${ANA})`, [ANA], true]],
  [
    "an earlier number of somebody",
    "+62 811 0000 009",
    ["person", "628110000009 (an earlier number of Budi)", ["628110000009"], true],
  ],
  ["a number that nobody knows", "+6591234567", ["person", "6591234567", [], false]],
  ["a resource name", "JAKARTA/ops", ["group", "jakarta/ops"]],
  ["a GroupId, of which case counts", "ea1", ["group", "sales"]],
  ["the subject at CAMS", "jakarta operations", ["group", "jakarta/ops"]],
  ["the subject of the roster", "Jakarta ops", ["group", "jakarta/ops"]],
])("%s", (_, word, expected) => expect(who(meant(word, ALL, full))).toEqual(expected));

test("names in one form of Unicode or another are the same", () => {
  expect(who(meant("Jose\u0301", known([person(ANA, ["Jos\u00e9"])]), full))).toEqual([
    "person",
    `Jos\u00e9 (${ANA})`,
    [ANA],
    true,
  ]);
});

test("two people of one name are both told", () => {
  const two = known([person(ANA, ["Ana"], ["a-1"]), person(BUDI, ["ana"])], [{ ...SALES, name: "ana" }]);
  expect(why(meant("ana", two, full))).toBe(
    `"ana" fits several: Ana (${ANA}), "a-1" in people.yaml; ana (${BUDI}); group ana (ea1). ` +
      "Give the person's number, the group's GroupId, or a name that only one of them has",
  );
});

test("the nearest are told: those with the word in them, and the one that differs least", () => {
  expect(why(meant("jakarta", ALL, full))).toBe(
    '"jakarta" fits no person, number or group of the stack. Nearest: group jakarta/ops (EA1, "Jakarta operations")',
  );
  expect(why(meant("Bodi", ALL, full))).toContain(`Nearest: Budi (${BUDI})`);
  expect(why(meant("zzzz", ALL, full))).toBe('"zzzz" fits no person, number or group of the stack');
});

test("a number with a digit that is dialled within the country only is told without it", () => {
  expect(meant("+62 (0)811 0000 007", ALL, full)).toEqual({
    ...{ kind: "unclear", because: "wrong word" },
    why: "6208110000007 has a digit that is dialled within the country only. Write 628110000007",
  });
});

test.each(["", " ", "\u200d"])("a blank word (%j) means no group of a blank subject", (word) => {
  const blank = { name: "x", group: "", subjects: [""] };
  expect(meant(word, known([], [blank]), full)).toMatchObject({ kind: "unclear", because: "wrong word" });
});

test("digits without a country code are told how to be written", () => {
  for (const word of ["0811 0000 001", "0811\u20110000\u2011001"])
    expect(why(meant(word, ALL, full))).toContain("Write a number with its country code");
});

test("where numbers are masked, candidates are, too, and a masked number is understood", () => {
  const two = known([person(ANA, ["Ana"]), person(BUDI, ["Ana"])]);
  expect(why(meant("Ana", two, maskNumber))).not.toMatch(/\d{9}/);
  expect(who(meant(maskNumber(ANA), known([person(ANA, ["Ana"])]), maskNumber))).toEqual([
    "person",
    `Ana (${maskNumber(ANA)})`,
    [ANA],
    true,
  ]);
});

test("where numbers are masked, a masked earlier number is understood, with blanks around it, and so is a stranger's", () => {
  const budi = known([person(BUDI, ["Budi"], [], ["628110000009"])]);
  const title = "6281••••••09 (an earlier number of Budi)";
  expect(who(meant(" 6281••••••09 ", budi, maskNumber))).toEqual(["person", title, ["628110000009"], true]);
  expect(who(meant(" 6281••••••01 ", budi, maskNumber))).toEqual(["person", "6281••••••01", [ANA], false]);
});

test("where numbers are masked, no refusal has one in full", () => {
  expect(why(meant("0811 0000 001", ALL, maskNumber))).toMatch(/^"0811 •••• •01" fits no/);
  expect(why(meant("Zoe 628110000001", ALL, maskNumber))).toMatch(/^"Zoe 6281••••••01" fits no/);
  expect(why(meant("+62 0811 0000 007", ALL, maskNumber))).not.toMatch(/\d{5}/);
});

test("a group is told without a number or an invite link in its subject, and is found by it", () => {
  const subject = "Call +628110000001 or chat.whatsapp.com/AbC";
  const groups = known([], [{ name: "ops", group: "EA1", subjects: [subject] }]);
  const title = 'group ops (EA1, "Call +6281••••••01 or [invite link]")';
  expect(meant(subject, groups, maskNumber)).toMatchObject({ kind: "group", about: { title } });
  expect(why(meant("opz", groups, maskNumber))).toContain(title);
});
