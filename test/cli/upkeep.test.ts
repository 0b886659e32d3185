import { driftCommand } from "../../src/cli/drift";
import { planCommand } from "../../src/cli/plan";
import { LiveProject } from "./live-project";

const [ANA, BUDI, STRANGER] = ["628110000001", "628110000002", "6591234567"];
const TEAM = { [ANA]: "Ana", [BUDI]: "Budi" };

/** What `plan` and `drift` tell of groups themselves and of their links. */
describe("groups and links as code", () => {
  let project: LiveProject;
  afterEach(() => project.stop());

  const plan = (...args: string[]) => project.run(planCommand, "plan", ...args);
  const drift = (...args: string[]) => project.run(driftCommand, "drift", ...args);
  const jsonOf = async (run: (...args: string[]) => Promise<{ code: number; out: string }>) => {
    const { code, out } = await run("--format", "json");
    return { code, ...(JSON.parse(out) as { groups: Record<string, unknown>[]; summary: Record<string, number> }) };
  };
  const actions = async () => (await project.calls()).map(({ action }) => action).sort();

  /** Group A has Ana and Budi, the subject `Group A`, and a link. */
  async function start(keys: Readonly<Record<string, unknown>> = {}): Promise<void> {
    project = await LiveProject.start({ A: [ANA, BUDI] });
    project.roster("ops", "A", TEAM, keys);
    project.last({ ops: { group: "A", members: TEAM } });
  }

  test("plan: a group to make, a subject to set, links: named first, no removal, and 0; one listing of groups", async () => {
    await start({ subject: "Ops", inviteLink: "while-awaited" });
    project.ownRoster("new", { subject: "Brand new", inviteLink: "open" }, { [ANA]: "Ana" });
    const { code, out } = await plan();
    expect([code, out]).toEqual([
      0,
      `Stack dev: nobody is to be removed, 1 group to make, 1 group to change, 1 link to make, 1 link to close, 1 awaiting; 2 groups

Groups to make (1)
  new  Brand new

Groups to change (1)
  ops  subject  "Group A" → "Ops"

Links (2)
  new  make                                   there is none
  ops  close: nobody can join by it any more  everybody declared is there

Awaiting: declared, and to join by the invite link (1)
  new  ${ANA}  Ana
`,
    ]);
    expect(await actions()).toEqual(["ListChatGroup", "ListChatGroupParticipants"]);
    const found = await jsonOf(plan);
    expect(found).toMatchObject({
      code: 0,
      groups: [
        { name: "new", group: null, create: true, subject: "Brand new", link: "make", linkReason: "there is none" },
        { name: "ops", group: "A", set: { subject: { from: "Group A", to: "Ops" } }, link: "close" },
      ],
      summary: { newGroups: 1, links: 2, removals: 0 },
    });
    expect(found.groups[1]).not.toHaveProperty("create");
    const { out: markdown } = await plan("--format", "markdown");
    expect(markdown).toContain("| new | Brand new |");
    expect(markdown.indexOf("### Groups to make (1)")).toBeLessThan(markdown.indexOf("### Awaiting"));
  });

  test("plan: a link that the run ends is not shown to those who are awaited; one that stays is", async () => {
    await start({ inviteLink: "open" });
    project.roster("ops", "A", { ...TEAM, [STRANGER]: "Citra" }, { inviteLink: "open" });
    const awaiting = { number: STRANGER, name: "Citra" };
    const inviteLink = expect.stringMatching(/^https:/) as string;
    expect((await jsonOf(plan)).groups).toMatchObject([{ awaiting: [{ ...awaiting, inviteLink }] }]);
    expect(await actions()).toEqual(["ListChatGroup", "ListChatGroupParticipants"]);

    project.roster("ops", "A", { [ANA]: "Ana", "6281100009999": "Citra" }, { inviteLink: "open" });
    await project.control("groups/A/join", { number: STRANGER });
    const { groups } = await jsonOf(plan);
    expect(groups).toMatchObject([{ link: "renew", linkReason: `${STRANGER} came by it, declared by nobody` }]);
    expect(groups[0]?.awaiting).toEqual([{ number: "6281100009999", name: "Citra" }]);
  });

  test("plan: too many new groups, a subject that is there already, groups that can't be listed: 6", async () => {
    await start({ subject: "Group A" });
    project.ownRoster("twin", { subject: "Group A" }, { [ANA]: "Ana" });
    expect(await jsonOf(plan)).toMatchObject({
      code: 6,
      groups: [
        { group: "A", refusals: [] },
        { group: null, refusals: [{ rule: "ambiguous-group" }] },
      ],
      summary: { newGroups: 0, refusals: 1 },
    });
    project.ownRoster("twin", { subject: "Another" }, { [ANA]: "Ana" });
    project.settings({ maxNewGroupsPerRun: 0 });
    const { code, out } = await plan();
    expect([code, out]).toEqual([
      6,
      expect.stringContaining("Groups to make, but the run is refused (1)\n  twin  Another"),
    ]);
    project.settings({});
    await project.control("faults", { action: "ListChatGroup", fault: "internal-error", times: 99 });
    await project.control("groups/A/join", { number: STRANGER });
    expect(await jsonOf(plan)).toMatchObject({
      code: 6,
      groups: [
        { removals: [{ number: STRANGER }], refusals: [{ rule: "groups-not-listed" }] },
        { group: null, refusals: [{ rule: "groups-not-listed" }] },
      ],
      summary: { newGroups: 0, removals: 1, refusals: 2 },
    });
  });

  test("masked: what happens to links is told without a link or a number", async () => {
    await start({ inviteLink: "open" });
    project.settings({ display: "masked", maskKey: "key" });
    project.ownRoster("new", { subject: "Brand new", inviteLink: "while-awaited" }, { [ANA]: "Ana" });
    await project.control("groups/A/join", { number: STRANGER });
    for (const run of [plan, drift])
      for (const format of ["text", "json", "markdown"]) {
        const { out } = await run("--format", format);
        expect(out).toContain("came by it, declared by nobody");
        expect(out).not.toMatch(/\d{7}|https|chat\.whatsapp/);
      }
  });

  test("a group that an earlier run made is known by the state, whatever it is called now", async () => {
    await start();
    project.ownRoster("ops", { subject: "Ops" }, TEAM);
    project.last({ ops: { group: "A", members: TEAM } }, { ops: { subject: "Group A", group: "A" } });
    expect((await jsonOf(plan)).groups).toMatchObject([
      { name: "ops", group: "A", set: { subject: { from: "Group A", to: "Ops" } } },
    ]);
  });

  test("drift: a link that is missing or should be closed, another subject, a group that is not there: 5", async () => {
    await start({ subject: "Group A", inviteLink: "open" });
    expect(await jsonOf(drift)).toMatchObject({ code: 0, summary: { newGroups: 0, changes: 0, links: 0 } });
    project.roster("ops", "A", TEAM, { inviteLink: "while-awaited" });
    expect(await jsonOf(drift)).toMatchObject({ code: 5, groups: [{ link: "close" }], summary: { links: 1 } });
    project.roster("ops", "A", TEAM, { subject: "Ops" });
    expect(await jsonOf(drift)).toMatchObject({
      code: 5,
      groups: [{ set: { subject: { from: "Group A", to: "Ops" } } }],
      summary: { changes: 1 },
    });
    expect((await drift()).out).toBe(
      'Stack dev: 1 group to change; 1 group\n\nGroups to change (1)\n  ops  subject  "Group A" → "Ops"\n',
    );
    project.roster("ops", "A", TEAM);
    project.write({ "stacks/dev/new.yaml": "subject: Brand new\nallowEmpty: true\nmembers: []\n" });
    expect(await jsonOf(drift)).toMatchObject({ code: 5, groups: [{ group: null, create: true }, {}] });
  });

  test("drift: no link where there should always be one: 5", async () => {
    project = await LiveProject.start({ A: [ANA, BUDI] }, { A: { inviteLink: null } });
    project.roster("ops", "A", TEAM, { inviteLink: "open" });
    project.last({ ops: { group: "A", members: TEAM } });
    expect(await jsonOf(drift)).toMatchObject({
      code: 5,
      groups: [{ link: "make", linkReason: "there is none" }],
      summary: { links: 1 },
    });
    expect((await drift()).out).toBe("Stack dev: 1 link to make; 1 group\n\nLinks (1)\n  ops  make  there is none\n");
    project.roster("ops", "A", TEAM);
    expect((await jsonOf(drift)).code).toBe(0);
  });
});
