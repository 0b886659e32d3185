import { editPeople, NOBODY } from "../../../src/people/yaml/edit";
import type { People, Person } from "../../../src/people/types";
import { peopleOf as valuesIn } from "../../../src/roster";
import { no } from "../world";

type Change = Readonly<Record<string, (person: Person) => Person>>;

/** The text after its entries were changed, and new ones added; it has to say that. */
function edited(text: string, change: Change, added: Readonly<Record<string, Person>> = {}): string {
  const before: People = valuesIn(text);
  const after = new Map([
    ...[...before].map(([key, person]): [string, Person] => [key, change[key]?.(person) ?? person]),
    ...Object.entries(added),
  ]);
  const result = editPeople(text, before, after);
  expect(Object.fromEntries(valuesIn(result))).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(after))));
  return result;
}

const without =
  (...keys: (keyof Person)[]) =>
  (person: Person) =>
    Object.fromEntries(
      Object.entries(person).filter(([key]) => !keys.includes(key as keyof Person)),
    ) as unknown as Person;
const ZOE = { number: no(9), name: "Zoe", id: "E-9" };

const BLOCK = `# Everybody once.
people:
  # the boss
  ana:
      number:   '${no(1)}'   # mobile
      name: Ana
      # consent: later

  budi:
      name: >-
        Budi
        Santoso
      number: "${no(2)}"
      offboarded: 2026-12-01 # for good
      asListed: true

  # That is all.
`;

test("values are changed where they stand; every other letter stays", () => {
  const change = {
    ana: (ana: Person) => ({ ...ana, number: no(11), name: "Ana: Maria", formerly: [no(1)], id: "1042" }),
  };
  expect(edited(BLOCK, change)).toBe(
    BLOCK.replace(`'${no(1)}'`, `"${no(11)}"`).replace(
      "name: Ana\n",
      `name: "Ana: Maria"\n      id: "1042"\n      formerly: ["${no(1)}"]\n`,
    ),
  );
});

test("a value of several lines is replaced as a whole", () => {
  expect(edited(BLOCK, { budi: (budi) => ({ ...budi, name: "Budi S." }) })).toBe(
    BLOCK.replace(">-\n        Budi\n        Santoso\n", "Budi S.\n"),
  );
});

test("a key is taken out with its line, and the comment behind it stays", () => {
  expect(edited(BLOCK, { budi: without("asListed", "offboarded") })).toBe(
    BLOCK.replace("offboarded: 2026-12-01 # for good", "# for good").replace("      asListed: true\n", ""),
  );
});

test("a key that is taken out where the file ends leaves nothing", () => {
  const text = `people:\n  ana:\n    number: "${no(1)}"\n    name: Ana\n    offboarded: 2026-12-01`;
  expect(edited(text, { ana: without("offboarded") })).toBe(text.replace("\n    offboarded: 2026-12-01", ""));
});

test("a key that is taken out of the last line makes room for new entries", () => {
  for (const newline of ["\n", "\r\n"]) {
    const text = `people:\n  ana:\n    number: "${no(1)}"\n    name: Ana\n    consent: 2026-05-01\n`.replaceAll(
      "\n",
      newline,
    );
    const result = edited(text, { ana: (ana) => ({ ...without("consent")(ana), id: "E-1" }) }, { zoe: ZOE });
    expect(result.split(newline).slice(3, 6)).toEqual(["    name: Ana", "    id: E-1", "  zoe:"]);
  }
});

test("a key that is added stands above comments of the entry, and below a comment of the line before", () => {
  const text = `people:\n  ana:\n    number: "${no(1)}"\n    name: Ana # the one\n              # of Jakarta\n    # consent: later\n`;
  expect(edited(text, { ana: (ana) => ({ ...ana, id: "E-1" }) })).toBe(
    text.replace("# of Jakarta\n", "# of Jakarta\n    id: E-1\n"),
  );
});

test("new entries stand behind the last one and its comments, as deep as the others", () => {
  expect(edited(BLOCK, {}, { zoe: ZOE, "007": { ...ZOE, number: no(7), id: "E-7" } })).toBe(
    `${BLOCK.trimEnd()}\n  zoe:\n      number: "${no(9)}"\n      name: Zoe\n      id: E-9\n` +
      `  "007":\n      number: "${no(7)}"\n      name: Zoe\n      id: E-7\n`,
  );
});

test("a comment of the file itself stays behind new entries", () => {
  const text = `people:\n  ana: { number: "${no(1)}", name: Ana }\n# The end.\n`;
  expect(edited(text, {}, { zoe: ZOE })).toBe(
    text.replace("# The end.", `  zoe: { number: "${no(9)}", name: Zoe, id: E-9 }\n# The end.`),
  );
});

test("Windows line ends stay", () => {
  const text = BLOCK.replaceAll("\n", "\r\n");
  const result = edited(text, { ana: (ana) => ({ ...ana, id: "E-1" }), budi: without("asListed") }, { zoe: ZOE });
  expect(result.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect(result).toContain("      name: Ana\r\n      id: E-1\r\n      # consent: later\r\n");
});

describe("entries in braces", () => {
  const text = `people:
  ana:   { number: "${no(1)}",  name: Ana }   # the boss
  budi: { asListed: true, offboarded: 2026-12-01, number: "${no(2)}", name: Budi, consent: 2026-05-01, }
`;
  test("keep their spacing", () => {
    const change = { ana: (ana: Person) => ({ ...ana, name: "Ana, Maria", id: "E-1", offboarded: "2026-12-01" }) };
    expect(edited(text, change)).toBe(
      text.replace("name: Ana }", `name: "Ana, Maria", id: E-1, offboarded: 2026-12-01 }`),
    );
  });

  test.each([
    [["asListed"], `{ offboarded: 2026-12-01, number: "${no(2)}", name: Budi, consent: 2026-05-01, }`],
    [["asListed", "offboarded"], `{ number: "${no(2)}", name: Budi, consent: 2026-05-01, }`],
    [["offboarded", "consent"], `{ asListed: true, number: "${no(2)}", name: Budi, }`],
  ] as const)("lose %p with its comma", (keys, entry) => {
    expect(edited(text, { budi: without(...keys) })).toBe(text.replace(/\{ asListed.*\}/, entry));
  });

  test("lose one key and get another", () => {
    const change = { budi: (budi: Person) => ({ ...without("consent", "asListed")(budi), id: "E-2" }) };
    expect(edited(text, change)).toContain(`{ offboarded: 2026-12-01, number: "${no(2)}", name: Budi, id: E-2, }`);
  });

  test("are added in one line each, where the last one is", () => {
    expect(edited(text, {}, { zoe: ZOE })).toBe(
      `${text.trimEnd()}\n  zoe: { number: "${no(9)}", name: Zoe, id: E-9 }\n`,
    );
  });
});

test("JSON stays JSON", () => {
  const ana = { number: no(1), name: "Ana", offboarded: "2026-11-01" };
  const now = { ...ana, name: "Ana M", id: "E-1", formerly: [no(2)], offboarded: "2026-12-01", consent: "2026-05-01" };
  const zoe = { ...ZOE, name: "Zoë B", offboarded: "2026-12-02" };
  const people = (text: string) => (JSON.parse(text) as { people: unknown }).people;
  expect(people(edited(JSON.stringify({ people: { ana } }), { ana: () => now }, { zoe }))).toEqual({ ana: now, zoe });
  expect(people(edited('{"people":{}}', {}, { zoe }))).toEqual({ zoe });
});

describe("formerly", () => {
  const flow = `people:\n  ana: { formerly: ["${no(2)}"], number: "${no(1)}", name: Ana }\n`;
  const list = `people:\n  ana:\n    formerly:\n      - "${no(2)}" # work\n      -   "${no(3)}" # home\n    number: "${no(1)}"\n    name: Ana\n`;
  const set = (...formerly: string[]) => ({ ana: (ana: Person) => ({ ...ana, formerly }) });

  test("another number goes behind the others", () => {
    expect(edited(flow, set(no(2), no(4)))).toBe(flow.replace(`"${no(2)}"`, `"${no(2)}", "${no(4)}"`));
    expect(edited(list, set(no(2), no(3), no(4)))).toBe(list.replace("# home\n", `# home\n      -   "${no(4)}"\n`));
  });

  test("into an empty list", () => {
    expect(edited(flow.replace(`"${no(2)}"`, ""), set(no(4)))).toBe(flow.replace(no(2), no(4)));
  });

  test("a number goes with its line, and the comment behind it stays", () => {
    expect(edited(list, set(no(3), no(4)))).toBe(
      list.replace(`- "${no(2)}" # work`, "# work").replace("# home\n", `# home\n      -   "${no(4)}"\n`),
    );
    expect(edited(list, set(no(2)))).toBe(list.replace(`-   "${no(3)}" # home`, "# home"));
  });

  test("a list of which nothing stays is written anew; one that has none goes", () => {
    expect(edited(flow, set(no(4)))).toBe(flow.replace(no(2), no(4)));
    expect(edited(list, set(no(4)))).toContain(`  ana:\n    formerly: ["${no(4)}"]`);
    expect(edited(flow, { ana: without("formerly") })).toBe(`people:\n  ana: { number: "${no(1)}", name: Ana }\n`);
  });
});

test.each([
  ["people: {}\n", `people:\n  zoe:\n    number: "${no(9)}"\n    name: Zoe\n    id: E-9\n`],
  ["people: {}", `people:\n  zoe:\n    number: "${no(9)}"\n    name: Zoe\n    id: E-9`],
  ["people: {} # nobody yet\n", `people: # nobody yet\n  zoe:\n    number: "${no(9)}"\n    name: Zoe\n    id: E-9\n`],
  ["people: {\n  }\n", `people: { zoe: { number: "${no(9)}", name: Zoe, id: E-9 } \n  }\n`],
])("into %j", (text, expected) => {
  expect(edited(text, {}, { zoe: ZOE })).toBe(expected);
});

test("the first people of a stack", () => {
  expect(edited(NOBODY, {}, { zoe: ZOE })).toBe(
    `# Everybody once. Rosters and sets name people by these keys.\npeople:\n  zoe:\n    number: "${no(9)}"\n    name: Zoe\n    id: E-9\n`,
  );
});

test.each([
  "null",
  "No",
  "1e3",
  "0x1",
  "~",
  "- x",
  "a: b",
  "a #b",
  "{x}",
  "Ana, B",
  "O'Neill",
  '"',
  "Ž 李",
  "2026-12-01",
  "+62",
  "y ",
])("the name %j is read as it was meant, in lines and in braces", (name) => {
  for (const text of [
    `people:\n  ana:\n    number: "${no(1)}"\n    name: A\n`,
    `people: { ana: { number: "${no(1)}", name: A } }\n`,
  ]) {
    edited(text, { ana: (ana) => ({ ...ana, name, id: name }) }, { zoe: { ...ZOE, name } });
  }
});
