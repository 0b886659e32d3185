import type { Report } from "../../src/report/document";
import { reportMarkdown } from "../../src/report/document-markdown";
import { reportText } from "../../src/report/document-text";
import { planReport } from "../../src/report/plan";
import { planJson } from "../../src/report/plan-json";
import type { PlanReport } from "../../src/report/planned";
import type { Refusal } from "../../src/membership/types";
import { full, removal } from "../membership/world";

const EVIL = "\u001b[31m</td>|<img src=x>@all #1 [x](https://evil.example)\n# y";

function plan(people: number, groups = 1, refusals: readonly Refusal[] = []): PlanReport {
  return {
    stack: "dev",
    groups: Array.from({ length: groups }, (_, g) => ({
      name: `g${g}`,
      group: `E${g}`,
      refusals: [],
      plan: {
        name: `g${g}`,
        group: `E${g}`,
        present: [],
        awaiting: [{ number: "62811", name: EVIL }],
        left: [],
        spared: [],
        unidentified: 1,
        remove: Array.from({ length: people }, (_, i) => removal(`62812${i}`, "dropped from roster", EVIL)),
      },
    })),
    notLookedAt: 0,
    letGo: [],
    refusals,
    links: new Map([["E0", "https://chat.whatsapp.com/AbC-1"]]),
    notes: [],
    show: full,
  };
}

test("markdown: names stay text, an invite link stays a link, and who goes stands first", () => {
  const out = reportMarkdown(planReport(plan(1)));
  expect(out).not.toMatch(/<img|@all|\[x\]|https:\/\/evil|\n# y/);
  expect(out).not.toContain("\u001b");
  expect(out).toContain("| https://chat.whatsapp.com/AbC-1 |");
  expect(out.indexOf("To remove")).toBeLessThan(out.indexOf("Awaiting"));
  expect(out).not.toContain("<details");
});

test("an invite link that is anything else does not stay one", () => {
  const links = new Map([["E0", "https://chat.whatsapp.com/x) [y](https://evil.example"]]);
  expect(reportMarkdown(planReport({ ...plan(0), links }))).not.toMatch(/https:\/\//);
});

test("text: no escape of a name reaches the terminal; colours only when asked for", () => {
  const report = planReport(plan(1));
  expect(reportText(report)).not.toContain("\u001b");
  expect(reportText(report, { colour: true })).toContain("\u001b[1m\u001b[31mTo remove");
});

test("whoever goes from several groups is told by person, from most groups first", () => {
  expect(reportText(planReport(plan(1, 3)))).toMatch(
    /By person, whoever goes from several groups \(1\)\n.*3: g0, g1, g2\n/,
  );
  expect(reportText(planReport(plan(1, 1)))).not.toContain("By person");
});

test.each([
  ["removals", plan(8, 2_000)],
  ["refusals", plan(1, 1, [{ rule: "max-removals-per-run", name: undefined, message: EVIL.repeat(50_000) }])],
])("markdown of very many %s is at most 60,000 characters, keeps the summary, and states the cut", (_, report) => {
  const out = reportMarkdown(planReport(report));
  expect(out.length).toBeLessThanOrEqual(60_000);
  expect(out).toMatch(/^\*\*Stack dev: .*; [\d]+ groups?\*\*/);
  expect(out).toContain(report.refusals.length > 0 ? "### Refused (1)" : "Cut here: ");
  expect(out).toContain("### Awaiting");
  expect(out).toContain("### Unidentified");
});

test("json: nobody goes from a held group", () => {
  const report = plan(1);
  const held = report.groups.map((one) => ({
    ...one,
    refusals: [{ rule: "near-miss", name: one.name, message: "m" }],
  }));
  expect(planJson({ ...report, groups: held })).toMatchObject({
    groups: [{ removals: [], refusals: [{ rule: "near-miss", message: "m" }] }],
    summary: { removals: 0, refusals: 1 },
  });
});

test("sections without rows are left out", () => {
  const report: Report = {
    subject: "s",
    headline: "h",
    notes: ["n"],
    sections: [{ title: "t", tone: "plain", columns: [], rows: [] }],
  };
  expect([reportText(report), reportMarkdown(report)]).toEqual(["s: h\nnote: n\n", "**s: h**\n\n> n\n"]);
});
