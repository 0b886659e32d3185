import { readTable } from "../../src/people";
import { maskNumber } from "../../src/text/mask";
import { sourceOf, TODAY } from "./world";

const options = { format: undefined, columns: {}, country: undefined, today: TODAY, shown: (number: string) => number };
const faultsIn = (text: string, more: Partial<Parameters<typeof readTable>[1]> = {}) => {
  const read = readTable(Buffer.from(text), { ...options, ...more });
  return read.kind === "ok" ? [] : read.faults.map(({ lines, message }) => [lines, message]);
};
const HEAD = "id,name,number,left,consent\n";

test("what the table says of a person; blanks and line breaks in a cell are one blank", () => {
  const { records, has } = sourceOf(['E-1," Ana\n Maria ",+62 812 3456 7801,2026-11-30,2026/5/1'], ",left,consent");
  expect(records).toEqual([
    {
      line: 2,
      id: "E-1",
      name: "Ana Maria",
      number: { digits: "6281234567801", text: "+62 812 3456 7801", written: "6281234567801" },
      left: "2026-11-30",
      consent: "2026-05-01",
    },
  ]);
  expect(has).toEqual({ left: true, consent: true });
});

test("columns that are not there are not told, and a blank number is none", () => {
  const { records, has } = sourceOf(["E-1,Ana,", "E-2,Budi,+6281234567802"]);
  expect(records[0]).toMatchObject({ number: undefined, left: undefined, consent: undefined });
  expect(has).toEqual({ left: false, consent: false });
});

test.each(["no", "No", "false", "0", "n"])("%s for consent is a no, and a blank is not", (consent) => {
  const of = (cell: string) => sourceOf([`E-1,Ana,+6281234567801,${cell}`], ",consent").records[0]?.consent;
  expect([of(consent), of("")]).toEqual(["no", undefined]);
});

test.each([
  ["a blank id", ",Ana,+6281234567801,,", /^The id is blank/],
  ["a blank name", "E-1, ,+6281234567801,,", /^The name is blank/],
  ["a number for a name", "E-1,+62 812,+6281234567801,,", /^The name "\+62 812" has no letter/],
  ["a name that turns the direction of writing", "E-1,A\u202ena,+6281234567801,,", /^The name .* moves text/],
  [
    "a name of 101 characters",
    `E-1,${"x".repeat(101)},+6281234567801,,`,
    /^The name has 101 characters, more than the limit of 100/,
  ],
  [
    "an id of 129 characters",
    `${"x".repeat(129)},Ana,+6281234567801,,`,
    /^The id has 129 characters, more than the limit of 128/,
  ],
  ["a number of another kind", "E-1,Ana,reception,,", /^The number "reception" of "Ana" is no phone number/],
  [
    "a number that a spreadsheet cut",
    "E-1,Ana,6.28E+12,,",
    /^The number "6.28E\+12" of "Ana" was cut to a power of ten/,
  ],
  ["a number without its country", "E-1,Ana,0812 3456 7801,,", /^The number .* has no plus/],
  [
    "a day in another order",
    "E-1,Ana,+6281234567801,30.11.2026,",
    /^The cell left of "Ana" is "30.11.2026", which is no day/,
  ],
  ["a consent without a day", "E-1,Ana,+6281234567801,,yes", /^The cell consent of "Ana" is "yes", which is no day/],
  [
    "a consent that is still to come",
    "E-1,Ana,+6281234567801,,2026-12-02",
    /^The consent of "Ana" is of 2026-12-02, and today is 2026-12-01/,
  ],
])("%s is refused, with its line", (_, row, message) => {
  expect(faultsIn(`${HEAD}E-0,Zoe,+6281234567899,,\n${row}\n`)).toEqual([[[3], expect.stringMatching(message)]]);
});

test("all faults of all lines are told, in the order of lines", () => {
  expect(faultsIn(`${HEAD}E-1,,abc,x,\nE-2,Budi\nE-1,Citra,+62 812,,\n`).map(([lines]) => lines)).toEqual([
    [2],
    [2],
    [2],
    [2, 4],
    [3],
    [4],
  ]);
});

test("an id or a number that several records have is told once, with all its lines", () => {
  const rows = [
    "E-1,Ana,+62 812 3456 7801,,",
    "E-2,Budi,+6281234567801,,",
    "E-1,Citra,+6281234567803,,",
    "E-4,Dewi,+62-812-3456-7801,,",
  ];
  expect(faultsIn(HEAD + rows.join("\n"))).toEqual([
    [[2, 4], '2 records have the id "E-1": "Ana" (E-1), "Citra" (E-1).'],
    [[2, 3, 5], '3 records have the number "+6281234567801": "Ana" (E-1), "Budi" (E-2), "Dewi" (E-4).'],
  ]);
});

test("two ids that differ only in case, blanks or zeros in front are told with their lines", () => {
  const rows = ["0E 1,Ana,+62 812 3456 7801,,", "E-2,Budi,,,", "e1,Citra,,,", "E-20,Dewi,,,"];
  expect(faultsIn(HEAD + rows.join("\n"))).toEqual([
    [[2, 4], 'The ids "0E 1" and "e1" differ only in case, blanks or zeros in front.'],
  ]);
});

test("records without a number do not share one", () => {
  expect(faultsIn(`${HEAD}E-1,Ana,,,\nE-2,Budi,,,\nE-3,Citra,+6281234567803,,\n`)).toEqual([]);
});

test.each([
  ["nothing but names of columns", HEAD, /^The table has no people/],
  ["nobody with a number", `${HEAD}E-1,Ana,,,\n`, /^Nobody in the table has a number/],
  ["no column of numbers", "id,name\nE-1,Ana\n", /^The table has no column "number"/],
])("%s is refused", (_, text, message) => {
  expect(faultsIn(text)).toEqual([[[], expect.stringMatching(message)]]);
});

test("JSON lines without a key that is used, or with a list or an object there, are refused; others may have them", () => {
  const ana = { id: "E-1", name: "Ana", number: "+6281234567801", left: null, teams: ["A"] };
  const lines = [ana, { ...ana, id: "E-2", number: null, left: { day: "2026-11-30" } }, { id: "E-3", name: "Citra" }];
  expect(faultsIn(lines.map((line) => JSON.stringify(line)).join("\n"))).toEqual([
    [[2], 'The line has a list or an object as "left".'],
    [[3], 'The line has no key "number".'],
    [[3], 'The line has no key "left".'],
  ]);
  expect(faultsIn('{"id":["E-1"],"name":"Ana","number":"+6281234567801"}')).toEqual([
    [[1], 'The line has a list or an object as "id".'],
  ]);
});

test("half a character in a name or an id is refused", () => {
  const line = '{"id":"E-1","name":"Ana \\ud83d","number":"+6281234567801"}\n{"id":"\\udc00","name":"B","number":null}';
  expect(faultsIn(line)).toEqual([
    [[1], expect.stringMatching(/^The name .* has a character that can't be seen/)],
    [[2], expect.stringMatching(/^The id .* has a character that can't be seen/)],
  ]);
});

test("a spreadsheet's apostrophe before the digits of an id is left out", () => {
  const { records } = sourceOf([`'00123,'Ana,`, "'E-2,Budi,+6281234567802"]);
  expect(records.map(({ id, name }) => [id, name])).toEqual([
    ["00123", "'Ana"],
    ["'E-2", "Budi"],
  ]);
});

test("a missing column and a line that is cut off are told together", () => {
  expect(faultsIn("id,name,mobile\nE-1,Ana,+6281234567801\nE-2,Bu")).toEqual([
    [[], expect.stringContaining('no column "number"')],
    [[3], expect.stringContaining("2 columns")],
  ]);
});

test("a number at fault is shown as it may be", () => {
  expect(faultsIn(`${HEAD}E-1,Ana,0812 3456 7801,,\n`, { shown: maskNumber })).toEqual([
    [[2], expect.stringContaining('The number "0812 •••• ••01"')],
  ]);
});

test.each([
  ["a table that begins with a brace", undefined, '{"id":"E-1","name":"Ana","number":"+6281234567801"}', "ok"],
  ["a table whose format is given", "csv", '{"id":"E-1","name":"Ana","number":"+6281234567801"}', "refused"],
] as const)("%s is read in its form", (_, format, text, kind) => {
  expect(readTable(Buffer.from(text), { ...options, format }).kind).toBe(kind);
});
