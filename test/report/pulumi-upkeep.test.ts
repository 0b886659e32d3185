import type { Upkeep } from "../../src/groups/types";
import { reportMarkdown } from "../../src/report/document-markdown";
import { reportText } from "../../src/report/document-text";
import { countTold, toldJson, toldReport } from "../../src/report/pulumi-report";
import { summarise, summaryText, type ReportedGroup } from "../../src/report/summary";
import { BUDI, full } from "../membership/world";
import { TYPE, UNKNOWN } from "../pulumi";
import { event, log, read, step as printedStep } from "./printed";

const GROUP = "pulumi-nodejs:dynamic/cams:ChatGroup";
const LINK = "pulumi-nodejs:dynamic/cams:ChatGroupInviteLink";
const step = (type: string, name: string, inputs: object, op = "create") => printedStep(type, name, inputs, op);

const NOBODY = { present: [], awaiting: [], left: [], remove: [], spared: [], unidentified: 0 };
const keeps = (name: string, upkeep: Partial<Upkeep>, subject?: string): ReportedGroup => ({
  ...{ plan: { name, group: "E", ...NOBODY }, held: false, subject },
  upkeep: { create: false, set: {}, link: undefined, ...upkeep },
});
const said = (...groups: readonly ReportedGroup[]) => ({
  severity: "info",
  message: summaryText(summarise(groups, groups.length, []), groups, full),
});
const planned = [
  keeps("new", { create: true, link: { kind: "make", why: "there is none" } }, "Brand new"),
  keeps("ops", {
    set: { subject: { from: "Old", to: "Ops" } },
    link: { kind: "renew", why: "linkRevision 1 → 2" },
  }),
];

const steps = [
  step(GROUP, "new", { subject: "Brand new", change: { create: "Brand new" }, asked: UNKNOWN }),
  step(GROUP, "ops", { group: "EA1", subject: "Ops", change: { subject: "Old → Ops" } }, "update"),
  step(GROUP, "well", { group: "EA2", subject: "Well" }, "same"),
  step(TYPE, "new", { group: UNKNOWN, members: {} }),
  step(TYPE, "ops", { group: "EA1", members: {}, removals: { [BUDI]: "expired" } }, "update"),
  step(LINK, "new", { group: UNKNOWN, change: { make: "there is none" } }),
  step(LINK, "ops", { group: "EA1", change: { renew: "linkRevision 1 → 2" } }, "update"),
];
const preview = JSON.stringify({ steps, diagnostics: [said(...planned)] });

test("a preview: groups, subjects and links once each, before who goes; the three kinds of resources are told apart", () => {
  expect(reportText(toldReport(read(preview)))).toBe(
    `Preview: 1 person to remove from 1 group, 1 group to make, 1 group to change, 1 link to make, 1 link to renew

Groups to make (1)
  new  Brand new

Groups to change (1)
  ops  subject  Old → Ops

Links (2)
  new  make                              there is none
  ops  renew: the old link ends with it  linkRevision 1 → 2

To remove: not in the rosters any more (1)
  ops  ${BUDI}    expired
`,
  );
  const markdown = reportMarkdown(toldReport(read(preview)));
  expect(markdown.match(/Brand new/g)).toHaveLength(1);
  expect(markdown.indexOf("### Links (2)")).toBeLessThan(markdown.indexOf("### To remove"));
});

test("json: what there is to do, and a group that is still to be made has no GroupId", () => {
  expect(toldJson(read(preview))).toEqual({
    kind: "preview",
    newGroups: [{ name: "new", subject: "Brand new", outcome: "planned" }],
    changes: [{ name: "ops", what: "subject", change: "Old → Ops", outcome: "planned" }],
    links: [
      { name: "new", link: "make", linkReason: "there is none", outcome: "planned" },
      { name: "ops", link: "renew", linkReason: "linkRevision 1 → 2", outcome: "planned" },
    ],
    groups: [
      { name: "new", group: null, removals: [], outcome: "planned" },
      { name: "ops", group: "EA1", removals: [{ number: BUDI, name: "", reason: "expired" }], outcome: "planned" },
    ],
    ...{ refusals: [], notes: [], errors: [] },
    summary: {
      ...{ groups: 2, removals: 1, newGroups: 1, changes: 1, links: 2, invitations: 0 },
      ...{ refusals: 0, errors: 0, failed: 0 },
    },
  });
});

test("resources below a component of somebody's own program count, too", () => {
  const below = (type: string) => `my:Team$${type}`;
  const some = [
    step(below(GROUP), "new", { change: { create: "Brand new" } }),
    step(`${below(GROUP)}$${TYPE}`, "ops", { group: "EA1", members: {}, removals: { [BUDI]: "expired" } }),
    step(below(LINK), "new", { change: { close: "all are there" } }),
  ];
  const told = read(JSON.stringify({ steps: some, diagnostics: [] }));
  expect([told.newGroups.length, told.links.length, told.groups.map(({ name }) => name)]).toEqual([1, 1, ["ops"]]);
});

describe("a log of an up", () => {
  const make = { inputs: { subject: "Brand new", change: { create: "Brand new" } } };
  const set = { inputs: { subject: "Ops", change: { subject: "Old → Ops", description: "a → b" } } };
  const renew = { inputs: { group: "EA1", change: { renew: "linkRevision 1 → 2" } } };
  const made = (outputs: object) => ({ ...make, outputs });

  test("done, failed and not reached are told apart, and each stands before who goes", () => {
    const removal = { inputs: { group: "EA1", removals: { [BUDI]: "expired" } }, outputs: { group: "EA1" } };
    const told = read(
      log(
        event("resourcePreEvent", GROUP, "new", make, { planning: true }),
        event("resourcePreEvent", LINK, "later", renew, { planning: true }),
        event("resOutputsEvent", GROUP, "new", made({ group: "EA9" })),
        event("resOutputsEvent", GROUP, "ops", { ...set, outputs: { group: "EA1", failed: "not listed so far" } }),
        event("resOutputsEvent", TYPE, "ops", removal),
        event("resOutputsEvent", LINK, "ops", { ...renew, outputs: { link: "[secret]" } }),
        event("resOpFailedEvent", LINK, "own", renew),
        { summaryEvent: { isPreview: false } },
      ),
    );
    expect(reportText(toldReport(told))).toBe(
      `Update: 1 person removed or to be removed from 1 group, 1 group made, 1 link renewed, 1 link to renew, 2 groups failed

Not known to be changed: the update of the group failed (2)
  ops  subject      Old → Ops
  ops  description  a → b

Links not known to be changed: their update failed (1)
  own  renew: the old link ends with it  linkRevision 1 → 2

Links: planned, and not reached (1)
  later  renew: the old link ends with it  linkRevision 1 → 2

Groups made (1)
  new  Brand new

Links changed (1)
  ops  renew: the old link ends with it  linkRevision 1 → 2

Removed: not in the rosters any more (1)
  ops  ${BUDI}    expired
`,
    );
    expect(countTold(told)).toMatchObject({ newGroups: 1, changes: 1, links: 3, failed: 2 });
  });

  test("people of a group whose output tells of a failure are not told as removed", () => {
    const state = { inputs: { group: "EA1", removals: { [BUDI]: "expired" } }, outputs: { failed: "still listed" } };
    const told = read(log(event("resOutputsEvent", TYPE, "ops", state)));
    expect(told.groups).toMatchObject([{ outcome: "failed" }]);
    expect(reportText(toldReport(told))).toContain("Not known to be removed: the update of their group failed (1)");
  });

  test("what an unchanged resource names was done in no way, whatever failed earlier", () => {
    const same = { op: "same" };
    const removal = { inputs: { group: "EA1", removals: { [BUDI]: "expired" } }, outputs: { failed: "earlier" } };
    const told = read(
      log(
        event("resOutputsEvent", TYPE, "ops", removal, same),
        event("resOutputsEvent", LINK, "ops", { ...renew, outputs: { link: "", failed: "earlier" } }, same),
        event("resOutputsEvent", TYPE, "well", { inputs: { group: "EA2" }, outputs: {} }, same),
        { summaryEvent: { isPreview: false } },
      ),
    );
    expect(told.groups).toMatchObject([{ outcome: "planned" }, { name: "well", outcome: "done" }]);
    expect(told.links).toMatchObject([{ outcome: "planned" }]);
  });

  test("a group that is on record without being made, and a link without a link, are not told as made", () => {
    const told = read(
      log(
        event("resOutputsEvent", GROUP, "new", made({ group: "" })),
        event("resOutputsEvent", GROUP, "bad", made({ group: "", failed: "not found" })),
        event("resOutputsEvent", LINK, "new", { ...renew, outputs: { group: "EA1" } }),
      ),
    );
    expect(told.newGroups.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["bad", "failed"],
      ["new", "planned"],
    ]);
    expect(told.links).toMatchObject([{ outcome: "planned" }]);
  });

  test("what no step reached is told from the run's own summary, beside what steps told", () => {
    const diagnosticEvent = said(...planned);
    const outputs = { group: "EA9" };
    const told = read(
      log({ diagnosticEvent }, event("resOutputsEvent", GROUP, "new", made(outputs)), {
        summaryEvent: { isPreview: false },
      }),
    );
    expect(told).toMatchObject({
      newGroups: [{ name: "new", outcome: "done" }],
      changes: [{ name: "ops", what: "subject", change: '"Old" → "Ops"', outcome: "planned" }],
      links: [
        { name: "new", link: "make", linkReason: "there is none", outcome: "planned" },
        { name: "ops", link: "renew", linkReason: "linkRevision 1 → 2", outcome: "planned" },
      ],
      summary: [],
    });
  });
});

test("a run that is refused: what it would have made is named, as refused", () => {
  const message =
    "The whole run is refused: nobody is removed from any group. 1 refusal:\n  [max-new-groups-per-run] 1 group would be made, more than 0";
  const told = read(JSON.stringify({ steps: [], diagnostics: [said(...planned), { severity: "error", message }] }));
  const text = reportText(toldReport(told));
  expect(text).toContain(
    "Preview: the whole run is refused: nobody is removed, 1 group to make, 1 group to change, 1 link to make, 1 link to renew, 1 refusal\n",
  );
  expect(text).toContain("Groups to make, but the run is refused (1)\n  new  Brand new\n");
  expect(text).toContain("Links, but the run is refused (2)\n");
  expect(text.match(/Brand new/g)).toHaveLength(1);
});

test("a subject stays text", () => {
  const evil = "<img src=x> @all https://evil.example";
  const out = reportMarkdown(
    toldReport(read(JSON.stringify({ steps: [step(GROUP, "x", { change: { create: evil } })] }))),
  );
  expect(out).not.toMatch(/<img|@all|https:\/\//);
});
