import { findColumns, parseColumns } from "../../src/people/columns";

test("names of columns may have any sign but a comma", () => {
  expect(parseColumns("id=EmpNo, name=Full name ,number=a=b")).toEqual({
    id: "EmpNo",
    name: "Full name",
    number: "a=b",
  });
});

test.each([
  ["id", /^id has no name of a column/],
  ["id=", /^id has no name of a column/],
  ["mobile=Mobile", /^"mobile" is none of id, name, number, left, consent$/],
  ["id=A,id=B", /^id is given twice$/],
  ["", /^"" is none of/],
])("%j is refused", (text, message) => {
  expect(parseColumns(text)).toMatch(message);
});

const find = (columns: string[], names = {}) => findColumns({ columns }, names);

test.each([
  ["as the fields are called", ["x", "id", "name", "number"], {}, { id: 1, name: 2, number: 3 }],
  ["in another case", ["ID", "Name", "NUMBER", "Left"], {}, { id: 0, name: 1, number: 2, left: 3 }],
  ["as they are given", ["A", "B", "C", "name"], { id: "A", name: "b", number: "C" }, { id: 0, name: 1, number: 2 }],
  ["exactly before in another case", ["ID", "id", "name", "number"], {}, { id: 1, name: 2, number: 3 }],
])("columns are found %s", (_, columns, names, value) => {
  expect(find(columns, names)).toEqual({ kind: "ok", value });
});

test("every column that is missing is told, those that are given also where they need not be there", () => {
  expect(find(["EmpNo", "nam", "left"], { consent: "OptIn" })).toMatchObject({
    kind: "refused",
    faults: [
      {
        lines: [],
        message: 'The table has no column "id", for the key of each record.',
        hint: /^It has "EmpNo", "nam", "left"; .* --columns id=….$/,
      },
      { message: /no column "name"/, hint: 'Did you mean "nam"?' },
      { message: /no column "number"/ },
      { message: /no column "OptIn", for the day on which they agreed/ },
    ].map((fault) =>
      Object.fromEntries(
        Object.entries(fault).map(([key, value]) => [
          key,
          value instanceof RegExp ? (expect.stringMatching(value) as unknown) : value,
        ]),
      ),
    ),
  });
});

test("a column for two fields is refused", () => {
  expect(find(["id", "name", "number"], { name: "number" })).toMatchObject({
    faults: [{ message: 'The column "number" would be for name and number.' }],
  });
});

test("a column that is there twice is refused when it is needed", () => {
  expect(find(["id", "name", "number", "name", "x", "x"])).toMatchObject({
    faults: [{ message: 'The table has the column "name" more than once.' }],
  });
});
