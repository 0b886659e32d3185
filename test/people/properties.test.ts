import fc from "fast-check";
import { importSource, type Source } from "../../src/people";
import { peopleOf } from "../../src/roster";
import { runs, seeded } from "../seeded";
import { no, sourceOf, TODAY } from "./world";

/** What is true of every file and every table. Each case parses YAML several times, so there are fewer of them. */
const some = { ...seeded, numRuns: runs(80) };

const name = fc.constantFrom("Ana", "Budi S", "O'Neill", "Ž: 李", "No", "a: b");
const day = fc.constantFrom(undefined, "2026-11-01", TODAY, "2027-01-31");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Rows of a table; no two have the same id or number. */
const row = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  number: fc.integer({ min: 1, max: 20 }),
  name,
  left: day,
  consent: day,
});
const table = fc
  .tuple(fc.uniqueArray(row, { minLength: 1, maxLength: 10, selector: ({ id }) => id }), fc.boolean(), fc.boolean())
  .map(([rows, left, consent]) => {
    const seen = new Set<number>();
    const alone = rows.filter(({ number }) => {
      const isFirst = !seen.has(number);
      seen.add(number);
      return isFirst;
    });
    const agreed = (date: string | undefined) => (date !== undefined && date <= TODAY ? date : "");
    return sourceOf(
      alone.map(
        (one) =>
          `E-${one.id},"${one.name}",${no(one.number)}${left ? `,${one.left ?? ""}` : ""}${consent ? `,${agreed(one.consent)}` : ""}`,
      ),
      `${left ? ",left" : ""}${consent ? ",consent" : ""}`,
    );
  });

interface ByHand {
  readonly number: number;
  readonly id: number | undefined;
  readonly flow: boolean;
  readonly comment: boolean;
  readonly offboarded: string | undefined;
}
const entry: fc.Arbitrary<ByHand> = fc.record({
  number: fc.integer({ min: 1, max: 20 }),
  id: maybe(fc.integer({ min: 1, max: 12 })),
  flow: fc.boolean(),
  comment: fc.boolean(),
  offboarded: day,
});
/** people.yaml as somebody writes it. Keys tell whether an entry has an id. */
const file = fc
  .tuple(fc.uniqueArray(entry, { maxLength: 6, selector: ({ number }) => number }), fc.constantFrom("\n", "\r\n"))
  .map(([entries, newline]) => {
    const seen = new Set<number>();
    const lines = entries.flatMap(({ number, id: given, flow, comment, offboarded }) => {
      const id = given === undefined || seen.has(given) ? undefined : given;
      if (id !== undefined) seen.add(id);
      const key = `${id === undefined ? "hand" : "from"}-${number}`;
      const pairs = [
        `number: '${no(number)}'`,
        // A word of each name in the table.
        `name:   Given Ana Budi O'Neill 李 No a`,
        ...(id === undefined ? [] : [`id: E-${id}`]),
        ...(offboarded === undefined ? [] : [`offboarded: ${offboarded}`]),
      ];
      const head = comment ? ["", `  # above ${key}`] : [];
      if (flow) return [...head, `  ${key}:  {  ${pairs.join(",  ")}  }  # behind ${key}`];
      return [
        ...head,
        `  ${key}:`,
        ...pairs.map((pair) => `     ${pair}  # ${pair.slice(0, 2)} ${key}`),
        `     # below ${key}`,
      ];
    });
    return [`# Head`, ...(lines.length === 0 ? ["people: {}"] : ["people:", ...lines]), ""].join(newline);
  });

const options = { today: TODAY, maxLeavers: 100, maxChanges: 100 };
const importInto = (source: Source, people: string, last?: string) => importSource(source, { people, last }, options);

/** The lines of entries without id, and all comments, in their order. */
const ofHand = (text: string, ids: ReadonlySet<string>): string[] => {
  let own = true;
  return text
    .replace("people: {}", "people:")
    .split(/\r?\n/)
    .filter((line) => {
      const key = /^ {2}([^\s#:"]+):/.exec(line)?.[1];
      if (key !== undefined) own = !ids.has(key);
      return line !== "" && (own || /^\s*#/.test(line));
    });
};

test("importing twice changes nothing", () => {
  fc.assert(
    fc.property(file, table, (text, source) => {
      const first = importInto(source, text);
      if (first.kind === "refused") return;
      const second = importInto(source, first.value.people ?? "", first.value.last);
      expect(second).toMatchObject({ kind: "ok", value: { people: first.value.people, last: first.value.last } });
      if (second.kind === "ok")
        expect(second.value.told.flatMap(({ facts }) => facts).filter(({ kind }) => kind !== "kept")).toEqual([]);
    }),
    some,
  );
});

test("what is written by hand stays: entries without id, all comments, their order, and the kind of line ends", () => {
  let imports = 0;
  fc.assert(
    fc.property(file, table, table, (text, source, later) => {
      const first = importInto(source, text);
      if (first.kind === "refused") return;
      const second = importInto(later, first.value.people ?? "", first.value.last);
      for (const [before, after] of [[text, first] as const, [first.value.people ?? "", second] as const]) {
        if (after.kind === "refused") continue;
        imports += 1;
        const now = after.value.people ?? "";
        const withId = new Set([...peopleOf(now)].flatMap(([key, { id }]) => (id === undefined ? [] : [key])));
        expect(ofHand(now, withId)).toEqual(ofHand(before, withId));
        const comments = (of: string) => [...of.matchAll(/#.*/g)].map(([comment]) => comment.trimEnd());
        expect(comments(now)).toEqual(comments(before));
        expect([...peopleOf(now).keys()].slice(0, peopleOf(before).size)).toEqual([...peopleOf(before).keys()]);
        if (before.includes("\r\n")) expect(now.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      }
    }),
    some,
  );
  expect(imports).toBeGreaterThan(40);
});

test("nobody is deleted, nobody in the table is missing without a word, and ids and numbers are one person's", () => {
  fc.assert(
    fc.property(file, table, (text, source) => {
      const result = importInto(source, text);
      if (result.kind === "refused") return;
      const people = peopleOf(result.value.people ?? "");
      for (const key of peopleOf(text).keys()) expect(people.has(key)).toBe(true);
      const ids = [...people.values()].flatMap(({ id }) => id ?? []);
      const leftOut = result.value.leftOut.map(({ id }) => id);
      expect(source.records.map(({ id }) => id).filter((id) => !ids.includes(id) && !leftOut.includes(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      const numbers = [...people.values()].map(({ number }) => number.replace(/\D/g, ""));
      expect(new Set(numbers).size).toBe(numbers.length);
      const there = new Set(source.records.map(({ id }) => id));
      for (const { id, offboarded } of people.values())
        if (id !== undefined && !there.has(id)) expect(offboarded).toBeDefined();
    }),
    some,
  );
});
