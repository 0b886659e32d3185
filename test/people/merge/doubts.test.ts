import { merge } from "../../../src/people/merge";
import { imported, no, sourceOf, TODAY } from "../world";

const ANA = `E-1,Ana,${no(1)}`;
const BUDI = `E-2,Budi,${no(2)}`;
const first = imported(sourceOf([ANA, BUDI]));
const faultsOf = (...table: Parameters<typeof sourceOf>) => {
  const result = merge({ ...first, source: sourceOf(...table), today: TODAY, maxLeavers: undefined });
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

  test("is accepted where the last line changes neither, or an earlier one does", () => {
    expect(faultsOf([ANA, "E-2,Budi S,"], "", "")).toEqual([]);
    expect(faultsOf([`E-1,Ana,${no(5)}`, BUDI], "", "")).toEqual([]);
  });
});
