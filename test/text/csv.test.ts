import { csvCell, csvRecord } from "../../src/text/csv";

test.each([
  ["plain", "Ana", "Ana"],
  ["blanks", "Ana Wijaya", '"Ana Wijaya"'],
  ["a comma", "Wijaya,Ana", '"Wijaya,Ana"'],
  ["quotes", 'Ana "the boss"', '"Ana ""the boss"""'],
  ["nothing", "", ""],
  ["masked", "6281••••01~9ebb1680", "6281••••01~9ebb1680"],
])("%s", (_, text, cell) => expect(csvCell(text)).toBe(cell));

test.each([
  ["=", "=cmd|'/c calc'!A1", `"'=cmd|'/c calc'!A1"`],
  ["+", "+62811", `"'+62811"`],
  ["-", "-1+1", `"'-1+1"`],
  ["@", "@SUM(A1)", `"'@SUM(A1)"`],
  ["blanks before it", "  =1", `"  '=1"`],
  ["a wide form of it", "＝1", `"'＝1"`],
  ["a separator of another country before it", 'x";=1', `"x"";'=1"`],
])("a formula that begins with %s is text", (_, text, cell) => expect(csvCell(text)).toBe(cell));

test("a minus inside a name stays as it is", () => expect(csvCell("Anne-Marie")).toBe("Anne-Marie"));

test("line ends, tabs and marks of direction are told, and never end a record", () => {
  expect(csvRecord(["a\r\nb\tc", "\u202e"])).toBe("a\\u{d}\\u{a}b\\u{9}c,\\u{202e}\r\n");
});
