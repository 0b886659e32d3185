import { merge } from "../../../src/people/merge";
import { imported, merged, no, sourceOf, TODAY } from "../world";

const ANA = `E-1,Ana,${no(1)}`;
const BUDI = `E-2,Budi,${no(2)}`;
const first = imported(sourceOf([ANA, BUDI]));
const faultsOf = (...table: Parameters<typeof sourceOf>) => {
  const result = merge({ ...first, source: sourceOf(...table), today: TODAY });
  return result.kind === "ok" ? [] : result.faults;
};

describe("a value that may be cut off", () => {
  test("is refused when it is a known number without its last digits, on any line", () => {
    expect(faultsOf(["E-1,Ana,+62 812 3456 78", BUDI])).toEqual([
      {
        lines: [2],
        message: 'The number "+62812345678" of "ana" (E-1) is the one in people.yaml without its last digits.',
        hint: "Correct the table; if it is right, write it yourself: npx rollcall number ana +62812345678.",
      },
    ]);
  });

  test.each([
    ["a number", [ANA, `E-2,Budi,${no(5)}`], ""],
    ["a day", [`${ANA},`, `${BUDI},2026-12-03`], ",left"],
    ["a consent", [`${ANA},`, `${BUDI},2026-11-03`], ",consent"],
  ])("is refused when it is %s on a last line that no line break ends", (_, rows, more) => {
    expect(faultsOf(rows, more, "")).toEqual([
      {
        lines: [3],
        message: 'The last line has no line break at its end, and would change a number or a day of "budi" (E-2).',
        hint: "Export the table again, or end the line if it is whole.",
      },
    ]);
    expect(faultsOf(rows, more)).toEqual([]);
  });

  test("is refused when it is the blank that is left of a day, and would bring somebody back", () => {
    const before = merged({ ...first, source: sourceOf([`${ANA},`, `${BUDI},2026-11-30`], ",left") });
    const back = (end: string) =>
      merge({ ...before, source: sourceOf([`${ANA},`, `${BUDI},`], ",left", end), today: TODAY }).kind;
    expect([back(""), back("\n")]).toEqual(["refused", "ok"]);
  });

  test("is accepted where the last line changes neither, or an earlier one does", () => {
    expect(faultsOf([ANA, "E-2,Budi S,"], "", "")).toEqual([]);
    expect(faultsOf([`E-1,Ana,${no(5)}`, BUDI], "", "")).toEqual([]);
  });
});

describe("an id that another person gets", () => {
  test("is refused, each of them, when a row was put in between and ids are numbers of rows", () => {
    expect(faultsOf([`E-1,Zoe,${no(9)}`, `E-2,Ana,${no(1)}`, `E-3,Budi,${no(2)}`])).toMatchObject([
      {
        lines: [2],
        message: 'The id "E-1" is that of "Ana" ("ana"), and the table gives it to "Zoe" with another number.',
        hint: expect.stringContaining("npx rollcall number ana") as string,
      },
      { lines: [3], message: expect.stringContaining('"E-2" is that of "Budi"') as string },
    ]);
  });

  test("is accepted once the number is written by hand", () => {
    const [, ...others] = first.people;
    const people = new Map([["ana", { ...first.people.get("ana")!, number: no(11) }], ...others]);
    const source = sourceOf([`E-1,Ana Maria,${no(11)}`, BUDI]);
    expect(merge({ ...first, people, source, today: TODAY }).kind).toBe("ok");
  });
});

describe("the limit of new numbers", () => {
  const rows = (numbers: number, from: number) =>
    Array.from({ length: numbers }, (_, at) => `E-${at},P${at},${no(at < from ? at + 50 : at)}`);
  const change = (count: number, maxChanges?: number) =>
    merge({ ...imported(sourceOf(rows(9, 0))), source: sourceOf(rows(9, count)), today: TODAY, maxChanges });

  test.each([
    [5, undefined, "ok"],
    [6, undefined, "refused"],
    [6, 6, "ok"],
    [1, 0, "refused"],
  ])("%i with --max-changes %s: %s", (count, maxChanges, kind) => {
    expect(change(count, maxChanges).kind).toBe(kind);
  });

  test("the refusal names each of them, and what would permit it", () => {
    expect(change(2, 1)).toEqual({
      kind: "refused",
      faults: [
        {
          lines: [],
          message: "2 people would get another number, more than --max-changes 1: p0 (E-0, line 2), p1 (E-1, line 3).",
          hint: "Look whether the table is whole. If the ids are still the same people's, give --max-changes 2.",
        },
      ],
    });
  });
});

describe("an id that is written otherwise", () => {
  test.each([
    ["E-2", "e-2"],
    ["E 2", "E2"],
    ["00123", "123"],
    ["E-2", "'E-2"],
    ["e-2", "Ｅ-2"],
  ])("%s in the file and %s in the table are refused: one person would leave and be new", (id, now) => {
    const before = imported(sourceOf([ANA, `${id},Budi,${no(2)}`]));
    const result = merge({ ...before, source: sourceOf([ANA, `${now},Budi,`]), today: TODAY });
    expect(result).toEqual({
      kind: "refused",
      faults: [
        {
          lines: [3],
          message: `The id "${now}" is not in people.yaml, and "${id}" of people.yaml is not in the table.`,
          hint: "If it is one person, write one id in both.",
        },
      ],
    });
  });

  test("is another one where both are in the file, or the file's is in the table", () => {
    const people = new Map([...first.people, ["zoe", { number: no(9), name: "Zoe", id: "e-2" }]]);
    expect(merge({ people, last: first.last, source: sourceOf([ANA, BUDI]), today: TODAY }).kind).toBe("ok");
    expect(faultsOf([ANA, BUDI, `E-20,Zoe,${no(9)}`])).toEqual([]);
  });
});
