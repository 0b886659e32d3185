import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { read } from "../../../src/roster/yaml/document";
import { readPlain } from "../../../src/roster/yaml/plain";

/** What the fast way reads, the parser reads alike, and without a fault. */
function agree(text: string): boolean {
  const fast = readPlain(text);
  if (fast === undefined) return false;
  const { value, faults } = read("a.yaml", text);
  expect([text, faults]).toEqual([text, []]);
  expect([text, fast]).toEqual([text, value]);
  return true;
}

const ROSTER = `# yaml-language-server: $schema=../../schema/roster.schema.json

group: EA93UU0042   # the night shift
businessNumber: "8613800000000"
undeclared: report
allowEmpty: false
maxRemovals: 2
include: [oncall, "leads"]
exclude: []
protect: ["+65 8123 4567", "+65 8123 4568"]
members:
  # regional
  - person: ana
    until: 2027-01-31

  - number: "+62 812-3456-7890"
    name: José Ana-Lee Jr.
    reason: regional lead - since 2020
`;
const PEOPLE = `people:
  ana: { number: "+62 811 1111 111", name: Ana }
  budi:
    number: "+62 811 1111 112"
    name: "Budi: # [x], y"
    offboarded: 2026-12-01
`;
const SETS = `sets:
  oncall: { members: [ana, budi], include: [leads], until: 2027-06-30 }
  leads:
    members:
    - ana
    - budi
`;

test.each([ROSTER, PEOPLE, SETS, ROSTER.replaceAll("  - ", "- ").replaceAll("\n    ", "\n  ")])(
  "the usual style is read the fast way",
  (text) => expect(agree(text)).toBe(true),
);

test.each([
  "a: b\n c",
  "a: b\n  c: d",
  "a:\n  b: 1\n c: 2",
  "a:\n- b\n - c",
  "a:\n  - b\n- c",
  "- a",
  " a: b",
  "a: null",
  "a:",
  "a:\nb: 1",
  "a: b\na: c",
  "a: {b: 1, b: 2}",
  "a: *b",
  "a: &b c",
  "a: !b c",
  "a: |\n  b",
  "a: 'b'",
  "a: +62 811",
  "a: 012",
  "a: 1.5",
  "a: 0x1f",
  'a: "b\\n"',
  'a: "b\n  c"',
  "a: b: c",
  "a: [b, [c]]",
  "a: [b c, d: e]",
  "a: [b",
  "a: True",
  "a: [~]",
  "a: b\r\nc: d",
  "a:\tb",
  "---\na: b",
  "a: b\n---\nc: d",
  "__proto__: a",
  "a: { __proto__: b }",
  "? a\n: b",
  "a b: c",
  "",
])("%j is left to the parser", (text) => expect(readPlain(text)).toBeUndefined());

test("they agree on every file of the corpus", () => {
  const corpus = join(__dirname, "../fixtures/broken");
  const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  expect(files.filter((file) => agree(readFileSync(join(corpus, file), "utf8"))).length).toBeGreaterThan(50);
});

test("they agree on whatever is made of the language's pieces", () => {
  const piece = fc.constantFrom(
    ...'a,b1,ana,null,true,False,-,- ,:,: ,#, #, ,  ,    ,\n,\n  ,\n    ,\n- ,\n  - ,[,],{,},","x y",\',2027-01-31,12,007,a: ,key: ,a:\n  ,é,.,_,~,name: Ana Lee,- person: ana'.split(
      ",",
    ),
    ",",
    ", ",
  );
  let fast = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      if (agree(`a: ${pieces.join("")}`)) fast += 1;
      if (agree(pieces.join(""))) fast += 1;
    }),
    { seed: 20_261_201, numRuns: 20_000 },
  );
  expect(fast).toBeGreaterThan(300);
});

test("they agree on valid-looking lines in any order and indentation", () => {
  const line = fc.tuple(
    fc.constantFrom("", "  ", "    ", "      ", " "),
    fc.constantFrom("", "", "- ", "-   "),
    fc.constantFrom(
      "a: 1",
      "b: x",
      'c: "y z"',
      "d:",
      "e:",
      "f: [a, b]",
      "g: { h: 1, i: [x] }",
      "word",
      "two words",
      '"q"',
      "# c",
      "2027-01-31",
      "a: 2 # c",
    ),
  );
  let fast = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 7 }), (lines) => {
      if (agree(lines.map((parts) => parts.join("")).join("\n"))) fast += 1;
      if (agree(`top:\n${lines.map((parts) => `  ${parts.join("")}`).join("\n")}`)) fast += 1;
    }),
    { seed: 20_261_201, numRuns: 20_000 },
  );
  expect(fast).toBeGreaterThan(300);
});
