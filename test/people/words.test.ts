import { faultText, summaryText } from "../../src/people";
import { maskNumber } from "../../src/text/mask";
import { no } from "./world";

const plain = (number: string) => number;

test("a fault has the table, its line or lines, what is wrong, and what to do", () => {
  expect(faultText("p.csv", { lines: [3], message: "The id is blank.", hint: "Write it." })).toBe(
    "p.csv:3: The id is blank. Write it.",
  );
  expect(faultText("p.csv", { lines: [3, 7], message: "Two.", hint: "Keep one." })).toBe(
    "p.csv:3: Two (lines 3, 7). Keep one.",
  );
  expect(faultText("p\u001b.csv", { lines: [], message: "No\u202e.", hint: "Do." })).toBe(
    "p\\u{1b}.csv: No\\u{202e}. Do.",
  );
});

test("the summary tells each person, who is left out, and how many", () => {
  const told = [
    { key: "ana", id: "E-1", name: "Ana", facts: [{ kind: "added", number: no(1) }] },
    {
      key: "budi",
      id: "E-2",
      name: "Budi",
      facts: [
        { kind: "adopted", number: no(2) },
        { kind: "kept", field: "name", source: "B" },
      ],
    },
    {
      key: "citra",
      id: "E-3",
      name: "Citra D",
      facts: [
        { kind: "name", from: "Citra", to: "Citra D", byHand: false },
        { kind: "number", from: no(3), to: no(4), byHand: true },
        { kind: "consent", from: undefined, to: "2026-05-01", byHand: false },
      ],
    },
    {
      key: "dewi",
      id: "E-4",
      name: "Dewi",
      facts: [{ kind: "offboarded", day: "2026-12-01", why: "missing", byHand: false }],
    },
    {
      key: "eka",
      id: "E-5",
      name: "Eka",
      facts: [{ kind: "offboarded", day: "2026-11-30", why: "left", byHand: true }],
    },
    { key: "fajar", id: "E-6", name: "Fajar", facts: [{ kind: "back" }] },
    {
      key: "gita",
      id: "E-7",
      name: "Gita",
      facts: [
        { kind: "kept", field: "number", source: no(7) },
        { kind: "kept", field: "offboarded", source: "missing" },
        { kind: "kept", field: "consent", source: "none" },
      ],
    },
  ] as const;
  const leftOut = [
    { id: "E-8", name: "Hana", why: "no number" },
    { id: "E-9", name: "Ivan", why: "deleted by hand" },
    { id: "E-10", name: "Joko", why: "left already" },
  ] as const;
  expect(summaryText({ told, leftOut, unchanged: 4 }, plain)).toBe(
    [
      "ana (E-1), Ana: new, with +62 812 3456 7801",
      'budi (E-2), Budi: the entry written by hand has the number +62 812 3456 7802, and gets this id; keeps the name written by hand; the table has "B"',
      'citra (E-3), Citra D: name "Citra" → "Citra D"; number +62 812 3456 7803 → +62 812 3456 7804, in place of what was written by hand; consent none → 2026-05-01',
      "dewi (E-4), Dewi: offboarded from 2026-12-01 on: missing in the table",
      "eka (E-5), Eka: offboarded from 2026-11-30 on: the table has this day, in place of what was written by hand",
      "fajar (E-6), Fajar: no longer offboarded: the table has them again",
      "gita (E-7), Gita: keeps the number written by hand; the table has +62 812 3456 7807; keeps what was written by hand about leaving; " +
        "of that the table says: missing; keeps what was written by hand about consent; of that the table says: none",
      "left out: Hana (E-8), who has no number in the table",
      "left out: Ivan (E-9), whose entry, or its id, was deleted by hand; to have them again, write an entry with `id: E-9`",
      "left out: 1 person of the table who left already",
      "1 added, 1 adopted, 1 changed, 2 offboarded, 1 back, 5 unchanged",
      "",
    ].join("\n"),
  );
  expect(summaryText({ told, leftOut, unchanged: 4 }, maskNumber)).not.toMatch(/812 3456/);
});

test("nothing to do is one line", () => {
  expect(summaryText({ told: [], leftOut: [], unchanged: 2 }, plain)).toBe("2 unchanged\n");
});
