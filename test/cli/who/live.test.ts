import { whoCommand } from "../../../src/cli/who";
import { LiveProject } from "../live-project";

const [ANA, BUDI, STRANGER] = ["628110000001", "628110000002", "6591234567"];

describe("rollcall who", () => {
  let project: LiveProject;
  afterEach(() => project.stop());

  const who = (...args: string[]) => project.run(whoCommand, "who", ...args);
  const namesOf = async (...args: string[]) => {
    const { out } = await who(...args, "--format", "json");
    return (JSON.parse(out) as { groups: { name: string }[] }).groups.map(({ name }) => name);
  };

  describe("with masked display", () => {
    beforeEach(async () => {
      project = await LiveProject.start({ A: [ANA, STRANGER] });
      project.settings({ display: "masked", maskKey: "a key" });
      project.roster("ops", "A", { [ANA]: "Ana", [BUDI]: "Budi" });
      project.last({ ops: { group: "A", members: { [ANA]: "Ana", [BUDI]: "Budi" }, absent: [BUDI] } });
    });

    test.each(["text", "json", "markdown", "csv", "html"])("%s has no number in full", async (format) => {
      const { code, out } = await who("--format", format);
      expect(code).toBe(0);
      for (const number of [ANA, BUDI, STRANGER]) expect(out).not.toContain(number);
      expect(out).toMatch(/6281•+01(~|&#126;)[0-9a-f]{8}/);
    });

    test("a full number finds its group, and so does a masked one", async () => {
      expect(await namesOf(`+${ANA}`)).toEqual(["ops"]);
      expect(await namesOf(`+${STRANGER}`)).toEqual(["ops"]);
      const { out } = await who("--format", "csv");
      const [masked = ""] = /6591•+67~[0-9a-f]{8}/.exec(out) ?? [];
      expect(await namesOf(masked)).toEqual(["ops"]);
    });

    test("messages have no number in full", async () => {
      const { code, err } = await who("+62 811 0000 009");
      expect(code).toBe(2);
      expect(err).toMatch(/6281•+09~[0-9a-f]{8} fits no person, number or group of the stack\. Nearest: /);
      expect(err).not.toMatch(/\d{9}/);
    });
  });

  test("people of people.yaml are known by their keys; by name they are found under earlier numbers too", async () => {
    const earlier = "628110000009";
    project = await LiveProject.start({ A: [ANA], B: [earlier] });
    project.write({
      "stacks/dev/people.yaml": `people:\n  a-1:\n    number: "+${ANA}"\n    name: Ana\n    formerly: ["+${earlier}"]\n  b-2:\n    number: "+${BUDI}"\n    name: Budi\n    formerly: ["+628110000008"]\n`,
    });
    project.write({ "stacks/dev/one.yaml": "group: A\nmembers:\n  - person: a-1\n" });
    project.roster("two", "B", { "628110000005": "Eko" });
    expect(await namesOf("a-1")).toEqual(["one", "two"]);
    expect(await namesOf("Ana")).toEqual(["one", "two"]);
    expect(await namesOf(`+${ANA}`)).toEqual(["one"]);
    expect((await who("")).code).toBe(2);
    // Known, and in no group: that is an answer.
    expect(await who("+628110000008")).toMatchObject({
      code: 0,
      out: expect.stringContaining("628110000008 (an earlier number of Budi): declared in no group") as string,
    });
    const { code, out } = await who("b-2");
    expect([code, out]).toEqual([
      0,
      `Stack dev: Budi (${BUDI}): declared in no group, and seen in none\nnote: ${UNREAD}\n`,
    ]);
  });

  test("whoever was dropped since the last run is found by name", async () => {
    project = await LiveProject.start({ A: [ANA, BUDI] });
    project.roster("ops", "A", { [ANA]: "Ana" });
    project.last({ ops: { group: "A", members: { [ANA]: "Ana", [BUDI]: "Budi" } } });
    expect((await who("budi")).out).toContain(`Stack dev: Budi (${BUDI}): undeclared in 1 group\n`);
  });

  test("subjects that can't be listed are null, with a warning; people are told all the same: 0", async () => {
    project = await LiveProject.start({ A: [ANA] });
    project.roster("ops", "A", { [ANA]: "Ana" });
    project.last({ ops: { group: "A", members: { [ANA]: "Ana" } } });
    await project.control("faults", { action: "ListChatGroup", fault: "total-more", times: 50 });
    const { code, out, err } = await who("--format", "json");
    expect([code, JSON.parse(out)]).toMatchObject([0, { groups: [{ subject: null, present: [{ name: "Ana" }] }] }]);
    expect(err).toContain("warning: the subjects of some groups can't be shown.");
    // The word may be right: CAMS failed, not whoever asks.
    expect(await who("Group A")).toMatchObject({
      ...{ code: 1, out: "" },
      err: expect.stringMatching(/"Group A" fits no .*, so their subjects are not known: ListChatGroup/) as string,
    });
  });

  test("a group that is still to be made is told so, with everybody awaited", async () => {
    project = await LiveProject.start({ A: [ANA] });
    project.roster("ops", "A", { [ANA]: "Ana" });
    project.ownRoster("new", { subject: "New group" }, { [BUDI]: "Budi" });
    project.last({ ops: { group: "A", members: { [ANA]: "Ana" } } });
    const { out } = await who("new group", "--format", "json");
    expect(JSON.parse(out)).toMatchObject({
      groups: [{ name: "new", group: null, subject: "New group", create: true, awaiting: [{ name: "Budi" }] }],
    });
    expect((await who("new")).out).toMatch(
      /^new, New group \(0 there\)\n {2}to be made +the next up makes the group$/m,
    );
  });

  test("how it stands with invitations is told of whoever is awaited", async () => {
    project = await LiveProject.start({ A: [ANA] });
    project.settings({ invitationTemplate: "invite" });
    const team = { [ANA]: "Ana", [BUDI]: "Budi" };
    project.roster("ops", "A", team);
    project.last({ ops: { group: "A", members: team, absent: [BUDI] } });
    expect((await who()).out).toMatch(/^ {2}awaiting +628110000002 +Budi +not invited: no consent on record$/m);
    const { out } = await who("--format", "json");
    expect(JSON.parse(out)).toMatchObject({ groups: [{ awaiting: [{ number: BUDI, standing: "no-consent" }] }] });
  });

  test("why nobody is invited is told", async () => {
    project = await LiveProject.start({ A: [ANA] });
    project.settings({ invitationTemplate: "invite" });
    const budi = `  - number: "+${BUDI}"\n    name: Budi\n    consent: 2026-05-01\n`;
    project.write({
      "stacks/dev/ops.yaml": `group: A\nmembers:\n  - number: "+${ANA}"\n    name: Ana\n${budi}`,
    });
    project.last({ ops: { group: "A", members: { [ANA]: "Ana", [BUDI]: "Budi" }, absent: [BUDI] } });
    await project.control("faults", { action: "GetChatappTemplateDetail", fault: "forbidden-ram", times: 9 });
    const { code, out } = await who();
    expect(code).toBe(0);
    expect(out).toMatch(/^note: .*GetChatappTemplateDetail/m);
  });

  test("a look at one group says nothing of releases", async () => {
    project = await LiveProject.start({ A: [ANA, STRANGER], B: [ANA] });
    project.roster("ops", "A", { [ANA]: "Ana" });
    project.roster("sales", "B", { [ANA]: "Ana" });
    project.write({
      "stacks/dev/releases.yaml": `releases:\n  - people: ["+${STRANGER}"]\n    groups: [sales]\n    until: 2099-12-31\n`,
    });
    const last = { members: { [ANA]: "Ana" } };
    project.last({ ops: { group: "A", ...last }, sales: { group: "B", ...last } });
    expect((await who("sales")).err).toBe("");
  });

  test("a listing that a guard doubts is shown, and told", async () => {
    const team = Object.fromEntries([1, 2, 3, 4].map((n) => [`62811000000${n}`, `P${n}`]));
    project = await LiveProject.start({ A: [ANA] });
    project.roster("ops", "A", team);
    project.last({ ops: { group: "A", members: team } });
    const { code, out } = await who();
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}doubtful .* the listing lacks 3 people/m);
  });
});

const UNREAD =
  "the stack's state could not be read (`pulumi stack export`), so who was there before is not known, and nobody is removed or invited";
