import { readJsonLines } from "../../src/people/jsonl";

const read = (text: string) => {
  const found = readJsonLines(text);
  return found.kind === "ok" ? found.value : { faults: found.faults };
};

test("one object a line; columns are all keys, and null is blank", () => {
  expect(read('{"id":"E-1","name":"Ana"}\r\n\n{"id":1042,"left":null,"on":true}\n')).toEqual({
    columns: ["id", "name", "left", "on"],
    rows: [
      {
        line: 1,
        cells: ["E-1", "Ana", "", ""],
        odd: new Map([
          [2, 'no key "left"'],
          [3, 'no key "on"'],
        ]),
      },
      { line: 3, cells: ["1042", "", "", "true"], odd: new Map([[1, 'no key "name"']]) },
    ],
    faults: [],
  });
});

test("lists and objects are no values of a person", () => {
  expect(read('{"id":"E-1","phones":["+62"],"manager":{"id":"E-2"}}')).toMatchObject({
    columns: ["id", "phones", "manager"],
    rows: [
      {
        cells: ["E-1", "", ""],
        odd: new Map([
          [1, 'a list or an object as "phones"'],
          [2, 'a list or an object as "manager"'],
        ]),
      },
    ],
  });
});

test.each([
  ["a line that breaks off", '{"id":"E-1"}\n{"id":"E-2","na', 2, "not JSON"],
  ["a list", '{"id":"E-1"}\n["E-2"]', 2, "no object"],
  ["a text", '"E-2"', 1, "no object"],
  ["null", "null", 1, "no object"],
  ["a number as a power of ten", '{"number":6.28E+12}', 1, '"number" is a number that JSON does not keep'],
  ["a number with too many digits", '{"id":12345678901234567890}', 1, '"id" is a number that JSON does not keep'],
  ["a key that is there twice", '{"id":"E-1","id ":"E-2"}', 1, 'The key "id" is there twice'],
  ["a fraction", '{"id":1.5}', 1, '"id" is a number that JSON does not keep'],
])("%s is told with its line", (_, text, line, message) => {
  expect(read(text).faults).toEqual([
    { lines: [line], message: expect.stringContaining(message) as string, hint: expect.any(String) as string },
  ]);
});

test("all lines at fault are told", () => {
  expect(read('{"id":\n{}\n{"a"').faults).toMatchObject([{ lines: [1] }, { lines: [3] }]);
});

test.each(["", "\n \n"])("%j is an empty table", (text) => {
  expect(read(text)).toEqual({ faults: [{ lines: [], message: "The table is empty.", hint: "Export it again." }] });
});
