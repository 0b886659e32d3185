import { planCommand } from "../../src/cli/plan";
import { LiveProject } from "./live-project";

const [ANA, BUDI, CITRA, STRANGER] = ["628110000001", "628110000002", "628110000003", "6591234567"];
const TEAM = { [ANA]: "Ana", [BUDI]: "Budi" };

interface Json {
  groups: Record<"removals" | "held" | "awaiting" | "left" | "spared" | "refusals", unknown[]>[];
  refusals: { rule: string; message: string }[];
  summary: Record<string, number>;
}

describe("rollcall plan", () => {
  let project: LiveProject;
  afterEach(() => project.stop());

  const plan = (...args: string[]) => project.run(planCommand, "plan", ...args);
  const json = async (...args: string[]) => {
    const { code, out } = await plan("--format", "json", ...args);
    return { code, ...(JSON.parse(out) as Json) };
  };
  /** A group that the last run left with Ana and Budi. */
  async function adopted(participants: readonly string[] = [ANA, BUDI]): Promise<void> {
    project = await LiveProject.start({ A: participants });
    project.roster("ops", "A", TEAM);
    project.last({ ops: { group: "A", members: TEAM } });
  }

  test("nothing to do: 0, one line, one listing, and no other call", async () => {
    await adopted();
    const { code, out, err } = await plan();
    expect([code, out, err]).toEqual([0, "Stack dev: nobody is to be removed; 1 group\n", ""]);
    expect((await project.calls()).map(({ action }) => action)).toEqual(["ListChatGroupParticipants"]);
  });

  test("json: the contract's, alone on stdout; 4 with removals", async () => {
    await adopted([ANA, BUDI, STRANGER]);
    project.roster("ops", "A", { [ANA]: "Ana", [CITRA]: "Citra" });
    const { code, ...found } = await json();
    expect(code).toBe(4);
    expect(found).toEqual({
      groups: [
        {
          name: "ops",
          group: "A",
          removals: [
            { number: BUDI, name: "Budi", reason: "dropped from roster" },
            { number: STRANGER, name: "", reason: "never declared" },
          ],
          awaiting: [{ number: CITRA, name: "Citra", inviteLink: expect.stringMatching(/^https:/) as string }],
          left: [],
          spared: [],
          unidentified: 0,
          refusals: [],
        },
      ],
      refusals: [],
      summary: {
        ...{ groups: 1, removals: 2, awaiting: 1, left: 0, spared: 0, refusals: 0 },
        ...{ newGroups: 0, links: 0, invitations: 0 },
      },
    });
    expect((await project.calls()).filter(({ action }) => action.startsWith("Delete"))).toEqual([]);
  });

  test("text: who the rosters let go apart from who joined, awaited people with the link", async () => {
    await adopted([ANA, BUDI, STRANGER]);
    project.roster("ops", "A", { [ANA]: "Ana", [CITRA]: "Citra" });
    const { out } = await plan();
    expect(out.replace(/https:\S+/, "LINK")).toBe(`Stack dev: 2 people to remove, 1 awaiting; 1 group

To remove: not in the rosters any more (1)
  ops  ${BUDI}  Budi  dropped from roster

To remove: joined without being declared (1)
  ops  ${STRANGER}    never declared

Awaiting: declared, and to join by the invite link (1)
  ops  ${CITRA}  Citra  LINK
`);
  });

  test("a held group: nobody goes, 6, and who would have gone is told apart", async () => {
    await adopted([ANA, BUDI, CITRA]);
    project.roster("ops", "A", TEAM, { maxRemovals: 0 });
    const { code, groups, summary } = await json();
    expect([code, groups[0]?.removals, summary]).toMatchObject([6, [], { removals: 0, refusals: 1 }]);
    expect(groups[0]?.held).toEqual([{ number: CITRA, name: "", reason: "never declared" }]);
    expect(groups[0]?.refusals).toMatchObject([{ rule: "max-removals-per-group" }]);
    const { out } = await plan();
    expect(out).toContain("set maxRemovals: 1 in stacks/dev/ops.yaml");
    expect(out).toContain(`Held by a guard: nobody of these goes (1)\n  ops  ${CITRA}    never declared`);
  });

  test("a refused run: 6 wins over 4", async () => {
    await adopted([ANA, BUDI, CITRA]);
    project.settings({ maxRemovalsPerRun: 0 });
    const { code, refusals, groups, summary } = await json();
    expect(code).toBe(6);
    expect(refusals).toMatchObject([{ rule: "max-removals-per-run" }]);
    expect([groups[0]?.refusals, summary.refusals, summary.removals]).toEqual([[], 1, 1]);
    expect((await plan()).out).toContain("Would go, but the run is refused: joined without being declared (1)");
  });

  test("a group that can't be listed is held, and the others are planned", async () => {
    await adopted();
    project.roster("gone", "B", { [ANA]: "Ana" });
    const { code, groups } = await json();
    expect([code, groups.map(({ refusals }) => refusals.length)]).toEqual([6, [1, 0]]);
    expect(groups[0]?.refusals).toMatchObject([{ rule: "unknown-group" }]);
  });

  test("without the state nobody knows who was there, so nobody goes, and the output says so: 6", async () => {
    await adopted([ANA, BUDI, STRANGER]);
    project.pulumi({});
    const { code, out, err } = await plan();
    expect(code).toBe(6);
    for (const text of [out, err]) expect(text).toContain("could not be read");
    expect((await json()).groups[0]).toMatchObject({ removals: [], refusals: [{ rule: "unknown-memory" }] });
  });

  test("without the state a group in which nobody would go is no refusal: 0", async () => {
    await adopted([ANA, BUDI]);
    project.pulumi({});
    expect(await json()).toMatchObject({ code: 0, groups: [{ left: [], refusals: [] }] });
  });

  test("somebody left, and somebody unknown came: perhaps one person with a new number, 6", async () => {
    await adopted([ANA, STRANGER]);
    const { code, groups } = await json();
    expect([code, groups[0]?.refusals]).toMatchObject([6, [{ rule: "number-change" }]]);
  });

  test("with a state that does not have the group it is adopted: everybody is spared, 0", async () => {
    await adopted([ANA, BUDI, STRANGER]);
    project.last({});
    const { code, groups } = await json();
    expect([code, groups[0]?.spared]).toEqual([0, [{ number: STRANGER, name: "", because: "adoption" }]]);
  });

  test("masked: no number, no name of the link, no listing of groups", async () => {
    await adopted([ANA, STRANGER]);
    project.settings({ display: "masked", maskKey: "key" });
    project.last({});
    for (const format of ["text", "json", "markdown"]) {
      const { out } = await plan("--format", format);
      expect(out).not.toMatch(/\d{7}|https/);
      expect(out).toMatch(/6281••••••02(~|&#126;)[0-9a-f]{8}/);
    }
    expect((await project.calls()).map(({ action }) => action)).not.toContain("ListChatGroup");
  });

  test("whoever left is known, whatever display was when the state was written", async () => {
    await adopted([ANA]);
    expect((await json()).groups[0]?.left).toHaveLength(1);
    project.settings({ display: "masked", maskKey: "key" });
    const { out, err } = await plan("--format", "json");
    const { groups } = JSON.parse(out) as Json;
    expect(groups[0]).toMatchObject({ left: [{ name: "Budi" }], awaiting: [] });
    expect([out, err].join()).not.toMatch(/\d{7}/);
  });

  test("whoever was removed before is awaited without the link, which does not let them in", async () => {
    await adopted([ANA]);
    project.last({ ops: { group: "A", members: TEAM, absent: [BUDI], removed: [BUDI] } });
    const { groups } = await json();
    expect(groups[0]?.awaiting).toEqual([{ number: BUDI, name: "Budi", removedBefore: true }]);
    const { out } = await plan();
    expect(out).toContain("removed from this group before");
  });

  test("links that can't be had are no failure", async () => {
    await adopted([ANA]);
    project.last({ ops: { group: "A", members: TEAM, absent: [BUDI] } });
    await project.control("faults", { action: "ListChatGroup", fault: "forbidden-ram" });
    const { code, out, err } = await plan();
    expect([code, out]).toEqual([0, expect.stringContaining(`ops  ${BUDI}  Budi\n`)]);
    expect(err).toMatch(/warning: the invite links can't be shown\. .*cams:ListChatGroup/);
  });

  test.each([
    ["wrong settings", () => project.settings({ callsPerSecond: "many" }), 2, "rollcall:callsPerSecond"],
    [
      "a misspelt namespace",
      () => project.write({ "stacks/Pulumi.dev.yaml": "config:\n  rolcall:protect: []\n  rollcall:display: x\n" }),
      2,
      /rolcall:protect is no setting.*\n.*rollcall:display is "x"/,
    ],
    [
      "a misspelt namespace that an environment brings",
      () => {
        project.write({ "stacks/Pulumi.dev.yaml": "environment: [all]\nconfig: {}\n" });
        project.pulumi({ "config --show-secrets": { "rolcall:protect": { value: "[]" } } });
      },
      2,
      /wrong settings of stack dev:\n {2}rolcall:protect is no setting/,
    ],
    [
      "masked without a key",
      () => {
        project.settings({ display: "masked" });
        process.env.ALIBABA_CLOUD_SECURITY_TOKEN = "of a session, whose secret is another one every time";
      },
      2,
      "rollcall:maskKey",
    ],
    ["settings that are no YAML", () => project.write({ "stacks/Pulumi.dev.yaml": "config: {" }), 2, "not YAML"],
    ["broken rosters", () => project.write({ "stacks/dev/ops.yaml": "group: A\n" }), 3, "missing-key"],
    [
      "a secret that can't be read",
      () => project.settings({ maskKey: { secure: "v1:x" } }),
      2,
      "rollcall:maskKey is a secret",
    ],
    ["wrong credentials", () => (process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET = "wrong"), 1, "Check the credentials"],
    [
      "nobody there",
      () => project.settings({ endpoint: "http://127.0.0.1:1", callsPerSecond: 1000 }),
      1,
      "unreachable",
    ],
  ])("%s", async (_, arrange, expected, said) => {
    await adopted();
    delete process.env.PULUMI_CONFIG_PASSPHRASE;
    arrange();
    const { code, out, err } = await plan("--format", "json");
    expect([code, out]).toEqual([expected, ""]);
    expect(err).toMatch(said);
  });

  test("settings come from Pulumi.yaml too, the stack's own win, and a secret is asked for", async () => {
    await adopted([ANA, STRANGER]);
    project.write({
      "Pulumi.yaml":
        "name: rollcall\nruntime: nodejs\nconfig:\n  rollcall:display: { type: string, default: masked }\n  undeclared: report\n  rollcall:maxRemovalsPerGroup: { value: 7 }\n",
    });
    project.settings({ maskKey: { secure: "v1:x" } });
    project.pulumi({ config: { "rollcall:maskKey": { value: "key", secret: true } } });
    const { groups } = await json();
    expect(groups[0]?.spared).toMatchObject([{ number: expect.stringContaining("•") as string, because: "report" }]);
  });

  test("the stack: the one named, else the selected, else the only one, else none", async () => {
    await adopted();
    project.write({ "stacks/Pulumi.prod.yaml": "config: {}\n" });
    const none = await plan();
    expect([none.code, none.err]).toEqual([
      2,
      "error: no stack is selected, and there are several in stacks/: dev, prod; name one with --stack\n",
    ]);
    project.pulumi({ "stack --show-name": "dev\n" });
    expect((await plan()).out).toMatch(/^Stack dev: /);
    expect((await plan("--stack", "acme/rollcall/dev")).out).toMatch(/^Stack dev: /);
    expect((await plan("--stack", "nope")).code).toBe(2);
  });
});
