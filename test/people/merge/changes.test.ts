import { imported, merged, no, peopleOf, sourceOf, told } from "../world";

const ANA = `E-1,Ana,${no(1)}`;
const BUDI = `E-2,Budi,${no(2)}`;
const first = imported(sourceOf([ANA, BUDI]));
const again = (rows: readonly string[], more = "", before = first) =>
  merged({ ...before, source: sourceOf(rows, more) });
/** The file after somebody changed one entry by hand. */
const byHand = (key: string, change: object) => ({
  ...first,
  people: new Map([...first.people].map(([name, person]) => [name, name === key ? { ...person, ...change } : person])),
});

test("new people are added, each with a key of their name, whatever the order of the table", () => {
  const rows = [ANA, BUDI, `E-4,Ana,${no(4)}`, `E-3,Ana,${no(3)}`];
  for (const order of [rows, [...rows].reverse()]) {
    expect([...imported(sourceOf(order)).people]).toEqual([
      ["ana", { number: no(1), name: "Ana", id: "E-1" }],
      ["ana-e-3", { number: no(3), name: "Ana", id: "E-3" }],
      ["ana-e-4", { number: no(4), name: "Ana", id: "E-4" }],
      ["budi", { number: no(2), name: "Budi", id: "E-2" }],
    ]);
  }
});

test("new people come behind those of the file, which keep their order", () => {
  const people = peopleOf({ zoe: { number: no(9), name: "Zoe" }, eka: { number: no(8), name: "Eka" } });
  const { people: after } = merged({ people, source: sourceOf([BUDI, ANA]) });
  expect([...after.keys()]).toEqual(["zoe", "eka", "ana", "budi"]);
});

test("the same table again changes nothing, and says nothing", () => {
  const second = again([ANA, BUDI]);
  expect(second).toEqual({ ...first, told: [], leftOut: [], unchanged: 2 });
});

test("a changed name and a changed number are changed; the former number is kept", () => {
  const { people, told: all } = again([`E-1,Ana Maria,${no(1)}`, `E-2,Budi,${no(12)}`]);
  expect(people.get("ana")).toEqual({ number: no(1), name: "Ana Maria", id: "E-1" });
  expect(people.get("budi")).toEqual({ number: no(12), name: "Budi", id: "E-2", formerly: [no(2)] });
  expect(told({ told: all })).toEqual({
    ana: [{ kind: "name", from: "Ana", to: "Ana Maria", byHand: false }],
    budi: [{ kind: "number", from: no(2), to: no(12), byHand: false }],
  });
});

test("another spelling of the number is no change", () => {
  expect(again([`E-1,Ana,${no(1).replaceAll(" ", "")}`, BUDI]).told).toEqual([]);
});

test("who comes back to a former number does not have it twice, and asListed goes with the number that it was for", () => {
  const before = byHand("ana", { formerly: [no(11), no(12)], asListed: true });
  const { people } = again([`E-1,Ana,${no(11)}`, BUDI], "", before);
  expect(people.get("ana")).toEqual({ number: no(11), name: "Ana", id: "E-1", formerly: [no(12), no(1)] });
});

test("a number that is another person's former one is not taken from them", () => {
  const before = {
    ...first,
    people: new Map([...first.people, ["zoe", { number: no(9), name: "Zoe", formerly: [no(1)] }]]),
  };
  const { people } = again([`E-1,Ana,${no(11)}`, BUDI], "", before);
  expect(people.get("ana")).toEqual({ number: no(11), name: "Ana", id: "E-1" });
  expect(people.get("zoe")).toEqual({ number: no(9), name: "Zoe", formerly: [no(1)] });
});

test("two people may change numbers with each other", () => {
  const { people } = again([`E-1,Ana,${no(2)}`, `E-2,Budi,${no(1)}`]);
  expect([...people.values()].map(({ number }) => number)).toEqual([no(2), no(1)]);
});

describe("what is changed by hand", () => {
  const before = byHand("ana", { name: "Ani", number: no(21) });

  test("stays while the table says what it said, and is told", () => {
    const second = again([ANA, BUDI], "", before);
    expect(second.people).toEqual(before.people);
    expect(told(second)).toEqual({
      ana: [
        { kind: "kept", field: "name", source: "Ana" },
        { kind: "kept", field: "number", source: no(1) },
      ],
    });
  });

  test("gives way when the table itself says something else, and that is told", () => {
    const name = again([`E-1,Ana Maria,${no(1)}`, BUDI], "", byHand("ana", { name: "Ani" }));
    expect(told(name)).toEqual({ ana: [{ kind: "name", from: "Ani", to: "Ana Maria", byHand: true }] });
    const number = again([`E-1,Ana,${no(11)}`, BUDI], "", byHand("ana", { number: no(21) }));
    expect(number.people.get("ana")).toEqual({ number: no(11), name: "Ana", id: "E-1", formerly: [no(21)] });
    expect(told(number)).toEqual({ ana: [{ kind: "number", from: no(21), to: no(11), byHand: true }] });
  });

  test("stays when the table comes to say the same", () => {
    const second = again([`E-1,Ani,${no(21)}`, BUDI], "", before);
    expect([second.people, second.told]).toEqual([before.people, []]);
    expect(again([`E-1,Ani,${no(21)}`, BUDI], "", second).told).toEqual([]);
  });

  test("gives way where no import saw the person so far", () => {
    for (const change of [{ name: "Ani" }, { number: no(21) }]) {
      const { people } = merged({ ...byHand("ana", change), last: new Map(), source: sourceOf([ANA, BUDI]) });
      expect(people.get("ana")).toMatchObject({ number: no(1), name: "Ana" });
    }
  });

  test("other keys and other people are never touched", () => {
    const people = new Map([
      ...byHand("ana", { reason: "lead", formerly: [no(31)] }).people,
      ["zoe", { number: no(9), name: "Zoe" }],
    ]);
    expect(again([ANA, BUDI], "", { ...first, people }).people).toEqual(people);
  });
});

describe("without a number in the table", () => {
  test("somebody who is there keeps theirs, also once it is known again", () => {
    const second = again(["E-1,Ana,", BUDI]);
    expect([second.people, second.told]).toEqual([first.people, []]);
    expect(again([ANA, BUDI], "", second).told).toEqual([]);
  });

  test("somebody new is left out, and told", () => {
    const { people, leftOut } = again([ANA, BUDI, "E-3,Citra,"]);
    expect(people).toEqual(first.people);
    expect(leftOut).toEqual([{ id: "E-3", name: "Citra", why: "no number" }]);
  });
});

describe("consent", () => {
  const with1 = (consent: string, before = first) => again([`${ANA},${consent}`, `${BUDI},`], ",consent", before);

  test("is written, changed and taken out as the table says", () => {
    const given = with1("2026-05-01");
    expect(given.people.get("ana")?.consent).toBe("2026-05-01");
    const later = with1("2026-06-01", given);
    expect(told(later).ana).toEqual([{ kind: "consent", from: "2026-05-01", to: "2026-06-01", byHand: false }]);
    const withdrawn = with1("no", later);
    expect(withdrawn.people.get("ana")).toEqual(first.people.get("ana"));
    expect(told(withdrawn).ana).toEqual([{ kind: "consent", from: "2026-06-01", to: undefined, byHand: false }]);
  });

  test("that was written by hand stays while the table told of none, and where it has no such column", () => {
    const before = byHand("ana", { consent: "2026-04-01" });
    const second = with1("", before);
    expect(second.people).toEqual(before.people);
    expect(with1("", second).people).toEqual(before.people);
    expect(again([ANA, BUDI], "", before).told).toEqual([]);
  });

  test("that was written by hand is taken out by a no in the table, and what is written after that stays", () => {
    const before = byHand("ana", { consent: "2026-04-01" });
    for (const seen of [before, with1("", before)]) {
      const withdrawn = with1("no", seen);
      expect(withdrawn.people).toEqual(first.people);
      expect(told(withdrawn).ana).toMatchObject([{ kind: "consent", from: "2026-04-01", to: undefined }]);
      expect(with1("no", { ...withdrawn, people: before.people }).people).toEqual(before.people);
      expect(with1("", { ...withdrawn, people: before.people }).people).toEqual(before.people);
    }
  });

  test("that the table told is taken out by a blank as well", () => {
    expect(with1("", with1("2026-05-01")).people).toEqual(first.people);
  });

  test("that was taken out by hand stays out until the table has another day", () => {
    const given = with1("2026-05-01");
    const taken = { ...given, people: first.people };
    expect(with1("2026-05-01", taken).people).toEqual(first.people);
    expect(with1("2026-06-01", taken).people.get("ana")?.consent).toBe("2026-06-01");
  });
});
