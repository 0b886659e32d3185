import { driftCommand } from "../../src/cli/drift";
import { planCommand } from "../../src/cli/plan";
import { reportCommand } from "../../src/cli/report";
import { reportMarkdown } from "../../src/report/document-markdown";
import { planReport } from "../../src/report/plan";
import { summarise, summaryText } from "../../src/report/summary";
import { full, removal } from "../membership/world";
import { LiveProject } from "./live-project";

const [ANA, BUDI] = ["628110000001", "628110000002"];
const TEAM = { [ANA]: "Ana", [BUDI]: "Budi" };
const GONE = [{ name: "jakarta/sales", group: "B" }];
const TITLE = "Let go: no roster declares the group any more";

describe("a group that no roster declares any more", () => {
  let project: LiveProject;
  beforeEach(async () => {
    project = await LiveProject.start({ A: [ANA, BUDI], B: [ANA] });
    project.roster("ops", "A", { [ANA]: "Ana" });
    project.last({ ops: { group: "A", members: TEAM }, "jakarta/sales": { group: "B", members: { [ANA]: "Ana" } } });
  });
  afterEach(() => project.stop());

  test("is named by plan before who goes", async () => {
    const { out } = await project.run(planCommand, "plan");
    expect(out).toContain("1 person to remove, 1 group let go; 1 group\n");
    expect(out).toMatch(new RegExp(`${TITLE}.*\\(1\\)\\n {2}jakarta/sales {2}B\\n[^]*To remove`));
    const { out: markdown } = await project.run(planCommand, "plan", "--format", "markdown");
    expect(markdown).toMatch(new RegExp(`### ${TITLE}.*\\(1\\)\\n[^]*\\| jakarta/sales \\| B \\|[^]*### To remove`));
    const { out: json } = await project.run(planCommand, "plan", "--format", "json");
    expect(JSON.parse(json)).toMatchObject({ letGo: GONE });
  });

  test("is named by drift, and is no drift by itself", async () => {
    project.roster("ops", "A", TEAM);
    const { code, out } = await project.run(driftCommand, "drift");
    expect([code, out]).toEqual([0, expect.stringContaining("no drift, 1 group let go; 1 group\n")]);
    expect(out).toMatch(new RegExp(`${TITLE}.*\\n {2}jakarta/sales {2}B`));
    const { out: json } = await project.run(driftCommand, "drift", "--format", "json");
    expect(JSON.parse(json)).toMatchObject({ letGo: GONE });
  });

  test("whose roster is only missing is not let go: every look refuses, names it, and asks nothing", async () => {
    project.roster("jakarta/sales", "B", { [ANA]: "Ana" });
    project.write({ ".gitignore": "bin\n" });
    project.git("init", "-q", "-b", "main");
    project.commit();
    project.git("sparse-checkout", "set", "--no-cone", "/*", "!jakarta");
    for (const [command, name] of [
      [planCommand, "plan"],
      [driftCommand, "drift"],
    ] as const) {
      const { code, err } = await project.run(command, name);
      expect({ code, calls: await project.calls() }).toEqual({ code: 3, calls: [] });
      expect(err).toContain("1 file of the commit (HEAD) is missing in stacks/dev:\n  stacks/dev/jakarta/sales.yaml\n");
    }
    project.git("sparse-checkout", "disable");
    expect((await project.run(planCommand, "plan")).code).toBe(4);
  });

  test("a missing file is named beside what is wrong for want of it", async () => {
    project.write({
      ".gitignore": "bin\n",
      "stacks/dev/sets.yaml": "sets:\n  all: { members: [] }\n",
      "stacks/dev/ops.yaml": `group: A\ninclude: [all]\nmembers:\n  - { number: "+${ANA}" }\n`,
    });
    project.git("init", "-q", "-b", "main");
    project.commit();
    project.delete("stacks/dev/sets.yaml");
    const { code, err } = await project.run(planCommand, "plan");
    expect(code).toBe(3);
    expect(err).toMatch(/stacks\/dev\/sets\.yaml\n[^]*unknown-set/);
  });

  test("where git can't tell what is missing, it is said, and the look goes on", async () => {
    project.write({ ".gitignore": "bin\n" });
    project.git("init", "-q", "-b", "main");
    const head = project.commit();
    project.delete(`.git/objects/${head.slice(0, 2)}/${head.slice(2)}`);
    const { code, err } = await project.run(planCommand, "plan");
    expect(code).toBe(4);
    expect(err).toContain("warning: git can't tell whether rosters are missing: fatal:");
  });
});

describe("rollcall report", () => {
  const type = "pulumi-nodejs:dynamic/cams:ChatGroupParticipants";
  const urn = (name: string) => `urn:pulumi:dev::rollcall::${type}::${name}`;
  let project: LiveProject;
  beforeEach(async () => void (project = await LiveProject.start({})));
  afterEach(() => project.stop());

  async function report(text: string) {
    project.write({ "out.json": text });
    const { out } = await project.run(reportCommand, "report", "out.json", "--format", "json");
    const { out: text2 } = await project.run(reportCommand, "report", "out.json", "--format", "text");
    return { json: JSON.parse(out) as { letGo?: unknown }, text: text2 };
  }

  test("names what the run said that it lets go, replaced resources too, above all else", async () => {
    const letGo = [...GONE, { name: "ops", group: "OLD" }];
    const message = summaryText(summarise([], 1, []), [], full, letGo);
    const { json, text } = await report(JSON.stringify({ steps: [], diagnostics: [{ severity: "info", message }] }));
    expect(json.letGo).toEqual(letGo);
    expect(text).toMatch(/^Preview: nobody is removed, 2 groups let go\n\nLet go.*\(2\)\n {2}jakarta\/sales {2}B\n/);
    expect(text.match(/Let go:/g)).toHaveLength(1);
  });

  test("names those whose resources Pulumi deletes, though the run said nothing, as in `pulumi destroy`", async () => {
    const step = (op: string, name: string, group: string) => ({ op, urn: urn(name), oldState: { inputs: { group } } });
    const steps = [step("delete", "sales", "B"), step("delete-replaced", "ops", "A")];
    expect((await report(JSON.stringify({ steps, diagnostics: [] }))).json.letGo).toEqual([
      { name: "sales", group: "B" },
    ]);
    const metadata = { op: "delete", urn: urn("sales"), old: { inputs: { group: "B" } } };
    const events = [{ resourcePreEvent: { metadata } }, { resOutputsEvent: { metadata } }];
    const log = events.map((event, sequence) => JSON.stringify({ sequence, ...event })).join("\n");
    expect((await report(log)).json.letGo).toEqual([{ name: "sales", group: "B" }]);
  });
});

describe("many of them", () => {
  const many = Array.from({ length: 2_000 }, (_, i) => ({ name: `jakarta/group-${i}`, group: `EA93UU${i}` }));

  test("are all in the run's summary, first", () => {
    const lines = summaryText(summarise([], 1, []), [], full, many).split("\n");
    expect(lines[0]).toMatch(/, 0 refused, 2000 groups let go$/);
    expect(lines[1]).toBe(
      "  let go: no roster declares the group any more, so it is forgotten, and nobody is removed from it",
    );
    expect(lines).toHaveLength(2 + many.length);
  });

  test("leave who goes their room in a comment", () => {
    const remove = Array.from({ length: 300 }, (_, i) => removal(`62812${i}`, "dropped from roster", "Budi"));
    const nobody = { present: [], awaiting: [], left: [], spared: [], unidentified: 0 };
    const markdown = reportMarkdown(
      planReport({
        ...{ stack: "dev", notLookedAt: 0, letGo: many, refusals: [], links: new Map(), notes: [], show: full },
        groups: [{ name: "ops", group: "A", refusals: [], plan: { name: "ops", group: "A", ...nobody, remove } }],
      }),
    );
    expect(markdown).toMatch(/Cut here: \d+ more rows of 2000/);
    for (const { number } of remove) expect(markdown).toContain(number);
  });
});
