import { align, summarise, summaryText, type ReportedGroup } from "../../src/report/summary";
import { maskNumber } from "../../src/text/mask";
import type { GroupPlan } from "../../src/membership/types";
import { ANA, BUDI, CITRA, DEWI, EKO, full, removal } from "../membership/world";

function group(over: Partial<GroupPlan> = {}, held = false): ReportedGroup {
  const nobody = { present: [], awaiting: [], left: [], remove: [], spared: [], unidentified: 0 };
  return { plan: { name: "jakarta/ops", group: "EA1", ...nobody, ...over }, held };
}

const person = (number: string, name = "") => ({ number, name });

const busy = group({
  present: [person("628119999999")],
  awaiting: [person(ANA, "Ana")],
  left: [person(BUDI)],
  remove: [removal(CITRA, "dropped from roster", "Citra")],
  spared: [
    { number: DEWI, name: "", because: "protect" },
    { number: EKO, name: "Eko", because: "adoption" },
  ],
  unidentified: 2,
});

test("counts everybody but those present, and the groups without a listing too", () => {
  const refusal = { rule: "doubtful-listing", name: "x", message: "" };
  expect(summarise([busy, group()], 3, [refusal])).toEqual({
    groups: 3,
    removals: 1,
    awaiting: 1,
    left: 1,
    spared: 2,
    unidentified: 2,
    refusals: 1,
    newGroups: 0,
    links: 0,
    invitations: 0,
  });
});

test("nobody is counted, nor shown, as removed from a group that a guard holds; who is undeclared there is named apart", () => {
  const held = group({ remove: [removal(CITRA), { ...removal(DEWI, "expired", "Dewi"), released: true }] }, true);
  expect(summarise([held], 1, []).removals).toBe(0);
  expect(
    summaryText(summarise([held], 1, []), [held], full)
      .split("\n")
      .slice(1),
  ).toEqual([
    "  held by a guard: nobody of these goes",
    "    jakarta/ops  628110000003        never declared",
    "    jakarta/ops  628110000004  Dewi  expired, released",
  ]);
});

test("everybody of a held group is named, whom the guard speaks of and whom it does not", () => {
  const many = Array.from({ length: 25 }, (_, i) => removal(`6281200000${10 + i}`));
  const held = group({ remove: many }, true);
  const text = summaryText(summarise([held], 1, []), [held], full);
  for (const { number } of many) expect(text).toContain(number);
});

test("shows who goes first, and everybody but those present", () => {
  expect(summaryText(summarise([busy], 1, []), [busy], full)).toBe(
    [
      "Roll call of 1 group: 1 to remove, 1 awaiting, 1 left, 2 spared, 2 unidentified, 0 refused",
      "  remove",
      "    jakarta/ops  628110000003  Citra  dropped from roster",
      "  left on their own",
      "    jakarta/ops  628110000002",
      "  awaiting, to join by the invite link",
      "    jakarta/ops  628110000001  Ana",
      "  spared",
      "    jakarta/ops  628110000004       undeclared, spared by protect",
      "    jakarta/ops  628110000005  Eko  undeclared, spared by adoption: the next up removes them, within the limits",
      "  unidentified",
      "    jakarta/ops  2 rows without a plain number",
    ].join("\n"),
  );
});

test("whoever was removed before is awaited, and named apart: the invite link does not let them in", () => {
  const one = group({ awaiting: [{ ...person(ANA, "Ana"), removedBefore: true }, person(BUDI, "Budi")] });
  const summary = summarise([one], 1, []);
  expect(summary.awaiting).toBe(2);
  expect(summaryText(summary, [one], full).split("\n").slice(1)).toEqual([
    "  awaiting, to join by the invite link",
    "    jakarta/ops  628110000002  Budi",
    "  awaiting, but removed from this group before: the invite link does not let them in",
    "    jakarta/ops  628110000001  Ana",
  ]);
});

test("whoever joined since a plan was reviewed is spared for that reason", () => {
  const one = group({ spared: [{ number: DEWI, name: "", because: "plan" }] });
  expect(
    summaryText(summarise([one], 1, []), [one], full)
      .split("\n")
      .slice(1),
  ).toEqual([
    "  spared",
    "    jakarta/ops  628110000004    undeclared, spared since the reviewed plan does not name them",
  ]);
});

test("a removal that is released from the limits says so", () => {
  const one = group({ remove: [{ ...removal(BUDI, "never declared", "Budi"), released: true }, removal(CITRA)] });
  const lines = summaryText(summarise([one], 1, []), [one], full).split("\n");
  expect(lines.slice(2)).toEqual([
    "    jakarta/ops  628110000002  Budi  never declared, released",
    "    jakarta/ops  628110000003        never declared",
  ]);
});

test("groups to make and to change and links stand before who goes, each with why, and are counted when there are any", () => {
  const link = { kind: "renew", why: "6591112233 came by it, declared by nobody" } as const;
  const groups: ReportedGroup[] = [
    { ...group({ name: "new" }), subject: "Jakarta operations", upkeep: { create: true, set: {}, link: undefined } },
    {
      ...group({ remove: [removal(CITRA, "dropped from roster", "Citra")] }),
      upkeep: { create: false, set: { subject: { from: "Old", to: "Ops" } }, link },
    },
    { ...group({ name: "quiet" }), upkeep: { create: false, set: {}, link: { kind: "close", why: "all are there" } } },
  ];
  const summary = summarise(groups, 3, []);
  expect(summary).toMatchObject({ newGroups: 1, links: 2 });
  expect(summaryText(summary, groups, full, [{ name: "gone", group: "EA9" }]).split("\n")).toEqual([
    "Roll call of 3 groups: 1 to remove, 0 awaiting, 0 left, 0 spared, 0 unidentified, 0 refused, 1 group let go, " +
      "1 group to make, 1 group to change, 1 link to renew, 1 link to close",
    "  let go: no roster declares the group any more, so it is forgotten, and nobody is removed from it",
    "    gone  EA9",
    "  groups to make",
    "    new  Jakarta operations",
    "  groups to change",
    '    jakarta/ops  subject  "Old" → "Ops"',
    "  links",
    "    jakarta/ops  renew: the old link ends with it       6591112233 came by it, declared by nobody",
    "    quiet        close: nobody can join by it any more  all are there",
    "  remove",
    "    jakarta/ops  628110000003  Citra  dropped from roster",
  ]);
});

test("however many groups are made and links are renewed, all are named", () => {
  const groups = Array.from({ length: 300 }, (_, i): ReportedGroup => {
    const link = { kind: "renew", why: "linkRevision 1 → 2" } as const;
    return { ...group({ name: `g${i}` }), subject: `Group ${i}`, upkeep: { create: true, set: {}, link } };
  });
  const lines = summaryText(summarise(groups, 300, []), groups, full).split("\n");
  expect(lines.filter((line) => /^ {4}g\d+ +Group \d+$/.test(line))).toHaveLength(300);
  expect(lines.filter((line) => line.endsWith("linkRevision 1 → 2"))).toHaveLength(300);
});

test("a subject at CAMS breaks no line, and is no colour of the CLI, which ends in a panic at one that it does not know", () => {
  const set = { description: { from: "a\nb\u001b[31m<{%x%}>", to: "" } };
  const one = { ...group(), upkeep: { create: false, set, link: undefined } };
  expect(
    summaryText(summarise([one], 1, []), [one], full)
      .split("\n")
      .slice(1),
  ).toEqual(["  groups to change", '    jakarta/ops  description  "a ⏎ b\\u{1b}[31m<{ %x%}>" → ""']);
});

test("nothing to tell: one line", () => {
  expect(summaryText(summarise([group()], 1, []), [group()], full)).not.toContain("\n");
});

test("masked numbers only, when they are to be masked", () => {
  expect(summaryText(summarise([busy], 1, []), [busy], maskNumber)).not.toMatch(/\d{7}/);
});

test("removals are all shown, however many; the rest is cut and counted", () => {
  const many = Array.from({ length: 25 }, (_, i) => person(`6281200000${10 + i}`));
  const one = group({ remove: many.map(({ number }) => removal(number)), awaiting: many });
  const lines = summaryText(summarise([one], 1, []), [one], full).split("\n");
  expect(lines.filter((line) => line.includes("never declared"))).toHaveLength(25);
  expect(lines.filter((line) => /^ {4}jakarta\/ops {2}\d+$/.test(line))).toHaveLength(20);
  expect(lines.at(-1)).toBe("    and 5 more");
});

test("what is cut says how many more there are: spared and unidentified too", () => {
  const spared = Array.from({ length: 23 }, (_, i) => ({
    ...person(`6281200000${10 + i}`),
    because: "report" as const,
  }));
  const groups = Array.from({ length: 22 }, (_, i) =>
    group({ name: `g${i}`, unidentified: 1, spared: i > 0 ? [] : spared }),
  );
  const lines = summaryText(summarise(groups, 22, []), groups, full).split("\n");
  expect(lines[0]).toContain("23 spared, 22 unidentified");
  expect(lines.filter((line) => line.startsWith("    and "))).toEqual(["    and 3 more", "    and 2 more"]);
  expect(lines.filter((line) => line.includes("row"))).toHaveLength(20);
});

test("columns are as wide as their widest cell, without spaces at the end", () => {
  expect(align([["a", "bbb", ""], ["aaa", "b", "c"], ["a"]])).toEqual(["a    bbb", "aaa  b    c", "a"]);
  expect(align([])).toEqual([]);
  expect(
    align([
      ["王伟", "x"],
      ["Budi", "x"],
    ]),
  ).toEqual(["王伟  x", "Budi  x"]);
});
