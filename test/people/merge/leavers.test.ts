import { merge } from "../../../src/people/merge";
import { imported, merged, no, sourceOf, told, TODAY } from "../world";

const ANA = `E-1,Ana,${no(1)}`;
const BUDI = `E-2,Budi,${no(2)}`;
const first = imported(sourceOf([ANA, BUDI]));
type Before = typeof first;
const again = (rows: readonly string[], more = "", before: Before = first, today = TODAY) =>
  merged({ people: before.people, last: before.last, source: sourceOf(rows, more), today });
const withLeft = (left: string, before: Before = first) => again([`${ANA},${left}`, `${BUDI},`], ",left", before);
const offboarded = ({ people }: Before) => people.get("ana")?.offboarded;
/** The file after somebody wrote another day, or took it out. */
const byHand = (before: Before, day: string | undefined): Before => {
  const { offboarded: _, ...ana } = before.people.get("ana")!;
  return {
    ...before,
    people: new Map([...before.people, ["ana", day === undefined ? ana : { ...ana, offboarded: day }]]),
  };
};

test("who is missing is offboarded today, once, and stays in the file", () => {
  const gone = again([BUDI]);
  expect(offboarded(gone)).toBe("2026-12-01");
  expect(told(gone)).toEqual({ ana: [{ kind: "offboarded", day: "2026-12-01", why: "missing", byHand: false }] });
  const later = again([BUDI], "", gone, "2026-12-08");
  expect([later.people, later.told]).toEqual([gone.people, []]);
});

test("what a killed import wrote today, and did not note, is the import's: who comes back is no longer offboarded", () => {
  const killed = { ...first, people: again([BUDI]).people };
  const completed = again([BUDI], "", killed);
  expect(completed).toMatchObject({ people: killed.people, told: [], last: again([BUDI]).last });
  expect(again([ANA, BUDI], "", completed).people).toEqual(first.people);
});

test("who left is offboarded from the day that the table has, past or to come", () => {
  for (const day of ["2026-11-15", "2027-01-31"]) {
    const gone = withLeft(day);
    expect(told(gone)).toEqual({ ana: [{ kind: "offboarded", day, why: "left", byHand: false }] });
    expect(offboarded(gone)).toBe(day);
    expect(withLeft(day, gone).told).toEqual([]);
  }
});

test("another day in the table is taken over, also a later one", () => {
  expect(offboarded(withLeft("2027-03-31", withLeft("2027-01-31")))).toBe("2027-03-31");
});

test("a day to come gives way to today when the table does not name them any more; a day that is past stays", () => {
  const missing = again([BUDI], "", withLeft("2027-01-31"));
  expect(offboarded(missing)).toBe(TODAY);
  expect(told(missing).ana).toEqual([{ kind: "offboarded", day: TODAY, why: "missing", byHand: false }]);
  const past = withLeft("2026-11-15");
  expect(again([BUDI], "", past)).toMatchObject({ people: past.people, told: [] });
});

test("who is in the table again is no longer offboarded", () => {
  for (const gone of [again([BUDI]), withLeft("2026-11-15"), again([BUDI], "", withLeft("2027-01-31"))]) {
    const back = withLeft("", gone);
    expect(back.people).toEqual(first.people);
    expect(told(back)).toEqual({ ana: [{ kind: "back" }] });
  }
  expect(again([ANA, BUDI], "", again([BUDI])).people).toEqual(first.people);
});

test("a table that has lost its column of leavers brings nobody back", () => {
  const gone = withLeft("2026-11-15");
  expect(again([ANA, BUDI], "", gone).people).toEqual(gone.people);
});

describe("a day that was written by hand", () => {
  test("stays, whatever the table says of them being there", () => {
    const before = byHand(first, "2026-11-01");
    expect(withLeft("", before).people).toEqual(before.people);
    expect(told(withLeft("", before)).ana).toEqual([{ kind: "kept", field: "offboarded", source: "not left" }]);
    const missing = again([BUDI], "", before);
    expect(missing.people).toEqual(before.people);
    expect(again([ANA, BUDI], "", missing).people).toEqual(before.people);
  });

  test("stays when it is to come and the table does not name them any more, and is told", () => {
    const before = byHand(first, "2027-01-31");
    const missing = again([BUDI], "", before);
    expect(missing.people).toEqual(before.people);
    expect(told(missing).ana).toEqual([{ kind: "kept", field: "offboarded", source: "missing" }]);
  });

  test("stays when the table has a later one, and gives way to an earlier one", () => {
    expect(told(withLeft("2026-12-31", byHand(first, "2026-11-01"))).ana).toEqual([
      { kind: "kept", field: "offboarded", source: "2026-12-31" },
    ]);
    const earlier = withLeft("2026-10-31", byHand(withLeft(""), "2026-11-01"));
    expect(told(earlier).ana).toEqual([{ kind: "offboarded", day: "2026-10-31", why: "left", byHand: true }]);
  });

  test("that was taken out by hand stays out until the table says something else", () => {
    const kept = again([BUDI], "", byHand(again([BUDI]), undefined));
    expect(offboarded(kept)).toBeUndefined();
    expect(told(kept).ana).toEqual([{ kind: "kept", field: "offboarded", source: "missing" }]);
    const stays = withLeft("2026-11-15", byHand(withLeft("2026-11-15"), undefined));
    expect(offboarded(stays)).toBeUndefined();
    expect(offboarded(withLeft("2026-11-20", stays))).toBe("2026-11-20");
  });
});

test("who is new and left already is left out; who is new and will leave is not", () => {
  const { people, leftOut } = again(
    [`${ANA},`, `${BUDI},`, `E-3,Citra,${no(3)},2026-12-01`, `E-4,Dewi,${no(4)},2026-12-02`],
    ",left",
  );
  expect(people.get("dewi")).toEqual({ number: no(4), name: "Dewi", id: "E-4", offboarded: "2026-12-02" });
  expect(people.has("citra")).toBe(false);
  expect(leftOut).toEqual([{ id: "E-3", name: "Citra", why: "left already" }]);
});

describe("the limit of leavers", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, at) => `E-${at},P${at},${no(at)}`);
  const leave = (of: number, staying: number, maxLeavers?: number) =>
    merge({ ...imported(sourceOf(rows(of))), source: sourceOf(rows(staying)), today: TODAY, maxLeavers });

  test.each([
    [11, 6, undefined, "ok"],
    [12, 6, undefined, "refused"],
    // Of few people: one, or less than half.
    [2, 1, undefined, "ok"],
    [3, 1, undefined, "refused"],
    [4, 2, undefined, "refused"],
    [5, 3, undefined, "ok"],
    [4, 2, 2, "ok"],
    [69, 63, undefined, "ok"],
    [69, 62, undefined, "refused"],
    [59, 54, undefined, "ok"],
    [59, 53, undefined, "refused"],
    [7, 1, 6, "ok"],
    [7, 1, 5, "refused"],
    [7, 6, 0, "refused"],
    [7, 7, 0, "ok"],
  ])("of %i people %i stay, --max-leavers %s: %s", (of, staying, maxLeavers, kind) => {
    expect(leave(of, staying, maxLeavers).kind).toBe(kind);
  });

  test("the refusal names each of them, and what would permit it", () => {
    const source = sourceOf([...rows(2).map((row) => `${row},2026-11-30`), `E-9,New,${no(9)},`], ",left");
    const result = merge({ ...imported(sourceOf(rows(3))), source, today: TODAY, maxLeavers: 2 });
    expect(result).toEqual({
      kind: "refused",
      faults: [
        {
          lines: [],
          message:
            "3 people would be offboarded, more than --max-leavers 2: p0 (E-0, line 2), p1 (E-1, line 3), p2 (E-2, missing in the table).",
          hint: "Look whether the table is whole. If they all left, give --max-leavers 3.",
        },
      ],
    });
    expect(leave(12, 6)).toMatchObject({
      faults: [{ message: expect.stringContaining("more than the usual limit of 5, 5 or a tenth of 12:") as string }],
    });
    expect(leave(4, 2)).toMatchObject({
      faults: [{ message: expect.stringMatching(/^2 people .*, at least half of the 4 who are there:/) as string }],
    });
  });

  test("whoever was offboarded before is not counted again", () => {
    const before = merged({ ...imported(sourceOf(rows(22))), source: sourceOf(rows(17)) });
    expect(merge({ ...before, source: sourceOf(rows(12)), today: TODAY }).kind).toBe("ok");
  });

  test("whoever left before does not make it larger, and whoever will leave is still there", () => {
    const offboard = (day: string) => {
      const { people, last } = imported(sourceOf(rows(69)));
      const later = [...people].map(([key, one], at) => [key, at < 50 ? one : { ...one, offboarded: day }] as const);
      return merge({ people: new Map(later), last, source: sourceOf(rows(69).slice(6)), today: TODAY }).kind;
    };
    expect(offboard(TODAY)).toBe("refused");
    expect(offboard("2026-12-02")).toBe("ok");
  });

  test("whom the import adopts is counted: of few people by hand two may go, and not half", () => {
    const kind = (of: number) => {
      const people = new Map([...imported(sourceOf(rows(of))).people].map(([key, { id: _, ...one }]) => [key, one]));
      const leaving = rows(of).map((row, at) => `${row},${at < 2 ? "2026-11-30" : ""}`);
      return merge({ people, last: new Map(), source: sourceOf(leaving, ",left"), today: TODAY }).kind;
    };
    expect([kind(5), kind(4)]).toEqual(["ok", "refused"]);
  });
});
