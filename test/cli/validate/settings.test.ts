import { validateCommand } from "../../../src/cli/validate";
import { Project } from "../project";

const ROSTER = `group: A\nmembers:\n  - number: "+62 812-3456-7890"\n    name: Citra\n`;

/** A stack whose settings are these lines, with one roster. */
const files = (roster: string, settings = "", rest = ""): Record<string, string> => ({
  "stacks/dev/ops.yaml": roster,
  "stacks/Pulumi.dev.yaml": `config:\n  rollcall:callsPerSecond: 5\n${settings}${rest}`,
});

describe("a roster that contradicts the settings of its stack", () => {
  let project: Project;
  beforeEach(() => (project = new Project(files(ROSTER))));
  afterEach(() => project.remove());

  const validate = async (roster: string, settings = "", rest = "") => {
    project.write(files(roster, settings, rest));
    return project.run(validateCommand, "validate");
  };

  const TEMPLATE = '  rollcall:invitationTemplate: "744c4b5c79c9432497a075bdfca36bf5"\n';
  const noTemplate =
    'stacks/dev/ops.yaml:5:1 error missing-template: Nobody can be invited: stack "dev" has no template for that. ' +
    "Set rollcall:invitationTemplate, or delete invite.\n  5 | invite: true\n    | ^^^^^^\n";

  test("invite: true without a template: a problem at its place", async () => {
    const { code, out, err } = await validate(`${ROSTER}invite: true\n`);
    expect([code, out, err]).toEqual([3, noTemplate, "1 error in 1 file\n"]);
  });

  test("nor is one that is blank a template", async () => {
    expect((await validate(`${ROSTER}invite: true\n`, '  rollcall:invitationTemplate: ""\n')).out).toBe(noTemplate);
  });

  test.each([
    ["with a template", "invite: true\n", TEMPLATE, ""],
    ["with a template, and a link that is kept", "inviteLink: keep\ninvite: true\n", TEMPLATE, ""],
    ["that says not to invite", "invite: false\n", "", ""],
    ["that says nothing of it", "", "", ""],
    ["whose template is a secret", "invite: true\n", "  rollcall:invitationTemplate: { secure: AAA }\n", ""],
    ["whose template may be in an environment", "invite: true\n", "", "environment: [shared]\n"],
  ])("not one %s", async (_, keys, settings, rest) => {
    expect(await validate(`${ROSTER}${keys}`, settings, rest)).toMatchObject({
      ...{ code: 0, out: "", err: "1 roster of dev: no problems\n" },
    });
  });

  test("a template for all stacks, in Pulumi.yaml, is one", async () => {
    const value = "config:\n  rollcall:invitationTemplate: { type: string, default: invite }\n";
    project.write({ "Pulumi.yaml": `name: rollcall\nruntime: nodejs\n${value}` });
    expect((await validate(`${ROSTER}invite: true\n`)).code).toBe(0);
    // An environment goes before Pulumi.yaml.
    expect((await validate(`${ROSTER}invite: true\n`, "", "environment: [shared]\n")).code).toBe(0);
  });

  test("each of two stacks that share a folder is told of by itself", async () => {
    project.write({ "stacks/Pulumi.prod.yaml": `config:\n  rollcall:rosters: stacks/dev\n${TEMPLATE}` });
    expect((await validate(`${ROSTER}invite: true\n`)).out).toBe(noTemplate);
    expect((await project.run(validateCommand, "validate", "--stack", "prod")).code).toBe(0);
  });

  test("a revision of a link that the stack keeps: a problem at its place", async () => {
    const { code, out } = await validate(`${ROSTER}linkRevision: 2\n`);
    expect(code).toBe(3);
    expect(out).toBe(
      'stacks/dev/ops.yaml:5:1 error conflicting-keys: linkRevision does nothing: rollcall:inviteLink of stack "dev" is keep, ' +
        "which never touches the link. Add `inviteLink: open` or `while-awaited`, here or as the setting, or delete linkRevision.\n" +
        "  5 | linkRevision: 2\n    | ^^^^^^^^^^^^\n",
    );
    expect((await validate(`${ROSTER}linkRevision: 2\n`, "  rollcall:inviteLink: open\n")).code).toBe(0);
    expect((await validate(`${ROSTER}inviteLink: open\nlinkRevision: 2\n`)).code).toBe(0);
    expect((await validate(`${ROSTER}linkRevision: 2\n`, "", "environment: [shared]\n")).code).toBe(0);
  });

  test("numbers of the line are masked where the stack masks them", async () => {
    const line = '{ group: A, invite: true, members: [{ number: "+62 812-3456-7890", name: Citra }] }\n';
    const { out } = await validate(line, "  rollcall:display: masked\n");
    expect(out).toContain("missing-template");
    expect(out).not.toContain("3456");
  });

  test("nothing is said of it while the settings are wrong", async () => {
    const { code, err } = await validate(`${ROSTER}invite: true\n`, "  rollcall:remindAfterDays: 30\n");
    expect(code).toBe(2);
    expect(err).toContain(
      'rollcall:remindAfterDays is "30": it has to be less than rollcall:invitationLapsesAfterDays (30)',
    );
  });
});

describe("settings of invitations without a template", () => {
  let project: Project;
  beforeEach(() => (project = new Project()));
  afterEach(() => project.remove());

  test("are doubtful, and stop nothing", async () => {
    project.write(files(ROSTER, "  rollcall:remindAfterDays: 7\n  rollcall:invitationParameters: { url: link }\n"));
    const { code, err } = await project.run(validateCommand, "validate");
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: settings of stack dev: rollcall:invitationParameters does nothing/m);
    expect(err).toMatch(/^warning: settings of stack dev: rollcall:remindAfterDays does nothing/m);
  });

  test("are none where the template is a secret", async () => {
    const secret = "  rollcall:invitationTemplate: { secure: AAA }\n";
    project.write(files(ROSTER, `  rollcall:remindAfterDays: 7\n${secret}`));
    expect((await project.run(validateCommand, "validate")).err).toBe("1 roster of dev: no problems\n");
  });
});
