import { reportCommand } from "../../src/cli/report";
import { readPulumiOutput } from "../../src/report/pulumi-output";
import { summarise, summaryText } from "../../src/report/summary";
import { ANA, BUDI, CITRA, full, removal } from "../membership/world";
import { TYPE } from "../pulumi";
import { Project } from "./project";

const urn = (name: string) => `urn:pulumi:dev::rollcall::${TYPE}::${name}`;
const own = (type: string) => `urn:pulumi:dev::rollcall::pulumi-nodejs:dynamic/cams:${type}::ops`;
const inputs = (group: string, members: object, removals?: object) => ({
  group,
  members,
  ...(removals && { removals }),
});

/** The first run's removals of A stay in its old inputs; B loses Budi now, whom only the summary calls by name. */
const steps = [
  {
    op: "update",
    urn: urn("a"),
    oldState: { inputs: inputs("A", { [ANA]: "Ana" }, { [CITRA]: "never declared" }) },
    newState: { inputs: inputs("A", { [ANA]: "Ana" }) },
  },
  {
    op: "update",
    urn: urn("b"),
    oldState: { inputs: inputs("B", {}) },
    newState: { inputs: inputs("B", "[secret]" as never, { [BUDI]: "expired" }) },
  },
  { op: "delete", urn: urn("c"), oldState: { inputs: inputs("C", {}, { [CITRA]: "expired" }) } },
  { op: "same", urn: "urn:pulumi:dev::rollcall::pulumi:pulumi:Stack::rollcall-dev", newState: {} },
];
const nobody = { present: [], awaiting: [], left: [], spared: [], unidentified: 0 };
const plan = {
  ...nobody,
  name: "b",
  group: "B",
  remove: [removal(BUDI, "expired", "Budi  <b>")],
  awaiting: [{ number: ANA, name: "Ana" }],
};
const summary = summaryText(summarise([{ plan, held: false }], 2, []), [{ plan, held: false }], full);
/** What a run says of a group that a guard holds, and of a run that is refused. */
const held =
  "Nobody is removed from these groups. 1 refusal:\n  [max-removals-per-group] d (D): 3 removals, more than 2";
const wholeRun =
  "The whole run is refused: nobody is removed from any group. 1 refusal:\n  [max-removals-per-run] d (D): 3 removals, more than 2";
const info = { severity: "info", message: `${summary}\n` };
const preview = (diagnostics: readonly object[], some: readonly object[] = steps) =>
  JSON.stringify({ steps: some, diagnostics });

function log(...events: readonly object[]): string {
  return events.map((event, sequence) => JSON.stringify({ sequence, timestamp: 1, ...event })).join("\n") + "\n";
}
const event = (name: string, removals?: object) => ({
  metadata: {
    op: "update",
    urn: urn(name),
    old: { inputs: inputs("X", { [BUDI]: "Budi" }) },
    new: { inputs: inputs("X", {}, removals) },
  },
});

test("only new inputs say who goes; names come from inputs, else from the summary", () => {
  const told = readPulumiOutput(preview([info]));
  expect(told?.groups.map(({ name, group, removals }) => [name, group, removals])).toEqual([
    ["a", "A", []],
    ["b", "B", [{ number: BUDI, name: "Budi  <b>", reason: "expired" }]],
  ]);
  expect(told?.summary).toEqual([{ title: expect.stringContaining("awaiting") as string, rows: [`b  ${ANA}  Ana`] }]);
});

test("warnings of the run stand above everything, and so does how much was looked at", () => {
  const message = "9 of 10 groups were not looked at, since no change since main concerns them";
  const said = [
    { severity: "warning", message: "warning: the stack's state could not be read\n" },
    { severity: "warning", message: "A new version of Pulumi is available." },
    { severity: "warning", message: held },
    { severity: "warning", message: "warning: held: d (D): 3 removals, more than 2" },
    { severity: "info#err", message: "something else" },
    { severity: "info", message },
  ];
  const told = readPulumiOutput(preview([info, ...said]));
  expect(told?.notes).toEqual(["the stack's state could not be read", message]);
});

test("an event log of an up: what was done, and what failed", () => {
  const gone = { [BUDI]: "expired" };
  const told = readPulumiOutput(
    log(
      { resourcePreEvent: { ...event("a", gone), planning: true } },
      { resourcePreEvent: event("a", gone) },
      { resOutputsEvent: event("a", gone) },
      { resourcePreEvent: event("b", gone) },
      { resOpFailedEvent: event("b", gone) },
      { summaryEvent: { isPreview: false } },
    ),
  );
  expect(told?.kind).toBe("update");
  expect(told?.groups.map(({ name, outcome, removals }) => [name, outcome, removals.length])).toEqual([
    ["a", "done", 1],
    ["b", "failed", 1],
  ]);
});

describe("rollcall report", () => {
  let project: Project;
  beforeEach(() => (project = new Project()));
  afterEach(() => project.remove());

  const warned = { severity: "warning", message: `warning: ${held}` };
  const refused = {
    severity: "error",
    message: `<{%reset%}>error: ${wholeRun}<{%reset%}>`,
  };
  test.each([
    ["removals", preview([info]), 4, "Preview: 1 person to remove from 1 group, 1 group let go**"],
    ["nothing", preview([], steps.slice(0, 1)), 0, "Preview: nobody is removed**"],
    ["a held group, which wins over removals", preview([info, warned]), 6, "1 refusal"],
    ["a refused run", preview([refused], []), 6, "the whole run is refused: nobody is removed, 1 refusal"],
    ["a failed run", preview([{ severity: "error", message: "no credentials" }], []), 1, "no credentials"],
    [
      "an event log of a preview",
      log({ resourcePreEvent: { ...event("a", { [BUDI]: "expired" }), planning: true } }),
      4,
      "Preview: 1 person to remove",
    ],
    [
      "groups and links alone, which remove nobody",
      preview(
        [],
        [
          { op: "create", urn: own("ChatGroup"), newState: { inputs: { change: { create: "New" } } } },
          { op: "update", urn: own("ChatGroupInviteLink"), newState: { inputs: { change: { renew: "why" } } } },
        ],
      ),
      0,
      "Preview: nobody is removed, 1 group to make, 1 link to renew**",
    ],
    [
      "a link whose update failed",
      log({
        resOpFailedEvent: {
          metadata: { urn: own("ChatGroupInviteLink"), new: { inputs: { change: { close: "x" } } } },
        },
      }),
      7,
      "1 group failed",
    ],
    [
      "a group whose own output tells of a failure",
      log({
        resOutputsEvent: {
          metadata: {
            op: "create",
            urn: own("ChatGroup"),
            new: { inputs: { change: { create: "N" } }, outputs: { failed: "x" } },
          },
        },
      }),
      7,
      "Update: nobody is removed, 1 group failed**",
    ],
    ["a failed update", log({ resOpFailedEvent: event("a", { [BUDI]: "expired" }) }), 7, "1 group failed"],
  ])("%s", async (_, text, expected, said) => {
    project.write({ "out.json": text });
    const { code, out } = await project.run(reportCommand, "report", "out.json");
    expect([code, out]).toEqual([expected, expect.stringContaining(said)]);
    expect(out).not.toMatch(/<b>|<\{%/);
    const json = await project.run(reportCommand, "report", "out.json", "--format", "json");
    expect(JSON.parse(json.out)).toHaveProperty("summary.removals");
  });

  test.each([["{}"], [""], ["[]"], ["not json"], ['{"sequence":1}\nnot json\n'], ["null"]])(
    "neither: %j",
    async (text) => {
      project.write({ "out.json": text });
      expect(await project.run(reportCommand, "report", "out.json")).toMatchObject({
        code: 1,
        out: "",
        err: expect.stringContaining("out.json is neither") as string,
      });
    },
  );

  test("a file that is not there: wrong use", async () => {
    expect((await project.run(reportCommand, "report", "nope.json")).code).toBe(2);
  });
});
