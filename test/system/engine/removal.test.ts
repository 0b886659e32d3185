import { passed } from "../../runs";
import { ACCOUNT, World } from "./world";

const ANA = "628110000001";
const BUDI = "628110000002";
const CITRA = "628110000003";
const STRANGER = "6591234567";

describe("removal on the real engine", () => {
  let world: World;
  afterEach(() => world.stop());

  /** A world whose groups are adopted, with everybody declared who is there. */
  async function adopted(settings: Record<string, unknown> = {}): Promise<World> {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA, CITRA] }, settings);
    world.roster("jakarta/ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
    world.roster("sales", "EA2", { [ANA]: "Ana", [CITRA]: "Citra" });
    passed(await world.up());
    await world.forgetCalls();
    return world;
  }

  test("adoption spares and reports whoever is undeclared, and the second run removes them", async () => {
    world = await World.start({ EA1: [ANA, STRANGER] });
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    const first = await world.up();
    passed(first);
    expect(first.out).toMatch(new RegExp(`ops\\s+${STRANGER}\\s+undeclared, spared by adoption`));
    expect(await world.askedFor()).toEqual([]);
    expect(await world.outputs()).toMatchObject({
      summary: { groups: 1, spared: 1, removals: 0 },
      spared: { ops: { [STRANGER]: "adoption" } },
    });

    const second = await world.up();
    passed(second);
    expect(await world.askedFor()).toEqual([STRANGER]);
    expect(await world.participants("EA1")).toEqual([ANA]);
  });

  test("onAdopt: remove removes in the first run", async () => {
    world = await World.start({ EA1: [ANA, STRANGER] }, { onAdopt: "remove" });
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    const preview = await world.preview("--diff");
    expect(preview.out).toContain(`${STRANGER}: "never declared"`);
    expect(await world.askedFor()).toEqual([]);
    passed(await world.up());
    expect(await world.participants("EA1")).toEqual([ANA]);
  });

  test("with nothing to do nothing changes, run after run, at one listing per group and phase", async () => {
    await adopted();
    for (const _ of [1, 2]) {
      await world.forgetCalls();
      const run = await world.up();
      passed(run);
      expect(run.out).toMatch(/3 unchanged/);
      expect((await world.calls()).map(({ action, groupId }) => `${action} ${groupId}`).sort()).toEqual([
        "ListChatGroupParticipants EA1",
        "ListChatGroupParticipants EA2",
      ]);
    }
    const preview = await world.preview("--expect-no-changes");
    passed(preview);
  });

  test("a dropped person is named by the preview, removed by up, and the next run changes nothing", async () => {
    await adopted();
    const before = await world.state();
    world.roster("jakarta/ops", "EA1", { [ANA]: "Ana" });
    const preview = await world.preview("--diff");
    passed(preview);
    expect(preview.out).toMatch(new RegExp(`\\+ removals\\s*: \\{\\s+\\+ ${BUDI}: "dropped from roster"`));
    expect(await world.askedFor()).toEqual([]);
    expect((await world.state()).text).toBe(before.text);

    const up = await world.up();
    passed(up);
    expect(up.out).toMatch(/1 updated/);
    expect(await world.askedFor()).toEqual([BUDI]);
    expect(await world.participants("EA1")).toEqual([ANA]);
    expect(await world.participants("EA2")).toEqual([ANA, CITRA]);
    // The roll call, one more look, one delete, one look that confirms it.
    expect((await world.calls()).filter(({ groupId }) => groupId === "EA1").map(({ action }) => action)).toEqual([
      "ListChatGroupParticipants",
      "ListChatGroupParticipants",
      "ListChatGroupParticipants",
      "DeleteChatGroupParticipants",
      "ListChatGroupParticipants",
    ]);

    const next = await world.up();
    expect(next.out).toMatch(/3 unchanged/);
    expect(await world.askedFor()).toEqual([BUDI]);
  });

  test("a stranger who joined by the link is removed as never declared", async () => {
    await adopted();
    await world.join("EA1", STRANGER);
    const preview = await world.preview("--json");
    const steps = (
      JSON.parse(preview.stdout) as { steps: { urn: string; newState?: { inputs: Record<string, unknown> } }[] }
    ).steps;
    const inputs = steps.find(({ urn }) => urn.endsWith("::jakarta/ops"))?.newState?.inputs;
    const { __provider: _, ...shown } = inputs ?? {};
    expect(shown).toEqual({
      group: "EA1",
      ...ACCOUNT,
      members: { [ANA]: "Ana", [BUDI]: "Budi" },
      removals: { [STRANGER]: "never declared" },
      // What is remembered of a look is not known before `up`.
      lastLook: expect.any(String) as unknown,
    });
    passed(await world.up());
    expect(await world.participants("EA1")).toEqual([ANA, BUDI]);
  });

  test("protected numbers stay, whoever protects them, and are reported", async () => {
    await adopted({ protect: [`+${STRANGER}`] });
    await world.join("EA1", STRANGER);
    await world.join("EA1", "6591230000");
    world.roster("jakarta/ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" }, { protect: ["+65 9123 0000"] });
    const run = await world.up();
    passed(run);
    expect(await world.askedFor()).toEqual([]);
    expect((await world.outputs()).spared).toEqual({
      "jakarta/ops": { [STRANGER]: "protect", "6591230000": "protect" },
    });
  });

  test("a group that only reports removes nobody", async () => {
    await adopted();
    await world.join("EA1", STRANGER);
    world.roster("jakarta/ops", "EA1", { [ANA]: "Ana" }, { undeclared: "report" });
    passed(await world.up());
    expect(await world.askedFor()).toEqual([]);
    expect((await world.outputs()).spared).toEqual({ "jakarta/ops": { [BUDI]: "report", [STRANGER]: "report" } });
  });

  test("who is awaited and who left are told apart, and neither is an error", async () => {
    await adopted();
    world.roster("sales", "EA2", { [ANA]: "Ana", [CITRA]: "Citra", "628110000009": "Dewi" });
    await world.leave("EA2", CITRA);
    const run = await world.up();
    passed(run);
    expect(run.out).toMatch(new RegExp(`left on their own\\n\\s+sales\\s+${CITRA}\\s+Citra`));
    expect(run.out).toMatch(/awaiting, to join by the invite link\n\s+sales\s+628110000009\s+Dewi/);
    expect(await world.outputs()).toMatchObject({
      summary: { awaiting: 1, left: 1 },
      awaiting: { sales: { "628110000009": "Dewi" } },
      left: { sales: { [CITRA]: "Citra" } },
    });
    expect(await world.askedFor()).toEqual([]);
  });

  test("a saved plan binds: somebody else would go, so nobody goes", async () => {
    await adopted();
    world.roster("jakarta/ops", "EA1", { [ANA]: "Ana" });
    passed(await world.preview("--save-plan", "plan.json"));
    await world.join("EA1", STRANGER);
    const refused = await world.up("--plan", "plan.json");
    expect(refused.code).not.toBe(0);
    expect(refused.out).toMatch(/violates plan/);
    expect(await world.askedFor()).toEqual([]);

    await world.leave("EA1", STRANGER);
    // A declared person who moves meanwhile is no reason to refuse.
    await world.leave("EA2", CITRA);
    const bound = await world.up("--plan", "plan.json");
    expect(bound.out).not.toMatch(/violates plan/);
    passed(bound);
    expect(await world.askedFor()).toEqual([BUDI]);
  });

  test("masked display keeps numbers out of previews, logs, state and plans, and still binds", async () => {
    await adopted({ display: "masked" });
    world.roster("jakarta/ops", "EA1", { [ANA]: "Ana" });
    await world.join("EA1", STRANGER);
    const runs = [await world.preview("--diff", "--save-plan", "plan.json"), await world.up("--plan", "plan.json")];
    for (const run of runs) {
      passed(run);
      expect(run.out).toMatch(/6281••••••02~[0-9a-f]{8}/);
    }
    expect(await world.askedFor()).toEqual([BUDI, STRANGER].sort());
    await world.pulumi(["refresh", "--yes", "--stack", "test"]);
    const { text } = await world.state();
    for (const number of [ANA, BUDI, CITRA, STRANGER]) {
      for (const run of runs) expect(run.out).not.toContain(number);
      expect(text).not.toContain(number);
    }
    await world.forgetCalls();
    expect((await world.up()).out).toMatch(/unchanged/);
    expect(await world.askedFor()).toEqual([]);
  });

  test("the audit log tells each attempt before and after it", async () => {
    await adopted({ auditLog: "logs/audit.jsonl" });
    world.roster("jakarta/ops", "EA1", { [ANA]: "Ana" });
    passed(await world.up());
    const lines = world
      .read("logs/audit.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const person = { number: BUDI, name: "Budi", reason: "dropped from roster", group: "EA1", roster: "jakarta/ops" };
    expect(lines).toEqual([
      { at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown, event: "attempt", ...person },
      expect.objectContaining({ event: "answer", outcome: "accepted", ...person }) as unknown,
      expect.objectContaining({ event: "outcome", outcome: "removed", ...person }) as unknown,
    ]);
  });
});
