import { OUTPUTS } from "../../src/cli/outputs";
import { reportMarkdown } from "../../src/report/document-markdown";
import { reportText } from "../../src/report/document-text";
import { countDrift, driftJson, driftReport } from "../../src/report/drift";
import { planReport } from "../../src/report/plan";
import { planJson } from "../../src/report/plan-json";
import { countPlan, type PlannedGroup, type PlanReport } from "../../src/report/planned";
import { summarise, summaryText, type ReportedGroup } from "../../src/report/summary";
import { ANA, BUDI, CITRA, DEWI, EKO, full } from "../membership/world";
import { AWAITING, first, FIVE, invitation, invitations, NOW, person } from "./inviting";

const NOBODY = { present: [], awaiting: [], left: [], remove: [], spared: [], unidentified: 0 };
const plan = { name: "jakarta/ops", group: "EA1", ...NOBODY, awaiting: AWAITING };
const inviting: ReportedGroup = { plan, held: false, invitations: FIVE };
/** A group of a roster that says `invite: false`. */
const quiet: ReportedGroup = {
  plan: { ...plan, name: "quiet", group: "EA2", awaiting: [person(ANA, "Ana")] },
  held: false,
};
const said = (...groups: readonly ReportedGroup[]) =>
  summaryText(summarise(groups, groups.length, []), groups, full).split("\n");

describe("the summary of a run", () => {
  test("names who is invited and why, how it stands with whoever is awaited, and which invitations ended", () => {
    expect(said(inviting, quiet)).toEqual([
      "Roll call of 2 groups: 0 to remove, 6 awaiting, 0 left, 0 spared, 0 unidentified, 0 refused, 1 to invite",
      "  people to invite",
      "    jakarta/ops  628110000001  Ana  first invitation",
      "  awaiting, to join by the invite link",
      "    jakarta/ops  628110000001  Ana    to be invited",
      "    jakarta/ops  628110000002  Budi   invited 3 days ago, delivered, not joined",
      "    jakarta/ops  628110000003  Citra  not invited: no consent on record",
      "    quiet        628110000001  Ana",
      "  awaiting, and invited again only by a release in releases.yaml",
      "    jakarta/ops  628110000004  Dewi  the invitation failed (invited 3 days ago): not on WhatsApp, or has not accepted its terms (131026)",
      "  awaiting, but removed from this group before: the invite link does not let them in",
      "    jakarta/ops  628110000005  Eko",
      "  invitations that ended",
      "    jakarta/ops  628110000006  Fajar  joined, invited 3 days ago",
      "    jakarta/ops  628110000007  Gita   not declared any more, invited 3 days ago",
    ]);
    expect(summarise([inviting, quiet], 2, [])).toMatchObject({ invitations: 1, awaiting: 6 });
  });

  test("without invitations it says nothing of them", () => {
    expect(said(quiet)).toEqual([
      "Roll call of 1 group: 0 to remove, 1 awaiting, 0 left, 0 spared, 0 unidentified, 0 refused",
      "  awaiting, to join by the invite link",
      "    quiet  628110000001  Ana",
    ]);
    expect(summarise([quiet], 1, []).invitations).toBe(0);
  });

  test("everybody who is to be invited, or whose invitation failed, is named, however many there are", () => {
    const many = Array.from({ length: 30 }, (_, i) => person(`6281200000${10 + i}`, "x"));
    const failed = { kind: "not invited", because: "unknown", invitation: invitation({ state: "unknown" }) } as const;
    const numbers = (all: readonly string[], title: string) => {
      const at = all.findIndex((line) => line.trim() === title);
      return all.slice(at + 1).filter((line) => line.startsWith("    ")).length;
    };
    const stuck = invitations(many.map(({ number }) => [number, failed]));
    const some = { ...inviting, plan: { ...plan, awaiting: many } };
    expect(
      numbers(said({ ...some, invitations: stuck }), "awaiting, and invited again only by a release in releases.yaml"),
    ).toBe(30);
    const invite = many.map(({ number, name }) => first(number, name));
    const alone = { ...some, plan: { ...plan, awaiting: [] }, invitations: invitations([], { invite }) };
    expect(numbers(said(alone), "people to invite")).toBe(30);
  });

  test("of somebody who left on their own nothing more is said", () => {
    const left = { kind: "not invited", because: "left", invitation: invitation() } as const;
    const one = { ...plan, awaiting: [], left: [person(ANA, "Ana")] };
    expect(said({ plan: one, held: false, invitations: invitations([[ANA, left]]) }).slice(1)).toEqual([
      "  left on their own",
      "    jakarta/ops  628110000001  Ana",
    ]);
  });
});

const group = (over: Partial<PlannedGroup> = {}): PlannedGroup => ({
  ...{ name: "jakarta/ops", group: "EA1", plan, refusals: [], invitations: FIVE },
  ...over,
});
const bare = group({ name: "quiet", group: "EA2", plan: quiet.plan, invitations: undefined });
const report = (groups: readonly PlannedGroup[], over: Partial<PlanReport> = {}): PlanReport => ({
  ...{ stack: "dev", groups, notLookedAt: 0, letGo: [], refusals: [], links: new Map(), notes: [], show: full },
  ...over,
});
const LINK = "https://chat.whatsapp.com/abc";

describe("plan", () => {
  test("text: who is to be invited stands before who is awaited, each of them with their invitation", () => {
    expect(reportText(planReport(report([group(), bare], { links: new Map([["EA1", LINK]]) })))).toBe(
      `Stack dev: nobody is to be removed, 1 to invite, 6 awaiting; 2 groups

People to invite (1)
  jakarta/ops  628110000001  Ana  first invitation

Awaiting: declared, and to join by the invite link (6)
  jakarta/ops  628110000001  Ana    ${LINK}  to be invited
  jakarta/ops  628110000002  Budi   ${LINK}  invited 3 days ago, delivered, not joined
  jakarta/ops  628110000003  Citra  ${LINK}  not invited: no consent on record
  jakarta/ops  628110000004  Dewi   ${LINK}  the invitation failed (invited 3 days ago): not on WhatsApp, or has not accepted its terms (131026)
  jakarta/ops  628110000005  Eko    none                           removed from this group before: the invite link does not let them in
  quiet        628110000001  Ana    none

Invitations that ended (2)
  jakarta/ops  628110000006  Fajar  joined, invited 3 days ago
  jakarta/ops  628110000007  Gita   not declared any more, invited 3 days ago
`,
    );
  });

  test("markdown has a column for it, and none without invitations", () => {
    const columns = "| Group | Number | Name | Note |";
    expect(reportMarkdown(planReport(report([group()])))).toContain(columns);
    const alone = reportMarkdown(planReport(report([bare])));
    expect(alone).toContain("| Group | Number | Name |\n");
    expect(alone).not.toMatch(/invit(e|ation)(?! link)/i);
  });

  test("json: whom it invites, and of everybody awaited how it stands and what is on record", () => {
    const json = planJson(report([group(), bare])) as { groups: Record<string, unknown>[]; summary: object };
    const record = { since: "2026-11-28T08:00:00.000Z", at: "2026-11-28T08:00:00.000Z", messages: 1, reminders: 0 };
    expect(json.groups[0]).toMatchObject({
      invitations: [{ number: ANA, name: "Ana" }],
      endedInvitations: [
        { number: "628110000006", name: "Fajar", how: "joined" },
        { number: "628110000007", name: "Gita", how: "withdrawn" },
      ],
    });
    expect(json.groups[0]?.awaiting).toEqual([
      { number: ANA, name: "Ana", standing: "to-invite", purpose: "first" },
      { number: BUDI, name: "Budi", standing: "invited", invitation: { state: "delivered", ...record } },
      { number: CITRA, name: "Citra", standing: "no-consent" },
      {
        ...{ number: DEWI, name: "Dewi", standing: "failed" },
        invitation: { state: "failed", ...record, why: "131026: Message undeliverable" },
      },
      { number: EKO, name: "Eko", removedBefore: true, standing: "removed-before" },
    ]);
    expect(json.groups[1]).toEqual({
      ...{ name: "quiet", group: "EA2", removals: [], awaiting: [{ number: ANA, name: "Ana" }], left: [], spared: [] },
      ...{ unidentified: 0, refusals: [] },
    });
    expect(json.summary).toMatchObject({ invitations: 1, awaiting: 6, refusals: 0 });
    expect(OUTPUTS.plan.safeParse(json).error).toBeUndefined();
  });

  const message = 'Nobody is invited into jakarta/ops: the template "invite" counts as marketing';
  const inviteRefusals = [{ rule: "template-is-marketing", name: undefined, message }];

  test("what holds invitations alone is a refusal, and the run is not refused", () => {
    const some = report([bare], { inviteRefusals });
    expect(countPlan(some).refusals).toBe(1);
    expect(planJson(some)).toMatchObject({
      refusals: [{ rule: "template-is-marketing", message, holds: "invitations" }],
      summary: { refusals: 1 },
    });
    const text = reportText(planReport(some));
    expect(text).toMatch(/^Stack dev: nobody is to be removed, 1 awaiting, 1 refusal; 1 group\n/);
    expect(text).toContain(`Refused (1)\n  [template-is-marketing]  ${message}\n`);
  });

  test("where the whole run is refused, so are its invitations", () => {
    const refusals = [{ rule: "max-invitations-per-run", name: undefined, message: "21 invitations" }];
    const some = report([group()], { refusals });
    expect(reportText(planReport(some))).toContain("People to invite, but the run is refused (1)\n");
    expect(planJson(some)).toMatchObject({
      refusals: [{ rule: "max-invitations-per-run", message: "21 invitations" }],
    });
    expect((planJson(some) as { refusals: object[] }).refusals[0]).not.toHaveProperty("holds");
  });

  test("every purpose and standing is one of the schema's", () => {
    const purposes = ["first", "reminder", "new link", "again", "released"] as const;
    const reasons = [
      ...(["left", "removed before", "adoption", "held", "not listed", "group not active", "no link"] as const),
      ...(["no consent", "failed", "unknown", "lapsed", "no room", "not in the plan"] as const),
    ];
    const standings = [
      ...purposes.map((purpose) => ({ kind: "to invite", purpose, invitation: invitation() }) as const),
      ...reasons
        // Whoever left is not awaited.
        .filter((because) => because !== "left")
        .map((because) => ({ kind: "not invited", because, invitation: undefined }) as const),
    ];
    const awaiting = standings.map((_, i) => person(`6281200000${10 + i}`, "x"));
    const all = invitations(standings.map((one, i) => [awaiting[i]?.number ?? "", one]));
    const json = planJson(report([group({ plan: { ...plan, awaiting }, invitations: all })]));
    expect(OUTPUTS.plan.safeParse(json).error).toBeUndefined();
    expect(JSON.stringify(json)).toContain('"standing":"to-invite","purpose":"new-link"');
  });
});

test("drift tells the same", () => {
  const drift = { ...report([group(), bare]), arrived: new Map() };
  expect(countDrift(drift)).toMatchObject({ invitations: 1, awaiting: 6 });
  const json = driftJson(drift);
  expect(json).toMatchObject({
    groups: [
      {
        invitations: [{ number: ANA, name: "Ana" }],
        awaiting: [{ standing: "to-invite" }, { standing: "invited" }, {}, {}, {}],
      },
      { awaiting: [{ number: ANA, name: "Ana" }] },
    ],
    summary: { invitations: 1 },
  });
  expect(OUTPUTS.drift.safeParse(json).error).toBeUndefined();
  const text = reportText(driftReport(drift));
  expect(text).toMatch(/^Stack dev: 1 to invite, 6 awaiting; 2 groups\n/);
  expect(text.indexOf("People to invite (1)")).toBeLessThan(text.indexOf("Awaiting: "));
  expect(text).toContain("Budi   invited 3 days ago, delivered, not joined");
  expect(text).toContain("Invitations that ended (2)");
});

test("numbers are written as settings say", () => {
  const masked = (number: string) => `~${number.slice(-2)}`;
  const some = { ...report([group()]), show: masked, arrived: new Map() };
  const all = [
    ...[reportText(planReport(some)), reportText(driftReport(some))],
    ...[JSON.stringify(planJson(some)), JSON.stringify(driftJson(some))],
    summaryText(summarise([inviting], 1, []), [inviting], masked),
  ];
  for (const text of all) {
    expect(text).toContain("~01");
    expect(text).not.toMatch(/62811/);
  }
  expect(NOW).toBe(FIVE.now);
});
