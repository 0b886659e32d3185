import { schemaCommand } from "../../src/cli/schema";
import { validateCommand } from "../../src/cli/validate";
import { Project } from "./project";

const GOOD = `group: A\nmembers:\n  - number: "+62 812-3456-7890"\n    name: Citra\n`;

describe("rollcall validate", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project({ "stacks/dev/ops.yaml": GOOD, "stacks/Pulumi.dev.yaml": "config: {}\n" });
  });
  afterEach(() => project.remove());

  test("good rosters: 0, and a word about what was looked at", async () => {
    const { code, out, err } = await project.run(validateCommand, "validate");
    expect([code, out, err]).toEqual([0, "", "1 roster of dev: no problems\n"]);
  });

  test("text: the first line says it all, the line and a caret follow, and the exit code is 3", async () => {
    project.write({ "stacks/dev/ops.yaml": GOOD.replace("name:", "nam:") });
    const { code, out, err } = await project.run(validateCommand, "validate");
    expect(code).toBe(3);
    expect(out).toBe(
      'stacks/dev/ops.yaml:4:5 error unknown-key: The key "nam" is not known here. Did you mean "name"?\n' +
        "  4 |     nam: Citra\n    |     ^^^\n",
    );
    expect(err).toBe("1 error in 1 file\n");
  });

  test("settings: every fault of every stack on stderr, and 2 when the rosters are valid", async () => {
    project.write({
      "stacks/Pulumi.dev.yaml":
        "config:\n  rollcall:businessNumber: 8613800000000\n  rollcall:maskKey: { secure: AAA }\n" +
        "  rollcall:maxRemovalsPerRun: lots\n  rollcall:diplay: masked\n",
    });
    const { code, out, err } = await project.run(validateCommand, "validate");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /wrong settings of stack dev:\n {2}rollcall:diplay is no setting[^\n]*\n {2}rollcall:maxRemovalsPerRun is "lots"[^\n]*\n$/,
    );
    project.write({ "stacks/dev/ops.yaml": "group: A\n" });
    expect((await project.run(validateCommand, "validate")).code).toBe(3);
  });

  describe("a key in a misspelt namespace", () => {
    const wrong =
      /^1 roster of dev: no problems\nwrong settings of stack dev:\n {2}rolcall:protect is no setting.*rollcall:protect/;

    test.each([
      ["of the stack's file", { "stacks/Pulumi.dev.yaml": 'config:\n  rolcall:protect: ["+62 811 0000 001"]\n' }],
      ["with a secret", { "stacks/Pulumi.dev.yaml": "config:\n  rolcall:protect: { secure: AAA }\n" }],
      ["of Pulumi.yaml", { "Pulumi.yaml": "name: x\nconfig:\n  rolcall:protect: { value: [] }\n" }],
      ["declared in Pulumi.yaml", { "Pulumi.yaml": "name: x\nconfig:\n  rolcall:protect: { type: array }\n" }],
    ])("%s is refused like a wrong setting, and no number is told", async (_, files) => {
      project.write(files);
      const { code, out, err } = await project.run(validateCommand, "validate");
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(wrong);
      expect(err).not.toContain("0000");
    });

    test("is told with the wrong settings", async () => {
      project.write({ "stacks/Pulumi.dev.yaml": "config:\n  Rollcall:protect: []\n  rollcall:display: x\n" });
      const { err } = await project.run(validateCommand, "validate");
      expect(err).toMatch(/ {2}Rollcall:protect is no setting[^\n]*\n {2}rollcall:display is "x"/);
    });

    test("of the project's own is its own affair", async () => {
      project.write({ "Pulumi.yaml": "name: rollcalls\nconfig:\n  color: { value: red }\n" });
      expect((await project.run(validateCommand, "validate")).code).toBe(0);
      project.write({ "stacks/Pulumi.dev.yaml": "config:\n  rollcalls:display: masked\n" });
      expect((await project.run(validateCommand, "validate")).code).toBe(2);
    });
  });

  test("json: the contract's fields on stdout", async () => {
    project.write({ "stacks/dev/ops.yaml": "group: A\n" });
    const { code, out } = await project.run(validateCommand, "validate", "--format", "json");
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({
      problems: [
        {
          file: "stacks/dev/ops.yaml",
          line: 1,
          column: 1,
          code: "missing-key",
          severity: "error",
          message: expect.stringContaining("members and include are missing") as string,
          hint: expect.stringContaining("members: []") as string,
        },
      ],
    });
  });

  test("github: one annotation a problem, escaped", async () => {
    project.write({ "stacks/dev/50%,a.yml": "", "stacks/dev/ops.yaml": `${GOOD}include: ["a%0Ab"]\n` });
    const { out } = await project.run(validateCommand, "validate", "--format", "github");
    expect(out.split("\n")).toEqual([
      expect.stringMatching(
        /^::error file=stacks\/dev\/50%25%2Ca\.yml,line=1,col=1,title=yml-file::The file "50%25,a\.yml"/,
      ),
      expect.stringMatching(/^::error file=stacks\/dev\/ops\.yaml,line=5,col=11,title=bad-key::"a%250Ab" /),
      "",
    ]);
  });

  test("warnings are told, and end with 0", async () => {
    project.write({ "stacks/dev/ops.yaml": GOOD.replace("+62 812-3456-7890", "+55 11 1234 5678") });
    const { code, out } = await project.run(validateCommand, "validate");
    expect(code).toBe(0);
    expect(out).toContain("warning unlikely-number");
  });

  test("all stacks, with settings or without, each in its folder; --stack picks one", async () => {
    project.write({
      "stacks/Pulumi.prod.yaml": "config:\n  rollcall:rosters: people/prod\n",
      "people/prod/a.yaml": "group: B\n",
      "stacks/lone/b.yaml": "group: C\n",
    });
    const { out } = await project.run(validateCommand, "validate", "--format", "json");
    const files = (JSON.parse(out) as { problems: { file: string }[] }).problems.map(({ file }) => file);
    expect(files).toEqual(["people/prod/a.yaml", "stacks/lone/b.yaml"]);
    expect((await project.run(validateCommand, "validate", "--stack", "dev")).code).toBe(0);
    expect((await project.run(validateCommand, "validate", "--stack", "prod")).code).toBe(3);
  });

  describe("one group in two stacks", () => {
    const stack = (settings: string) => `config:\n${settings}`;
    const same =
      'stacks/prod/it.yaml:2:8 error duplicate-group: The group "A" of stack prod has a roster in stack dev already.';

    /** What is found when the stack prod has the group that dev has. */
    async function found(dev: string, prod: string, roster = GOOD) {
      project.write({
        "stacks/Pulumi.dev.yaml": stack(dev),
        "stacks/Pulumi.prod.yaml": stack(prod),
        "stacks/prod/it.yaml": `# prod\n${roster}`,
      });
      return project.run(validateCommand, "validate");
    }
    const number = (digits: string) => `  rollcall:businessNumber: "${digits}"\n`;
    const local = (port: number) => `  rollcall:endpoint: http://127.0.0.1:${port}\n`;

    test.each([
      ["of one business number", number("8613800000000"), number("+86 138 0000 0000"), GOOD],
      ["of which only one names a number", "  {}\n", number("8613800000000"), GOOD],
      ["of which none names a number", "  {}\n", "  {}\n", GOOD],
      [
        "of two numbers, but the roster's own is the other one",
        number("8613800000000"),
        number("8613800000001"),
        `${GOOD}businessNumber: "+86 138 0000 0000"\n`,
      ],
      ["on one local CAMS", local(8787), local(8787), GOOD],
    ])("%s: a problem with its place and the first one's", async (_, dev, prod, roster) => {
      const { code, out, err } = await found(dev, prod, roster);
      expect(code).toBe(3);
      expect(out).toContain(`${same} The first is at stacks/dev/ops.yaml:1:8.`);
      expect(out).toContain("  2 | group: A\n    |        ^\n");
      expect(err).toBe("1 error in 1 file\n");
    });

    test.each([
      ["of two business numbers", number("8613800000000"), number("8613800000001")],
      ["on the real CAMS and on a local one", "  {}\n", local(8787)],
      ["on two local ones", local(8787), local(8788)],
    ])("%s: two groups", async (_, dev, prod) => {
      expect(await found(dev, prod)).toMatchObject({ code: 0, err: "2 rosters of dev, prod: no problems\n" });
    });

    describe("that neither has so far: both would make it by one subject", () => {
      const made = GOOD.replace("group: A", "subject: Operations");

      test("for one business number: a problem with its place and the first one's", async () => {
        project.write({ "stacks/dev/ops.yaml": made });
        const { code, out } = await found(number("8613800000000"), number("+86 138 0000 0000"), made);
        expect(code).toBe(3);
        expect(out).toContain(
          "stacks/prod/it.yaml:2:10 error duplicate-subject: A roster of stack dev makes a group with the subject " +
            '"Operations", too, for the same business number. The first is at stacks/dev/ops.yaml:1:10. ' +
            "Give one of the two another subject: CAMS could not tell the two groups apart.",
        );
      });

      test("for two business numbers: two groups", async () => {
        project.write({ "stacks/dev/ops.yaml": made });
        expect((await found(number("8613800000000"), number("8613800000001"), made)).code).toBe(0);
      });

      test("of which one has it already, by its GroupId: two groups", async () => {
        project.write({ "stacks/dev/ops.yaml": made });
        expect((await found("  {}\n", "  {}\n", `group: B\n${made}`)).code).toBe(0);
      });
    });

    test("stacks that share a folder, and a stack alone, have no such problem", async () => {
      expect((await found("  {}\n", "  rollcall:rosters: stacks/dev\n")).code).toBe(0);
      project.write({ "stacks/Pulumi.prod.yaml": stack("  {}\n") });
      expect((await project.run(validateCommand, "validate")).code).toBe(3);
      expect((await project.run(validateCommand, "validate", "--stack", "prod")).code).toBe(0);
    });
  });

  test("display: masked masks numbers, in place", async () => {
    project.write({
      "stacks/Pulumi.dev.yaml": "config:\n  rollcall:display: masked\n",
      "stacks/dev/ops.yaml": GOOD.replace("+62 812-3456-7890", "+62 812-3456-7890-1234-5") + "    until: 2027-13-01\n",
    });
    const { out } = await project.run(validateCommand, "validate");
    expect(out).not.toContain("3456");
    expect(out).toContain('  3 |   - number: "+62 81•-••••-••••-•••4-5"\n    |             ^');
    expect(out).toContain('"2027-13-01"');
  });

  test("a protected number that cannot exist is told of, and stops nothing", async () => {
    const settings = (more: string) =>
      `config:\n  rollcall:protect: ["+229 97 12 34 56", "+62 812-3456-7890"]\n${more}`;
    project.write({ "stacks/dev/ops.yaml": GOOD, "stacks/Pulumi.dev.yaml": settings("") });
    const { code, err } = await project.run(validateCommand, "validate");
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: settings of stack dev: rollcall:protect: The number "\+22997123456" cannot exist/m);
    expect(err).not.toContain("62812");
    project.write({ "stacks/Pulumi.dev.yaml": settings("  rollcall:display: masked\n") });
    expect((await project.run(validateCommand, "validate")).err).not.toContain("22997123456");
  });

  test("an unknown stack or format is a fault of usage", async () => {
    const unknown = await project.run(validateCommand, "validate", "--stack", "nope");
    expect([unknown.code, unknown.err]).toEqual([2, "error: there is no stack nope in stacks/; there are dev\n"]);
    expect((await project.run(validateCommand, "validate", "--format", "xml")).code).toBe(2);
  });

  test("a folder that is not there is a problem of the rosters", async () => {
    project.delete("stacks/dev");
    const { code, out } = await project.run(validateCommand, "validate");
    expect(code).toBe(3);
    expect(out).toContain("stacks/dev:1:1 error no-folder");
  });
});

describe("rollcall schema", () => {
  test("prints the schema of a kind", async () => {
    const project = new Project();
    const { out } = await project.run(schemaCommand, "schema", "people");
    expect(JSON.parse(out)).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#", required: ["people"] });
    expect((await project.run(schemaCommand, "schema", "nonsense")).code).toBe(2);
    project.remove();
  });
});
