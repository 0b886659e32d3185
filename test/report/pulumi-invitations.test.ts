import { OUTPUTS } from "../../src/cli/outputs";
import { reportMarkdown } from "../../src/report/document-markdown";
import { reportText } from "../../src/report/document-text";
import { countTold, toldJson, toldReport } from "../../src/report/pulumi-report";
import { summarise, summaryText, type ReportedGroup } from "../../src/report/summary";
import { ANA, BUDI, CITRA, full } from "../membership/world";
import { TYPE } from "../pulumi";
import { first, invitations, person } from "./inviting";
import { event, log, read, step } from "./printed";

const INVITATIONS = "pulumi-nodejs:dynamic/cams:ChatGroupInvitations";

const TWO = { [ANA]: "Ana", [BUDI]: "" };
const people = { group: "EA1", members: TWO, invitations: TWO };
const sender = { group: "EA1", change: TWO };
const ANA_AND_BUDI = [
  { number: ANA, name: "Ana" },
  { number: BUDI, name: "" },
];

const NOBODY = { present: [], awaiting: [], left: [], remove: [], spared: [], unidentified: 0 };
const planned: ReportedGroup = {
  plan: { name: "jakarta/ops", group: "EA1", ...NOBODY, awaiting: [person(ANA, "Ana"), person(BUDI, "")] },
  held: false,
  invitations: invitations(
    [
      [ANA, { kind: "to invite", purpose: "first", invitation: undefined }],
      [BUDI, { kind: "to invite", purpose: "reminder", invitation: undefined }],
    ],
    { invite: [first(ANA, "Ana  B"), { ...person(BUDI, ""), purpose: "reminder" }] },
  ),
};
const said = { severity: "info", message: summaryText(summarise([planned], 1, []), [planned], full) };

const preview = JSON.stringify({
  steps: [
    step(TYPE, "jakarta/ops", people),
    step(INVITATIONS, "jakarta/ops", sender, "create"),
    step(TYPE, "well", { group: "EA2", members: { [CITRA]: "Citra" } }, "same"),
    step(INVITATIONS, "well", { group: "EA2" }, "same"),
  ],
  diagnostics: [said],
});

test("a preview: people to invite, once each, though two resources and the summary name them", () => {
  const told = read(preview);
  expect(reportText(toldReport(told))).toBe(
    `Preview: nobody is removed, 2 people to invite

People to invite (2)
  jakarta/ops  ${ANA}  Ana
  jakarta/ops  ${BUDI}

Awaiting, to join by the invite link (2)
  jakarta/ops  ${ANA}  Ana  to be invited
  jakarta/ops  ${BUDI}       to be reminded
`,
  );
  expect(reportMarkdown(toldReport(told))).toContain(`| Group | Number | Name |\n| --- | --- | --- |\n| jakarta/ops |`);
});

test("json: by group, counted by person; the sender is neither a group nor a change", () => {
  const json = toldJson(read(preview));
  expect(json).toEqual({
    kind: "preview",
    invitations: [{ name: "jakarta/ops", people: ANA_AND_BUDI, outcome: "planned" }],
    groups: [
      { name: "jakarta/ops", group: "EA1", removals: [], outcome: "planned" },
      { name: "well", group: "EA2", removals: [], outcome: "planned" },
    ],
    ...{ refusals: [], notes: [], errors: [] },
    summary: {
      ...{ groups: 2, removals: 0, newGroups: 0, changes: 0, links: 0, invitations: 2 },
      ...{ refusals: 0, errors: 0, failed: 0 },
    },
  });
  expect(OUTPUTS.report.safeParse(json).error).toBeUndefined();
});

test("without invitations nothing is said of them", () => {
  const told = read(JSON.stringify({ steps: [step(TYPE, "well", { group: "EA2", members: {} })] }));
  expect(toldJson(told)).not.toHaveProperty("invitations");
  expect(reportText(toldReport(told))).not.toMatch(/invit/i);
});

test("people whom only the resource of their group names are told from there", () => {
  const told = read(JSON.stringify({ steps: [step(TYPE, "jakarta/ops", people)] }));
  expect(told.invitations).toEqual([{ name: "jakarta/ops", people: ANA_AND_BUDI, outcome: "planned" }]);
});

describe("a log of an up", () => {
  const END = { summaryEvent: { isPreview: false } };
  const peopleDone = event("resOutputsEvent", TYPE, "jakarta/ops", { inputs: people, outputs: { group: "EA1" } });
  const sent = (outputs: object, more: object = {}) =>
    event("resOutputsEvent", INVITATIONS, "jakarta/ops", { inputs: sender, outputs }, more);
  const accepted = { outcome: "accepted" };
  const outcomeOf = (...events: readonly object[]) => read(log(...events, END)).invitations.map((one) => one.outcome);

  test("done: they were invited", () => {
    const told = read(log(peopleDone, sent({ group: "EA1", ended: "t", results: [accepted, accepted] }), END));
    expect(reportText(toldReport(told))).toBe(
      `Update: nobody is removed, 2 people invited\n\nInvited (2)\n  jakarta/ops  ${ANA}  Ana\n  jakarta/ops  ${BUDI}\n`,
    );
    expect(countTold(told)).toMatchObject({ groups: 1, invitations: 2, failed: 0 });
  });

  test("failed: it is not known that they were invited, the group failed, and the reason stands there", () => {
    const message = "Not everybody was invited:\njakarta/ops (EA1): Budi (628110000002): not on WhatsApp";
    const told = read(
      log(
        peopleDone,
        sent({ group: "EA1", ended: "t", results: [accepted, { outcome: "failed" }], failed: "Budi: not on WhatsApp" }),
        { diagnosticEvent: { severity: "error", message } },
        END,
      ),
    );
    expect(reportText(toldReport(told))).toBe(
      `Update: nobody is removed, 1 group failed, 1 error

Not known to be invited: sending to their group failed (2)
  jakarta/ops  ${ANA}  Ana
  jakarta/ops  ${BUDI}

Errors (1)
  Not everybody was invited: jakarta/ops (EA1): Budi (628110000002): not on WhatsApp
`,
    );
    expect(countTold(told)).toMatchObject({ invitations: 2, failed: 1 });
    expect(outcomeOf(peopleDone, event("resOpFailedEvent", INVITATIONS, "jakarta/ops", { inputs: sender }))).toEqual([
      "failed",
    ]);
  });

  test("nothing was sent: the sender was not reached, was left as it was, or had nobody to write to", () => {
    expect(outcomeOf(peopleDone)).toEqual(["planned"]);
    expect(outcomeOf(peopleDone, sent({ results: [accepted, accepted] }, { op: "same" }))).toEqual(["planned"]);
    expect(outcomeOf(peopleDone, sent({ ended: "t", results: [] }))).toEqual(["planned"]);
    const told = read(log(peopleDone, END));
    expect(reportText(toldReport(told))).toContain("People to invite: planned, and not reached (2)\n");
    expect(toldReport(told).headline).toBe("nobody is removed, 2 people to invite");
  });

  test("one group that failed and one that is done are told apart", () => {
    const other = { inputs: { change: { [CITRA]: "Citra" } }, outputs: { results: [accepted] } };
    const told = read(log(sent({ failed: "x" }), event("resOutputsEvent", INVITATIONS, "well", other), END));
    expect(toldReport(told).headline).toBe("nobody is removed, 1 person invited, 1 group failed");
    expect(told.invitations.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["jakarta/ops", "failed"],
      ["well", "done"],
    ]);
  });
});

test("a run that is refused: whom it would have invited is told from its summary", () => {
  const message =
    "The whole run is refused: nobody is removed from any group. 1 refusal:\n  [max-invitations-per-run] 2 invitations would be sent";
  const told = read(JSON.stringify({ steps: [], diagnostics: [said, { severity: "error", message }] }));
  expect(told.invitations).toEqual([
    {
      ...{ name: "jakarta/ops", outcome: "planned" },
      people: [
        { number: ANA, name: "Ana  B" },
        { number: BUDI, name: "" },
      ],
    },
  ]);
  expect(reportText(toldReport(told))).toContain(
    `People to invite, but the run is refused (2)\n  jakarta/ops  ${ANA}  Ana  B\n  jakarta/ops  ${BUDI}\n`,
  );
});

test("a name stays text", () => {
  const evil = { [ANA]: "<img src=x> @all https://evil.example" };
  const out = reportMarkdown(toldReport(read(JSON.stringify({ steps: [step(INVITATIONS, "x", { change: evil })] }))));
  expect(out).not.toMatch(/<img|@all|https:\/\//);
});
