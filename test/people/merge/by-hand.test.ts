import { merge } from "../../../src/people/merge";
import { imported, merged, no, peopleOf, sourceOf, told, TODAY } from "../world";

const ANA = `E-1,Ana,${no(1)}`;
const BUDI = `E-2,Budi,${no(2)}`;

describe("an entry that was written by hand", () => {
  const people = peopleOf({
    boss: { number: no(1), name: "Àna B.", reason: "lead" },
    zoe: { number: no(9), name: "Zoe" },
  });
  const result = merged({ people, source: sourceOf([ANA, BUDI]) });

  test("is adopted by the record that has its number, and keeps its name", () => {
    expect(Object.fromEntries(result.people)).toEqual({
      boss: { number: no(1), name: "Àna B.", reason: "lead", id: "E-1" },
      zoe: { number: no(9), name: "Zoe" },
      budi: { number: no(2), name: "Budi", id: "E-2" },
    });
    expect(told(result).boss).toEqual([
      { kind: "adopted", number: no(1) },
      { kind: "kept", field: "name", source: "Ana" },
    ]);
  });

  test("is refused when the record has quite another name, until somebody writes the id there", () => {
    const source = sourceOf([`E-9,Zaenal,${no(1)}`]);
    expect(merge({ people, last: new Map(), source, today: TODAY })).toEqual({
      kind: "refused",
      faults: [
        {
          lines: [2],
          message: '"Zaenal" (E-9) has the number of "boss" in people.yaml, who is "Àna B." and has no id.',
          hint: 'If they are one person, write `id: E-9` at "boss"; else correct the number of one of them.',
        },
      ],
    });
    const same = new Map([["boss", { ...people.get("boss")!, id: "E-9" }]]);
    expect(merged({ people: same, source }).people.get("boss")).toMatchObject({ name: "Zaenal", number: no(1) });
  });

  test("is then imported like any other", () => {
    const second = merged({ ...result, source: sourceOf([`E-1,Ana Maria,${no(1)}`, BUDI]) });
    expect(second.people.get("boss")?.name).toBe("Ana Maria");
  });

  test("keeps its consent when it is adopted, and gets one where it has none", () => {
    const source = sourceOf([`${ANA},2026-05-01`, `E-9,Zoe,${no(9)},2026-05-02`], ",consent");
    const before = peopleOf({
      ana: { number: no(1), name: "Ana", consent: "2026-04-01" },
      zoe: { number: no(9), name: "Zoe" },
    });
    const { people: after } = merged({ people: before, source });
    expect([...after.values()].map(({ consent }) => consent)).toEqual(["2026-04-01", "2026-05-02"]);
  });

  test("loses its consent when the record that adopts it has a no", () => {
    const before = peopleOf({ ana: { number: no(1), name: "Ana", consent: "2026-04-01" } });
    const { people: after } = merged({ people: before, source: sourceOf([`${ANA},no`], ",consent") });
    expect(after.get("ana")?.consent).toBeUndefined();
  });

  test("is offboarded with the record that adopts it, and counts as a leaver", () => {
    const source = sourceOf([`${ANA},2026-11-30`], ",left");
    expect(merged({ people, source }).people.get("boss")?.offboarded).toBe("2026-11-30");
    expect(merge({ people, source, last: new Map(), today: TODAY, maxLeavers: 0 }).kind).toBe("refused");
  });
});

describe("an entry or an id that was deleted by hand", () => {
  const first = imported(sourceOf([ANA, BUDI]));

  test("stays deleted, and is told each time", () => {
    const before = { ...first, people: new Map([...first.people].slice(1)) };
    const second = merged({ ...before, source: sourceOf([`E-1,Ana Maria,${no(1)}`, BUDI]) });
    expect(second.people).toEqual(before.people);
    expect(second.leftOut).toEqual([{ id: "E-1", name: "Ana Maria", why: "deleted by hand" }]);
    expect(merged({ ...second, source: sourceOf([ANA, BUDI]) }).leftOut).toHaveLength(1);
  });

  test("is not adopted again", () => {
    const { id: _, ...ana } = first.people.get("ana")!;
    const before = { ...first, people: new Map([...first.people, ["ana", ana]]) };
    const second = merged({ ...before, source: sourceOf([ANA, BUDI]) });
    expect([second.people, second.leftOut.length]).toEqual([before.people, 1]);
  });

  test("stays deleted when the table did not have the record for a while", () => {
    const before = { ...first, people: new Map([...first.people].slice(1)) };
    const without = merged({ ...before, source: sourceOf([BUDI]) });
    const again = merged({ ...without, source: sourceOf([ANA, BUDI]) });
    expect(again.people).toEqual(before.people);
    expect(again.leftOut).toEqual([{ id: "E-1", name: "Ana", why: "deleted by hand" }]);
  });

  test("is imported anew where nobody in the file has an id", () => {
    const { people } = merged({ people: new Map(), last: first.last, source: sourceOf([ANA, BUDI]) });
    expect([...people.keys()]).toEqual(["ana", "budi"]);
  });
});

describe("a number that somebody else has in the file", () => {
  const people = peopleOf({
    ana: { number: no(1), name: "Ana", id: "E-1" },
    budi: { number: no(2), name: "Budi", id: "E-2", offboarded: "2026-01-01" },
    zoe: { number: no(9), name: "Zoe" },
  });
  const faults = (rows: readonly string[]) => {
    const result = merge({ people, last: new Map(), source: sourceOf(rows), today: TODAY });
    return result.kind === "ok" ? [] : result.faults;
  };

  test("is refused when a new record has it: the number would be that of somebody who left", () => {
    expect(faults([ANA, `E-3,Citra,${no(2)}`])).toEqual([
      {
        lines: [3],
        message: 'The number "+6281234567802" of "citra" (E-3) is that of "budi" in people.yaml, whose id is E-2.',
        hint: 'If they are one person, write `id: E-3` at "budi"; if "budi" has it no longer, correct or delete that entry.',
      },
    ]);
  });

  test("is refused when a record gets it that has another entry", () => {
    expect(faults([`E-1,Ana,${no(9)}`])).toMatchObject([
      {
        lines: [2],
        message: expect.stringContaining(
          'of "ana" (E-1) is that of "zoe" in people.yaml, who is written by hand',
        ) as string,
      },
    ]);
  });
});
