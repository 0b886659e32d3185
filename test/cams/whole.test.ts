import fc from "fast-check";
import { readWhole, type Page } from "../../src/cams/whole";
import { seeded } from "../seeded";

const key = (row: unknown): string | undefined => (typeof row === "string" && row !== "" ? row : undefined);

/** Serves pages by number, empty ones behind the last; remembers which were asked for. */
function pages(...all: readonly Page[]) {
  const asked: number[] = [];
  const fetch = (index: number): Promise<Page> => {
    asked.push(index);
    return Promise.resolve(all[index - 1] ?? { total: all.at(-1)?.total, rows: [] });
  };
  return { asked, fetch };
}

test.each<[string, readonly Page[], readonly string[]]>([
  ["nobody", [{ total: 0, rows: [] }], []],
  ["one page", [{ total: 2, rows: ["a", "b"] }], ["a", "b"]],
  ["one page as long as it may be", [{ total: 3, rows: ["a", "b", "c"] }], ["a", "b", "c"]],
  [
    "three pages",
    [
      { total: 5, rows: ["a", "b"] },
      { total: 5, rows: ["c", "d"] },
      { total: 5, rows: ["e"] },
    ],
    ["a", "b", "c", "d", "e"],
  ],
  [
    "a short page in between",
    [
      { total: 3, rows: ["a"] },
      { total: 3, rows: ["b", "c"] },
    ],
    ["a", "b", "c"],
  ],
  ["rows that can't be told apart", [{ total: 3, rows: ["a", "", ""] }], ["a", "", ""]],
])("whole: %s, and no page more than needed", async (_, all, rows) => {
  const { asked, fetch } = pages(...all);
  expect(await readWhole(fetch, key)).toEqual({ kind: "whole", rows });
  expect(asked).toEqual(all.map((_page, i) => i + 1));
});

test.each<[string, readonly Page[], RegExp]>([
  ["no Total", [{ total: undefined, rows: ["a"] }], /page 1 has no Total/],
  [
    "no Total on the second page",
    [
      { total: 2, rows: ["a"] },
      { total: undefined, rows: ["b"] },
    ],
    /page 2 has no Total/,
  ],
  ["fewer rows than Total", [{ total: 3, rows: ["a", "b"] }], /2 rows were listed, but Total says 3/],
  ["no rows at all, but a Total", [{ total: 3, rows: [] }], /0 rows were listed, but Total says 3/],
  ["more rows than Total", [{ total: 1, rows: ["a", "b"] }], /2 rows were listed, but Total says 1/],
  ["rows, but a Total of 0", [{ total: 0, rows: ["a"] }], /1 rows were listed, but Total says 0/],
  [
    "Total grows",
    [
      { total: 2, rows: ["a"] },
      { total: 3, rows: ["b"] },
    ],
    /Total changed from 2 to 3/,
  ],
  [
    "Total shrinks",
    [
      { total: 3, rows: ["a"] },
      { total: 2, rows: ["b"] },
    ],
    /Total changed from 3 to 2/,
  ],
  ["a row twice on one page", [{ total: 2, rows: ["a", "a"] }], /page 1 lists a row that was listed before/],
  [
    "a row again on the next page",
    [
      { total: 3, rows: ["a", "b"] },
      { total: 3, rows: ["b"] },
    ],
    /page 2 lists a row/,
  ],
  [
    "the same page again",
    [
      { total: 4, rows: ["a", "b"] },
      { total: 4, rows: ["a", "b"] },
    ],
    /page 2 lists a row/,
  ],
])("doubtful: %s", async (_, all, why) => {
  expect(await readWhole(pages(...all).fetch, key)).toEqual({
    kind: "doubtful",
    why: expect.stringMatching(why) as string,
  });
});

test("a page that fails voids the listing", async () => {
  const fetch = (index: number): Promise<Page> =>
    index === 1 ? Promise.resolve({ total: 2, rows: ["a"] }) : Promise.reject(new Error("reset"));
  await expect(readWhole(fetch, key)).rejects.toThrow("reset");
});

test("pages without an end are not believed", async () => {
  const fetch = (index: number): Promise<Page> => Promise.resolve({ total: 1_000_000, rows: [`row ${index}`] });
  expect(await readWhole(fetch, key)).toMatchObject({
    kind: "doubtful",
    why: expect.stringMatching(/1000 pages/) as string,
  });
});

test("a listing that lost or doubled any row, on any page, is never whole", async () => {
  const rows = fc.uniqueArray(fc.stringMatching(/^[a-z]{3}$/), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 5 }), fc.nat(), fc.boolean(), async (all, size, at, lose) => {
      const i = at % all.length;
      const faulty = lose ? all.toSpliced(i, 1) : all.toSpliced(i, 0, all[i]!);
      const served = (list: readonly string[]) => (index: number) =>
        Promise.resolve({ total: all.length, rows: list.slice((index - 1) * size, index * size) });
      expect(await readWhole(served(all), key)).toEqual({ kind: "whole", rows: all });
      // A row that comes twice behind the end of a listing that is whole already is not even asked for.
      const unseen = !lose && i === all.length - 1 && all.length % size === 0;
      expect((await readWhole(served(faulty), key)).kind).toBe(unseen ? "whole" : "doubtful");
    }),
    seeded,
  );
});
