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

  describe("--subjects", () => {
    const description = 'Shift handover: "yes"\nsecond line';

    test("subject and description become keys; the roster plans to nothing at all", async () => {
      project = await LiveProject.start({ A: [ANA] }, { A: { subject: "- Jakarta: #1", description } });
      const { code, out } = await dump("--group", "A", "--subjects");
      expect([code, out]).toEqual([
        0,
        `group: "A"
subject: "- Jakarta: #1"
description: "Shift handover: \\"yes\\"\\nsecond line"
members:
  - number: "+${ANA}"
    name: "unnamed"
`,
      ]);
      project.write({ "stacks/dev/a.yaml": out });
      project.last({});
      expect((await project.run(planCommand, "plan")).out).toBe("Stack dev: nobody is to be removed; 1 group\n");
    });

    test("without it the name is a comment, and there is no more about the group", async () => {
      project = await LiveProject.start({ A: [ANA] }, { A: { description } });
      await dump("--all");
      const text = readFileSync(join(project.root, "stacks/dev/group-a.yaml"), "utf8");
      expect(text).toMatch(/^# Group A\ngroup: "A"\nmembers:\n/);
    });

    test.each([
      ["a blank at an end", { subject: "Ops ", description: "d" }, '# Ops \n# description: d\ngroup: "A"\nmembers:'],
      ["an escape", { subject: "a\u001b[31m" }, '# a\\u{1b}[31m\ngroup: "A"\nmembers:'],
      ["no subject", { subject: "" }, 'group: "A"\nmembers:'],
      [
        "a description with what can't be seen",
        { description: "a\nb\u200b" },
        '# description: a\\u{a}b\\u{200b}\ngroup: "A"\nsubject: "Group A"\nmembers:',
      ],
    ])("what a roster can't say stays a comment: %s", async (_, texts, expected) => {
      project = await LiveProject.start({ A: [ANA] }, { A: texts });
      const { code, out } = await dump("--group", "A", "--subjects");
      expect([code, out.slice(0, expected.length)]).toEqual([0, expected]);
      project.write({ "stacks/dev/a.yaml": out });
      project.last({});
      expect((await project.run(planCommand, "plan")).out).toBe("Stack dev: nobody is to be removed; 1 group\n");
    });

    test("a group that CAMS does not list has no subject to write", async () => {
      project = await LiveProject.start({ A: [ANA] });
      await project.control("faults", { action: "ListChatGroup", fault: "list-empty", times: 9 });
      expect(await dump("--group", "A", "--subjects")).toEqual({
        ...{ code: 1, out: "" },
        err: "A: CAMS does not list the group, so its subject is not known. Leave out --subjects\n",
      });
    });
  });

  test("--all: a group that a roster made, or may have made, gets no second roster", async () => {
    project = await LiveProject.start({ A: [ANA], B: [ANA], C: [ANA] }, { B: { subject: "By hand" } });
    project.ownRoster("made", { subject: "Group A" }, { [ANA]: "Ana" });
    project.ownRoster("asked", { subject: "By hand" }, { [ANA]: "Ana" });
    project.last({}, { made: { subject: "Group A", group: "C" }, asked: { subject: "By hand", group: undefined } });
    const { code, out, err } = await dump("--all");
    expect([code, out]).toEqual([0, "stacks/dev/group-a.yaml\n"]);
    expect(err).toContain("left out: B (By hand): stacks/dev/asked.yaml makes a group with this subject\n");
    project.pulumi({});
    project.delete("stacks/dev/group-a.yaml");
    const unread = await dump("--all");
    expect(unread.out).toBe("stacks/dev/group-c.yaml\n");
    expect(unread.err).toContain("warning: the state of stack dev can't be read, so groups that its rosters made");
  });
});
