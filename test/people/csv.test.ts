import { readCsv } from "../../src/people/csv";

const rowsOf = (text: string) => {
  const read = readCsv(text);
  if (read.kind === "refused") throw new Error(JSON.stringify(read.faults));
  return read.value;
};
const faultsIn = (text: string) => {
  const read = readCsv(text);
  return (read.kind === "refused" ? read.faults : read.value.faults).map(({ lines, message }) => [lines, message]);
};

test.each([
  ["commas", "id,name\nE-1,Ana\n"],
  ["semicolons", "id;name\nE-1;Ana\n"],
  ["tabs", "id\tname\nE-1\tAna\n"],
  ["Windows line ends", "id;name\r\nE-1;Ana\r\n"],
  ["old Mac line ends", "id;name\rE-1;Ana\r"],
  ["no line end at the end", "id,name\nE-1,Ana"],
  ["blank lines", "\n\nid,name\n\nE-1,Ana\n\n"],
  ["rows without a value, as spreadsheets add them", "id,name\nE-1,Ana\n,\n , \n"],
  ["blanks around names of columns", " id , name\nE-1,Ana\n"],
  ["a line that tells the separator", "sep=;\nid;name\nE-1;Ana\n"],
])("%s", (_, text) => {
  const { columns, rows, faults } = rowsOf(text);
  expect([columns, rows.map(({ cells }) => cells), faults]).toEqual([["id", "name"], [["E-1", "Ana"]], []]);
});

test("the separator is looked for outside quotes, and may stand inside them", () => {
  const { columns, rows } = rowsOf('"id, of the record";name\nE-1;"Ana; of Jakarta"\n');
  expect(columns).toEqual(["id, of the record", "name"]);
  expect(rows[0]?.cells).toEqual(["E-1", "Ana; of Jakarta"]);
});

test("each row has the line on which it begins, whatever is quoted in those before", () => {
  const { rows } = rowsOf(
    'sep=,\r\nid,name\r\nE-1,"Ana\r\nMaria"\r\n\r\nE-2,"say ""hi"""\r\nE-3,"x\ny\nz"\r\nE-4,w\r\n',
  );
  expect(rows.map(({ line }) => line)).toEqual([3, 6, 7, 10]);
  expect(rows.map(({ cells }) => cells[1])).toEqual(["Ana\nMaria", 'say "hi"', "x\ny\nz", "w"]);
});

test.each([
  ["a,b\n1,2\n3,4", 3],
  ["sep=,\na,b\n1,2\n\n3,4", 5],
  ["a,b\n1,2\n", undefined],
  ["a,b\r1,2\r", undefined],
])("of %j the line that no line break ends is %s", (text, line) => {
  expect(rowsOf(text).openLine).toBe(line);
});

test.each([
  [
    "a last line with fewer columns",
    "a,b,c\n1,2,3\n4,5",
    [[[3], expect.stringMatching(/^The line has 2 columns, .* 3\.$/)]],
  ],
  [
    "every line of another width",
    "a,b\n1\n2,3\n4,5,6\n",
    [
      [[2], expect.stringContaining("1 column,")],
      [[4], expect.stringContaining("3 columns,")],
    ],
  ],
  ["a quote that is never closed", 'a,b\n1,2\n\n3,"x\n4,5\n', [[[4], expect.stringContaining("never closed")]]],
  ["one at the very end", 'a,b\n1,"x', [[[2], expect.stringContaining("never closed")]]],
  ["one below a told separator", 'sep=;\na;b\n1;"x\n', [[[3], expect.stringContaining("never closed")]]],
  ["a quote within a cell", 'a,b\n1,x"y"\n', [[[2], expect.stringContaining("in the middle")]]],
  ["text behind a quote", 'a,b\n1,"x"y\n', [[[2], expect.stringContaining("in the middle")]]],
  ["nothing", "", [[[], "The table is empty."]]],
  ["nothing but blank lines", "\n\n", [[[], "The table is empty."]]],
])("%s is told with its line", (_, text, expected) => {
  expect(faultsIn(text)).toEqual(expected);
});
