import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dumpCommand } from "../../src/cli/dump";
import { planCommand } from "../../src/cli/plan";
import { LiveProject } from "./live-project";

const [ANA, BUDI, CITRA] = ["628110000001", "628110000002", "628110000003"];

describe("rollcall dump", () => {
  let project: LiveProject;
  afterEach(() => project.stop());

  const dump = (...args: string[]) => project.run(dumpCommand, "dump", ...args);

  test("--group: names from people.yaml, quoted numbers, and no removal planned", async () => {
    project = await LiveProject.start({ A: [BUDI, ANA, "US.123", ""] });
    project.write({ "stacks/dev/people.yaml": `people:\n  ana: { number: "+${ANA}", name: "Ana: \\"A\\"" }\n` });
    const { code, out } = await dump("--group", "A");
    expect([code, out]).toEqual([
      0,
      `group: "A"
# 2 in the group cannot be told by number, and so are never removed.
members:
  - number: "+${ANA}"
    name: "Ana: \\"A\\""
  - number: "+${BUDI}"
    name: "unnamed"
`,
    ]);
    project.write({ "stacks/dev/a.yaml": out });
    project.last({});
    expect((await project.run(planCommand, "plan")).code).toBe(0);
    project.pulumi({});
    expect((await project.run(planCommand, "plan")).code).toBe(0);
  });

  test.each([
    ["nobody in it", [], "undeclared: report\nmembers: []\n"],
    ["an offboarded person", [ANA, CITRA], `protect:\n  - "+${CITRA}" # Citra\nmembers:\n`],
    ["a number that no roster takes", [ANA, "99999"], "#   +99999\nundeclared: report\nmembers:\n"],
  ])("%s: a valid roster that plans to no removal all the same", async (_, participants, expected) => {
    project = await LiveProject.start({ A: participants });
    const citra = `{ number: "+${CITRA}", name: Citra, offboarded: 2020-01-01 }`;
    project.write({ "stacks/dev/people.yaml": `people:\n  citra: ${citra}\n` });
    const { out } = await dump("--group", "A");
    expect(out).toContain(expected);
    project.write({ "stacks/dev/a.yaml": out });
    project.pulumi({});
    const { code, err } = await project.run(planCommand, "plan", "--format", "json");
    expect([code, err]).toEqual([0, expect.stringContaining("could not be read")]);
  });

  test("--all: a file for each group without a roster, none written over, and no removal planned", async () => {
    project = await LiveProject.start({ A: [ANA], B: [ANA, BUDI], C: [CITRA] });
    project.roster("jakarta/ops", "A", { [ANA]: "Ana" });
    project.write({ "stacks/dev/group-b.yaml": `group: Z\nundeclared: report\nmembers: []\n` });
    const { code, out, err } = await dump("--all");
    expect([code, out]).toEqual([0, "stacks/dev/group-b-2.yaml\nstacks/dev/group-c.yaml\n"]);
    expect(err).toBe("2 of 2 active groups without a roster written; 2 have one\n");
    const written = readFileSync(join(project.root, "stacks/dev/group-b-2.yaml"), "utf8");
    expect(written).toMatch(/^# Group B\ngroup: "B"\n/);
    project.delete("stacks/dev/group-b.yaml");
    project.pulumi({});
    expect((await project.run(planCommand, "plan")).code).toBe(0);
    expect((await dump("--all")).out).toBe("");
  });

  test("--all into a stack without a folder; a group that can't be listed is left out: 7", async () => {
    project = await LiveProject.start({ A: [ANA], B: [BUDI] });
    await project.control("faults", {
      action: "ListChatGroupParticipants",
      groupId: "A",
      fault: "total-more",
      times: 9,
    });
    const { code, out, err } = await dump("--all", "--stack", "dev");
    expect([code, out]).toEqual([7, "stacks/dev/group-b.yaml\n"]);
    expect(err).toContain("left out: A (Group A): ");
    expect(existsSync(join(project.root, "stacks/dev/group-a.yaml"))).toBe(false);
  });

  test("wrong use, an unknown group, no account, broken rosters", async () => {
    project = await LiveProject.start({ A: [ANA] });
    expect(await dump()).toMatchObject({ code: 2, err: "error: give either --group <id> or --all\n" });
    expect(await dump("--all", "--group", "A")).toMatchObject({ code: 2 });
    expect(await dump("--group", "a")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("case-sensitive") as string,
    });
    project.write({ "stacks/dev/x.yaml": "group: A\n" });
    expect(await dump("--all")).toMatchObject({ code: 3, out: "" });
    project.settings({ businessNumber: "" });
    expect(await dump("--group", "A")).toMatchObject({
      code: 2,
      err: expect.stringContaining("businessNumber") as string,
    });
  });
});
