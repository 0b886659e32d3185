import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import type { PageData } from "../../../src/report/who/page-data";
import { STATES } from "../../../src/report/who/entries";

const [PRESENT, UNDECLARED, DECLARED] = [0, 1, 4];
const DATA: PageData = {
  ...{ stack: "dev", headline: "", notes: [], taken: "2026-12-01T08:00:00.000Z", states: STATES },
  groups: [
    ["ops", "EA1", "Jakarta", [["unidentified", "1 row"]], [[PRESENT, "628110000001", "Ana", ""]]],
    ["sales", "EA2", "", [["not known", "why"]], [[DECLARED, "628110000001", "Ana", ""]]],
    ["zeta", "EA3", "", [["doubtful", "why"]], [[UNDECLARED, "6591234567", "", ""]]],
    ["masked", "EA4", "", [], [[PRESENT, "6281••••••09~9ebb1680", "Budi", ""]]],
  ],
};

interface Search {
  readonly indexOf: (groups: PageData["groups"]) => unknown;
  readonly queryOf: (text: string) => unknown;
  readonly find: (...args: readonly unknown[]) => readonly { at: number; people: readonly number[] }[];
  readonly answerOf: (...args: readonly unknown[]) => string;
}

// The page's own script: it has no modules.
const page = createContext({}) as unknown as Search;
runInContext(readFileSync(join(__dirname, "../../../page/search.js"), "utf8"), page);

/** Names of the groups that are found, with how many people of each, and what is said of all. */
function search(text: string, only: readonly string[] = [], data = DATA) {
  const [index, query] = [page.indexOf(data.groups), page.queryOf(text)];
  const found = page.find(data, index, query, new Set(only));
  const groups = found.map(({ at, people }) => [data.groups[at]?.[0], people.length] as const);
  return [groups, page.answerOf(data, index, query, found)] as const;
}

/** Without people who are masked. */
const PLAIN = { ...DATA, groups: DATA.groups.slice(0, 3) };
const NAMELESS = "1 group has rows without a number: each may be anybody.";
const NOT_KNOWN = "1 group is not known: they may be there.";

test("a group that is not known is told where its people may be searched for", () => {
  expect(search("zoe")).toEqual([[], `Nothing fits. ${NOT_KNOWN} ${NAMELESS}`]);
  expect(search("ops")).toEqual([[["ops", 1]], `1 group of 4, 1 person. ${NOT_KNOWN}`]);
  expect(search("ana")).toEqual([
    [
      ["ops", 1],
      ["sales", 1],
    ],
    "2 groups of 4, 2 people",
  ]);
  expect(search("")[1]).toBe("4 groups of 4, 4 people");
});

test.each([
  ["not known", "", [["sales", 1]]],
  ["not known", "ana", [["sales", 1]]],
  ["unidentified", "", [["ops", 0]]],
  ["doubtful", "", [["zeta", 0]]],
  ["undeclared", "", [["zeta", 1]]],
  ["doubtful", "ana", []],
])("the filter %s with the search %j", (only, text, groups) => expect(search(text, [only])[0]).toEqual(groups));

test.each([
  "\u202a+62 811\u20110000\u2011001\u202c",
  "0062 811 0000 001",
  "+62/811/0000001",
  "tel:+628110000001",
  "+62 (0)811 0000 001",
  "＋62 811 0000 001",
  "0000 001",
])("the number %s is found", (text) => {
  expect(search(text, [], PLAIN)[0]).toEqual([
    ["ops", 1],
    ["sales", 1],
  ]);
});

test("a number without its country code is told how to be written", () => {
  expect(search("0811 0000 001", [], PLAIN)[1]).toBe(
    `Nothing fits. Write a number with its country code, such as +62 812 3456 7801. ${NOT_KNOWN} ${NAMELESS}`,
  );
});

test.each([["6281••••••09~9ebb1680"], ["6281••••••09"]])("the masked number %s is found as it is shown", (text) => {
  expect(search(text)).toEqual([[["masked", 1]], `1 group of 4, 1 person. ${NOT_KNOWN}`]);
});

test("a whole number that fits a masked one may be somebody else's", () => {
  expect(search("+62 817 7777 709")).toEqual([
    [["masked", 1]],
    `1 group of 4, 1 person. Perhaps: numbers are masked. ${NOT_KNOWN}`,
  ]);
});

test.each(["680", "9 1680", "7777 709"])("part of a number, %s, is in no masked one, nor in its mark", (text) => {
  expect(search(text)).toEqual([
    [],
    `Nothing fits. Numbers are masked: write the whole number. ${NOT_KNOWN} ${NAMELESS}`,
  ]);
});

test("names are found without characters that have no width", () => {
  expect(search("\u202aBudi\u202c")[0]).toEqual([["masked", 1]]);
});
