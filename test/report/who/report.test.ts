import { reportMarkdown } from "../../../src/report/document-markdown";
import { whoCsv } from "../../../src/report/who/csv";
import { entriesOf, remarksOf } from "../../../src/report/who/entries";
import { headlineOf } from "../../../src/report/who/headline";
import { whoJson } from "../../../src/report/who/json";
import { whoReport, whoTable } from "../../../src/report/who/report";
import { ANA, BUDI, CITRA, DEWI, EKO } from "../../membership/world";
import { DOUBTFUL, EMPTY, OPS, SALES, whoReportOf } from "./groups";

const REMOVED = "removed from this group before: the invite link does not let them in";

test("everybody has one state, with what there is to say", () => {
  expect(entriesOf(OPS, "ago")).toEqual([
    { number: ANA, name: "Ana", state: "present", note: "" },
    { number: EKO, name: "Eko", state: "undeclared", note: "spared by protect" },
    { number: "6599", name: "", state: "undeclared", note: "never declared" },
    { number: BUDI, name: "Budi", state: "awaiting", note: "invited 3 days ago, delivered, not joined" },
    { number: CITRA, name: "Citra", state: "awaiting", note: REMOVED },
    { number: DEWI, name: "Dewi", state: "left", note: "" },
  ]);
});

test("what is read later has days", () => {
  const [, , , budi] = entriesOf(OPS, "dated");
  expect(budi).toMatchObject({ note: "invited on 2026-11-28, delivered, not joined" });
  expect(whoCsv(whoReportOf([OPS]))).toContain('"invited on 2026-11-28, delivered, not joined"');
});

test("remarks on groups", () => {
  expect(remarksOf(OPS)).toEqual([["unidentified", "2 rows without a plain number"]]);
  expect(remarksOf(SALES)).toEqual([["not known", "the listing failed"]]);
  expect(remarksOf(EMPTY)).toEqual([["empty", "nobody is in the group"]]);
});

test("headlines", () => {
  expect(headlineOf(whoReportOf([OPS, SALES]))).toBe(
    "2 groups: 1 present, 2 undeclared, 2 awaiting, 1 left, 1 declared, 2 unidentified; not known: 1 group",
  );
  expect(headlineOf(whoReportOf([EMPTY]))).toBe("1 group: nobody");
  const ana = { title: "Ana (1)", is: (number: string) => number === ANA };
  expect(headlineOf(whoReportOf([OPS, SALES], { about: ana }))).toBe(
    "Ana (1): present in 1 group, declared in 1 group; not known: 1 group",
  );
  expect(headlineOf(whoReportOf([EMPTY], { about: ana }))).toBe("Ana (1): declared in no group, and seen in none");
  expect(headlineOf(whoReportOf([EMPTY], { about: { title: "group empty" } }))).toBe("group empty: nobody");
});

test("a doubtful listing is told in the headline, and comes first in the table", () => {
  const dewi = { title: "Dewi (4)", is: (number: string) => number === DEWI };
  expect(headlineOf(whoReportOf([DOUBTFUL], { about: dewi }))).toBe("Dewi (4): left in 1 group; doubtful: 1 group");
  expect(headlineOf(whoReportOf([SALES, EMPTY, DOUBTFUL]))).toBe(
    "3 groups: 1 present, 1 left, 1 declared; not known: 1 group; doubtful: 1 group",
  );
  const { sections } = whoTable(whoReportOf([EMPTY, OPS, DOUBTFUL]));
  expect([...new Set(sections[1]?.rows.map(([name]) => name))]).toEqual(["zeta", "empty", "jakarta/ops"]);
});

test("rows without a number may be the person who was asked for", () => {
  const ana = { title: "Ana (1)", is: (number: string) => number === ANA };
  const headline = (rows: number, groups: number) =>
    headlineOf(whoReportOf([EMPTY], { about: ana, nameless: { rows, groups } }));
  expect(headline(3, 2)).toBe(
    "Ana (1): declared in no group, and seen in none; 3 rows without a number in 2 groups may be anybody",
  );
  expect(headline(0, 0)).toBe("Ana (1): declared in no group, and seen in none");
});

test("text: how many are there counts undeclared people and rows without a number", () => {
  const { sections } = whoReport(whoReportOf([OPS, SALES, EMPTY]));
  expect(sections.map(({ title, counted, tone }) => [title, counted, tone])).toEqual([
    ["jakarta/ops, EA1, Jakarta", "5 there", "plain"],
    ["sales, EA2", "not known", "caution"],
    ["empty, EA3, Empty", "0 there", "plain"],
  ]);
  expect(sections[1]?.rows).toEqual([
    ["not known", "", "", "the listing failed"],
    ["declared", `<${ANA}>`, "Ana", ""],
  ]);
});

test("the table tells groups that are not known first", () => {
  const { sections } = whoTable(whoReportOf([EMPTY, SALES]));
  expect(sections.map(({ title, counted, rows }) => [title, counted, rows.map(([name]) => name)])).toEqual([
    ["Not known", "1", ["sales", "sales"]],
    ["Groups", "1", ["empty"]],
  ]);
});

test("where a table is cut, it says how to have all of it", () => {
  const many = Array.from({ length: 900 }, (_, at) => ({ ...DOUBTFUL, name: `g${at}` }));
  expect(reportMarkdown(whoTable(whoReportOf(many)))).toMatch(
    /\*\*Cut here: \d+ more rows of 2700\. Use --format csv or html for all of it\.\*\*\n$/,
  );
});

test("JSON and CSV have what a reader has to know", () => {
  const report = whoReportOf([SALES], { notes: ["the state was not read"] });
  expect(whoJson(report)).toMatchObject({ notes: ["the state was not read"], groups: [{ name: "sales" }] });
  expect(whoCsv(report).split("\r\n").slice(1, 3)).toEqual([
    ',,,note,,,"the state was not read"',
    'sales,EA2,,"not known",,,"the listing failed"',
  ]);
});

test("JSON: the lists of a group that is not known are empty, and it says why", () => {
  expect(whoJson(whoReportOf([OPS, SALES]))).toEqual({
    groups: [
      {
        ...{ name: "jakarta/ops", group: "EA1", subject: "Jakarta", unidentified: 2 },
        present: [{ number: `<${ANA}>`, name: "Ana" }],
        awaiting: [
          {
            ...{ number: `<${BUDI}>`, name: "Budi", standing: "invited" },
            invitation: {
              ...{ state: "delivered", since: "2026-11-28T08:00:00.000Z", at: "2026-11-28T08:00:00.000Z" },
              ...{ messages: 1, reminders: 0 },
            },
          },
          { number: `<${CITRA}>`, name: "Citra", removedBefore: true },
        ],
        left: [{ number: `<${DEWI}>`, name: "Dewi" }],
        undeclared: [
          { number: `<${EKO}>`, name: "Eko", because: "protect" },
          { number: "<6599>", name: "", reason: "never declared" },
        ],
      },
      {
        ...{ name: "sales", group: "EA2", subject: null, notKnown: "the listing failed", unidentified: 0 },
        ...{ declared: [{ number: `<${ANA}>`, name: "Ana" }], present: [], awaiting: [], left: [], undeclared: [] },
      },
    ],
  });
});
