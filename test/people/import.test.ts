import { importSource, readTable, LAST_IMPORT_FILE } from "../../src/people";
import { interpret } from "../../src/roster";
import { no, sourceOf, TODAY } from "./world";

const options = { today: TODAY };
const source = sourceOf([`E-1,Ana,${no(1)}`]);

test("the first import makes both files", () => {
  expect(importSource(source, { people: undefined, last: undefined }, options)).toMatchObject({
    kind: "ok",
    value: {
      people: `# Everybody once. Rosters and sets name people by these keys.\npeople:\n  ana:\n    number: "${no(1)}"\n    name: Ana\n    id: E-1\n`,
      last: expect.stringContaining('"E-1"') as string,
      told: [{ key: "ana" }],
    },
  });
});

test("a number in the file whose plus the table lost is the same, whatever the country", () => {
  const people = 'people:\n  ana: { number: "+65 8123 4567", name: Ana, id: E-1 }\n';
  const byHand = people.replace(", id: E-1", "");
  const table = Buffer.from("id,name,number\nE-1,Ana,6581234567\n");
  const read = readTable(table, { format: "csv", columns: {}, country: "62", today: TODAY, shown: (number) => number });
  expect(read).toMatchObject({ kind: "ok", value: { records: [{ number: { digits: "626581234567" } }] } });
  if (read.kind === "refused") return;
  const into = (text: string) => importSource(read.value, { people: text, last: undefined }, options);
  expect(into(people)).toMatchObject({ kind: "ok", value: { people, told: [] } });
  expect(into(byHand)).toMatchObject({ kind: "ok", value: { people } });
});

test("of two records with the number of an entry, with plus and without one, none is lost", () => {
  const table = Buffer.from("id,name,number\nE-1,Ana,+65 8123 4567\nE-2,Ana,6581234567\n");
  const read = readTable(table, { format: "csv", columns: {}, country: "62", today: TODAY, shown: (number) => number });
  if (read.kind === "refused") throw new Error(JSON.stringify(read.faults));
  const people = 'people:\n  ana: { number: "+65 8123 4567", name: Ana }\n';
  expect(importSource(read.value, { people, last: undefined }, options)).toMatchObject({
    value: {
      told: [
        { key: "ana", id: "E-1" },
        { key: "ana-e-2", id: "E-2" },
      ],
    },
  });
});

test("no file is made where nobody is imported", () => {
  const gone = sourceOf([`E-1,Ana,${no(1)},2026-11-30`], ",left");
  expect(importSource(gone, { people: undefined, last: undefined }, options)).toMatchObject({
    kind: "ok",
    value: { people: undefined, last: undefined, leftOut: [{ why: "left already" }] },
  });
});

test("a file of the last import that was changed is refused: without it, what is written by hand would be lost", () => {
  expect(importSource(source, { people: "people: {}\n", last: "<<<<<<< HEAD\n" }, options)).toEqual({
    kind: "refused",
    faults: [
      {
        lines: [],
        message: "people.import.json, beside people.yaml, is not as an import writes it.",
        hint: "Take it from git. Without it, the table decides on every name and number.",
      },
    ],
  });
});

test("loading rosters ignores the file of the last import", () => {
  const bytes = (text: string) => ({ kind: "file", bytes: new TextEncoder().encode(text) }) as const;
  const files = {
    "people.yaml": bytes(`people:\n  ana: { number: "${no(1)}", name: Ana, id: E-1 }\n`),
    [LAST_IMPORT_FILE]: bytes("{ broken"),
    "ops.yaml": bytes("group: A\nmembers: [{ person: ana }]\n"),
  };
  const loaded = interpret(new Map(Object.entries(files)), { folder: "stacks/dev", today: TODAY });
  expect([loaded.kind, loaded.problems]).toEqual(["ok", []]);
});
