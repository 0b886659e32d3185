import fc from "fast-check";
import { Document, isScalar, Scalar, visit } from "yaml";
import { load, TODAY } from "./tree";

const SEED = { seed: 20_261_201 };

const day = fc.constantFrom("2026-11-30", TODAY, "2026-12-02", "2027-06-30");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const LETTERS = Array.from("aZé李ö 'x:#-\"|&*!%@`{}[],?<>~0");

describe("formatting a valid roster in another style of YAML never changes its meaning", () => {
  const name = fc
    .string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() !== "" && !text.includes("<{%"));
  const number = fc.integer({ min: 1_000_000, max: 9_999_999 }).map((digits) => `+62 812-${digits}`);
  const member = fc.record(
    { number, name, until: maybe(day), reason: maybe(name) },
    { requiredKeys: ["number", "name"] },
  );
  const roster = fc.record({
    group: fc.constantFrom("EA93UU0042", "a1", "X-_~"),
    businessNumber: maybe(fc.constant("8613800000000")),
    undeclared: maybe(fc.constantFrom("remove", "report")),
    allowEmpty: maybe(fc.boolean()),
    maxRemovals: maybe(fc.integer({ min: 0, max: 1000 })),
    protect: maybe(fc.uniqueArray(number, { maxLength: 3 })),
    members: fc.uniqueArray(member, { maxLength: 8, selector: (one) => one.number }),
  });
  const style = fc.record({
    flow: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    quotes: fc.array(fc.constantFrom(Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE, Scalar.PLAIN, Scalar.BLOCK_FOLDED), {
      minLength: 8,
      maxLength: 8,
    }),
    indent: fc.integer({ min: 2, max: 6 }),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    directivesEndMarker: fc.boolean(),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    comments: fc.boolean(),
    reverse: fc.boolean(),
  });

  const IS_NUMBER = /^\+?\d[\d -]{6,}$/;
  type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

  function write(value: object, how: Style): string {
    const entries = Object.entries(value).filter(([, found]) => found !== undefined);
    const document = new Document(Object.fromEntries(how.reverse ? entries.reverse() : entries));
    let turn = 0;
    visit(document, {
      Collection(_, node) {
        turn += 1;
        node.flow = node.items.length === 0 || how.flow[turn % 8] === true;
        if (how.comments && !node.flow) node.commentBefore = " a: [comment";
      },
      Scalar(key, node) {
        turn += 1;
        if (key === "key" || !isScalar(node) || typeof node.value !== "string") return;
        const quotes = how.quotes[turn % 8] ?? Scalar.PLAIN;
        const single = quotes === Scalar.BLOCK_FOLDED;
        if (IS_NUMBER.test(node.value)) node.type = quotes === Scalar.QUOTE_SINGLE ? quotes : Scalar.QUOTE_DOUBLE;
        else if (!single) node.type = quotes;
      },
    });
    if (how.directivesEndMarker) document.directives!.docStart = true;
    const { indent, indentSeq, lineWidth } = how;
    const text = document.toString({ indent, indentSeq, lineWidth });
    return `${how.bom ? "\ufeff" : ""}${how.crlf ? text.replaceAll("\n", "\r\n") : text}`;
  }

  test("for two styles of the same roster", () => {
    fc.assert(
      fc.property(roster, style, style, (value, one, other) => {
        const [a, b] = [one, other].map((how) => load({ "ops.yaml": write(value, how) }));
        expect(a?.problems.filter(({ severity }) => severity === "error")).toEqual([]);
        if (a?.kind !== "ok" || b?.kind !== "ok") throw new Error(JSON.stringify(b?.problems));
        expect(b.rosters.rosters).toEqual(a.rosters.rosters);
        const named = Object.fromEntries(
          [...(a.rosters.rosters[0]?.members ?? [])].map((found) => [found.number, found.name]),
        );
        const wanted = value.members.filter(({ until }) => until === undefined || until >= TODAY);
        expect(named).toEqual(Object.fromEntries(wanted.map((found) => [found.number.replace(/\D/g, ""), found.name])));
      }),
      { ...SEED, numRuns: 400 },
    );
  });
});

describe("sets, exclusions and dates", () => {
  const PEOPLE = ["a", "b", "c", "d", "e"];
  const SETS = ["s0", "s1", "s2", "s3", "s4"];
  const some = (of: readonly string[]) => fc.subarray([...of]);
  const world = fc.record({
    offboarded: fc.array(maybe(day), { minLength: 5, maxLength: 5 }),
    // A set includes later ones only: no cycles.
    sets: fc.tuple(
      ...SETS.map((_, at) =>
        fc.record({ members: some(PEOPLE), include: some(SETS.slice(at + 1)), until: maybe(day) }),
      ),
    ),
    own: fc.uniqueArray(fc.record({ person: fc.constantFrom(...PEOPLE), until: maybe(day) }), {
      selector: ({ person }) => person,
    }),
    include: some(SETS),
    exclude: some(PEOPLE),
  });

  test("somebody is declared exactly when some path that holds today leads to them", () => {
    fc.assert(
      fc.property(world, ({ offboarded, sets, own, include, exclude }) => {
        const holds = (until: string | undefined) => until === undefined || until >= TODAY;
        /** Every path by itself, without any of the code's ways to be fast. */
        const paths = (set: string, sofar: boolean): [string, boolean][] => {
          const { members, include: inner, until } = sets[SETS.indexOf(set)]!;
          const now = sofar && holds(until);
          return [
            ...members.map((person): [string, boolean] => [person, now]),
            ...inner.flatMap((next) => paths(next, now)),
          ];
        };
        const claims = [
          ...own.map(({ person, until }): [string, boolean] => [person, holds(until)]),
          ...include.flatMap((set) => paths(set, true)).filter(([person]) => !exclude.includes(person)),
        ];
        const gone = (person: string) => (offboarded[PEOPLE.indexOf(person)] ?? "9999") <= TODAY;
        const declared = PEOPLE.filter((person) => !gone(person) && claims.some(([who, now]) => who === person && now));
        const named = PEOPLE.filter((person) => claims.some(([who]) => who === person));

        const loaded = load({
          "people.yaml": JSON.stringify({
            people: Object.fromEntries(
              PEOPLE.map((key, at) => [key, { number: `+62 812 345678${at}`, name: key, offboarded: offboarded[at] }]),
            ),
          }),
          "sets.yaml": JSON.stringify({ sets: Object.fromEntries(SETS.map((key, at) => [key, sets[at]])) }),
          "ops.yaml": JSON.stringify({ group: "A", members: own, include, exclude }),
        });
        if (loaded.kind !== "ok") throw new Error(JSON.stringify(loaded.problems));
        const [roster] = loaded.rosters.rosters;
        expect(roster?.members.map(({ person }) => person)).toEqual(declared);
        expect(roster?.former.map(({ person, reason }) => [person, reason])).toEqual(
          named
            .filter((person) => !declared.includes(person))
            .map((person) => [person, gone(person) ? "offboarded" : "expired"]),
        );
        for (const { person, via } of roster?.members ?? []) {
          for (const [at, set] of via.entries()) {
            const next = via[at + 1];
            const { members, include: inner } = sets[SETS.indexOf(set)]!;
            expect(next === undefined ? members : inner).toContain(next ?? person);
          }
        }
      }),
      { ...SEED, numRuns: 500 },
    );
  });
});
