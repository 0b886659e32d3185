import type { Upkeep } from "../../src/groups/types";
import { reportMarkdown } from "../../src/report/document-markdown";
import { reportText } from "../../src/report/document-text";
import { countDrift, driftJson, driftReport } from "../../src/report/drift";
import { planReport } from "../../src/report/plan";
import { planJson } from "../../src/report/plan-json";
import { countPlan, type PlannedGroup, type PlanReport } from "../../src/report/planned";
import { full, removal } from "../membership/world";

const NOBODY = { present: [], awaiting: [], left: [], remove: [], spared: [], unidentified: 0 };

function group(name: string, upkeep: Partial<Upkeep> = {}, over: Partial<PlannedGroup> = {}): PlannedGroup {
  const id = `E-${name}`;
  const plan = { name, group: id, ...NOBODY };
  return {
    name,
    group: id,
    plan,
    refusals: [],
    upkeep: { create: false, set: {}, link: undefined, ...upkeep },
    ...over,
  };
}

const report = (groups: readonly PlannedGroup[], over: Partial<PlanReport> = {}): PlanReport => ({
  ...{ stack: "dev", groups, notLookedAt: 0, letGo: [], refusals: [], links: new Map(), notes: [], show: full },
  ...over,
});

const made = group(
  "new",
  { create: true, link: { kind: "make", why: "there is none" } },
  { group: "", subject: "New" },
);
const changed = group("ops", {
  set: { subject: { from: "Old", to: "Ops" }, description: { from: "", to: "a\nb" } },
  link: { kind: "renew", why: "linkRevision 1 → 2" },
});
const closed = group("sales", { link: { kind: "close", why: "everybody declared is there" } });
const all = [made, changed, closed, group("well")];

test("text: what is done for groups and links stands before who goes, and a renewal says that the old link ends", () => {
  const leaver = { ...group("z"), plan: { name: "z", group: "Z", ...NOBODY, remove: [removal("62811", "expired")] } };
  expect(reportText(planReport(report([...all, leaver], { letGo: [{ name: "gone", group: "G" }] })))).toBe(
    `Stack dev: 1 person to remove, 1 group let go, 1 group to make, 1 group to change, 1 link to make, 1 link to renew, 1 link to close; 5 groups

Let go: no roster declares the group any more, so it is forgotten, and nobody is removed from it (1)
  gone  G

Groups to make (1)
  new  New

Groups to change (2)
  ops  subject      "Old" → "Ops"
  ops  description  "" → "a ⏎ b"

Links (3)
  new    make                                   there is none
  ops    renew: the old link ends with it       linkRevision 1 → 2
  sales  close: nobody can join by it any more  everybody declared is there

To remove: not in the rosters any more (1)
  z  62811    expired
`,
  );
});

test("headline: what there is none of is not in it", () => {
  expect(planReport(report([group("well")])).headline).toBe("nobody is to be removed; 1 group");
  expect(planReport(report([closed])).headline).toBe("nobody is to be removed, 1 link to close; 1 group");
});

test("json: per group only what there is to do, no GroupId where there is none yet, counts always", () => {
  const json = planJson(report(all)) as { groups: Record<string, unknown>[]; summary: unknown };
  const rest = { removals: [], awaiting: [], left: [], spared: [], unidentified: 0, refusals: [] };
  expect(json.groups).toEqual([
    {
      ...{ name: "new", group: null, create: true, subject: "New" },
      ...{ link: "make", linkReason: "there is none", ...rest },
    },
    {
      ...{ name: "ops", group: "E-ops", link: "renew", linkReason: "linkRevision 1 → 2", ...rest },
      set: { subject: { from: "Old", to: "Ops" }, description: { from: "", to: "a\nb" } },
    },
    { name: "sales", group: "E-sales", link: "close", linkReason: "everybody declared is there", ...rest },
    { name: "well", group: "E-well", ...rest },
  ]);
  const nobody = { removals: 0, awaiting: 0, left: 0, spared: 0, refusals: 0 };
  expect(json.summary).toEqual({ groups: 4, ...nobody, newGroups: 1, links: 3, invitations: 0 });
  expect(planJson(report([]))).toMatchObject({ summary: { newGroups: 0, links: 0 } });
});

test("a group that can't be made or changed is refused, and who is to go from it goes all the same", () => {
  const refusal = { rule: "groups-not-listed", name: "ops", message: "ops: not listed" };
  const remove = [removal("62811", "expired", "Budi")];
  const one = group("ops", {}, { upkeep: undefined, upkeepRefusals: [refusal] });
  const some = report([{ ...one, plan: { name: "ops", group: "E-ops", ...NOBODY, remove } }]);
  expect(planJson(some)).toMatchObject({
    groups: [
      {
        removals: [{ number: "62811", name: "Budi", reason: "expired" }],
        refusals: [{ rule: "groups-not-listed", message: "ops: not listed" }],
      },
    ],
  });
  expect(countPlan(some)).toMatchObject({ removals: 1, refusals: 1 });
  expect(reportText(planReport(some))).toContain("[groups-not-listed]  ops: not listed");
});

test("where the whole run is refused, so is what would be made", () => {
  const refusals = [{ rule: "max-new-groups-per-run", name: undefined, message: "too many" }];
  const text = reportText(planReport(report([made], { refusals })));
  expect(text).toContain(
    "the whole run is refused, with 0 removals, 1 group to make, 1 link to make, 1 refusal; 1 group",
  );
  expect(text).toContain("Groups to make, but the run is refused (1)\n  new  New\n");
  expect(text).toContain("Links, but the run is refused (1)\n");
});

describe("drift", () => {
  const drift = (groups: readonly PlannedGroup[]) => ({ ...report(groups), arrived: new Map() });

  test("tells what groups and links lack", () => {
    expect(countDrift(drift(all))).toMatchObject({ newGroups: 1, changes: 1, links: 3 });
    expect(driftJson(drift(all))).toMatchObject({
      groups: [
        { name: "new", group: null, create: true, subject: "New", link: "make" },
        { name: "ops", set: { subject: { from: "Old", to: "Ops" } }, link: "renew" },
        { name: "sales", link: "close", linkReason: "everybody declared is there" },
        { name: "well" },
      ],
      summary: { newGroups: 1, changes: 1, links: 3 },
    });
    const text = reportText(driftReport(drift(all)));
    expect(text).toMatch(
      /^Stack dev: 1 group to make, 1 group to change, 1 link to make, 1 link to renew, 1 link to close; /,
    );
    for (const title of ["Groups to make (1)", "Groups to change (2)", "Links (3)"]) expect(text).toContain(title);
  });

  test("none is none", () => {
    expect(driftReport(drift([group("well")])).headline).toBe("no drift; 1 group");
  });
});

describe("a comment", () => {
  const WHY = `${"6281234567890, ".repeat(8)}are awaited`;
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      group(`jakarta/group-${i}`, { create: true, link: { kind: "make", why: WHY } }, { group: "", subject: `S${i}` }),
    );

  test("that is short enough has every row", () => {
    const out = reportMarkdown(planReport(report(many(150))));
    expect(out.match(/are awaited \|/g)).toHaveLength(150);
    expect(out).not.toMatch(/more row|<details/);
  });

  test("of very many groups and links names them all, and leaves who goes their room", () => {
    const remove = Array.from({ length: 100 }, (_, i) => removal(`62812${100 + i}`, "dropped from roster", "Budi"));
    const ops = { ...group("ops"), plan: { name: "ops", group: "E", ...NOBODY, remove } };
    const out = reportMarkdown(planReport(report([...many(500), ops])));
    expect(out.length).toBeLessThanOrEqual(60_000);
    const [, make = "", links = ""] = out.split("### ");
    for (const section of [make, links]) {
      for (let i = 0; i < 500; i++) expect(section).toMatch(new RegExp(`jakarta/group-${i}(?!\\d)`));
      expect(section).not.toContain("Cut here");
    }
    expect(links).toMatch(/\*\*And \d+ more rows of 500, by name:\*\* jakarta\/group-\d+, /);
    for (const { number } of remove) expect(out).toContain(number);
  });

  test("that can't even hold the names says how many are missing", () => {
    const out = reportMarkdown(planReport(report(many(10_000))));
    expect(out.length).toBeLessThanOrEqual(60_000);
    expect(out).toMatch(/Cut here: \d+ more rows of 10000/);
    expect(out).toMatch(/^\*\*Stack dev: nobody is to be removed, 10000 groups to make, 10000 links to make; /);
  });

  test("a subject is text", () => {
    const evil = "<img src=x> [x](https://evil.example) @all";
    const out = reportMarkdown(planReport(report([{ ...made, subject: evil }])));
    expect(out).not.toMatch(/<img|\[x\]|https:\/\/evil|@all/);
  });
});
