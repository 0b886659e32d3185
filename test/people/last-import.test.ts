import { digestOf, lastImportText, readLastImport } from "../../src/people/last-import";

const LAST = new Map([
  ["E-2", { name: "bbbbbb", number: "222222", left: "missing", offboarded: "2026-12-01" }],
  ["E-1", { number: "111111", name: "aaaaaa", consent: "no" }],
]);

test("the file has a line for each person, sorted by id, with fields in one order", () => {
  expect(lastImportText(LAST)).toBe(`{
  "about": "What \`rollcall import\` saw last. Keep it with people.yaml, and change nothing here.",
  "version": 1,
  "people": {
    "E-1": {"name":"aaaaaa","number":"111111","consent":"no"},
    "E-2": {"name":"bbbbbb","number":"222222","left":"missing","offboarded":"2026-12-01"}
  }
}
`);
});

test.each([[LAST], [new Map()], [new Map([['"E\n', {}]])]])("what is written is read again", (last) => {
  expect(readLastImport(lastImportText(last))).toEqual(last);
});

test.each(["", "{", "[]", "null", '{"version":2,"people":{}}', '{"version":1}', "<<<<<<< HEAD\n{}"])(
  "%j is not what an import wrote",
  (text) => {
    expect(readLastImport(text)).toBeUndefined();
  },
);

test("of a name or a number it holds 24 bits, which depend on whose it is", () => {
  const digest = digestOf("E-1", "number", "6281234567801");
  expect(digest).toMatch(/^[0-9a-f]{6}$/);
  const others = [
    digestOf("E-2", "number", "6281234567801"),
    digestOf("E-1", "name", "6281234567801"),
    digestOf("E-1", "number", "6281234567802"),
  ];
  expect(new Set([digest, ...others]).size).toBe(4);
  expect(digestOf("E-1", "number", "6281234567801")).toBe(digest);
});
