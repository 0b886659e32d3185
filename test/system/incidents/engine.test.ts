import { World } from "../engine/world";
import { passed, type Run } from "../../runs";

const ANA = "628110000001";
const BUDI = "628110000002";
const STRANGER = "6591234567";
const JOINER = "6590000001";
/** Who was removed can't come in by the link again, so somebody else does. */
const ANOTHER = "6592345678";

/** One world from the first run to the last, on the real engine: each incident begins where the one before it ended. */
describe("on the real engine", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ EA1: [ANA, BUDI, STRANGER], EA2: [ANA, BUDI] });
    ops(ANA, BUDI);
    leads(ANA, BUDI);
  });
  beforeEach(() => world.forgetCalls());
  afterAll(() => world.stop());

  const named = (numbers: readonly string[]) =>
    Object.fromEntries(numbers.map((number) => [number, `N${number.slice(-2)}`]));
  const ops = (...numbers: readonly string[]) => world.roster("ops", "EA1", named(numbers));
  const leads = (...numbers: readonly string[]) => world.roster("leads", "EA2", named(numbers));

  function failed(run: Run): Run {
    expect(run.code).not.toBe(0);
    return run;
  }

  async function participantsInState(group: string): Promise<unknown> {
    const { resources } = await world.state();
    return resources.find(({ outputs }) => outputs.group === group)?.outputs.participants;
  }

  test("terraform github_team_members (create): everybody undeclared was removed, unseen by the plan", async () => {
    const run = passed(await world.up());
    expect(run.out).toMatch(new RegExp(`ops\\s+${STRANGER}\\s+undeclared, spared by adoption`));
    expect(await world.askedFor()).toEqual([]);
  });

  test("terraform github_team_members (apply): it listed again and removed people whom nobody reviewed", async () => {
    await world.fault({
      action: "ListChatGroupParticipants",
      groupId: "EA1",
      fault: "join-race",
      value: JOINER,
      times: 1,
    });
    passed(await world.up());
    expect(await world.askedFor()).toEqual([STRANGER]);
    expect(await world.participants("EA1")).toEqual([JOINER, ANA, BUDI].sort());
  });

  test("pulumi/pulumi#21458: after a failed update the wished state was stored, and the next run said all is well", async () => {
    await world.fault({ action: "DeleteChatGroupParticipants", fault: "removal-ignored", times: 1 });
    failed(await world.up());
    expect(await participantsInState("EA1")).toBe([JOINER, ANA, BUDI].sort().join(" "));

    passed(await world.up());
    expect(await world.askedFor()).toEqual([JOINER, JOINER]);
    expect(await world.participants("EA1")).toEqual([ANA, BUDI]);
  });

  test("modelcontextprotocol/access: a dynamic provider wrote inside read(), with the token as an input", async () => {
    await world.join("EA1", ANOTHER);
    leads(ANA);
    const preview = passed(await world.preview("--diff"));
    expect(preview.out).toContain(`${BUDI}: "dropped from roster"`);
    const refresh = passed(await world.pulumi(["refresh", "--stack", "test", "--yes"]));
    const calls = await world.calls();
    expect(new Set(calls.map(({ action }) => action))).toEqual(new Set(["ListChatGroupParticipants"]));
    const { text } = await world.state();
    for (const told of [preview.out, refresh.out, text]) expect(told).not.toContain("rollcall-local");
    await world.leave("EA1", ANOTHER);
    leads(ANA, BUDI);
  });

  test("rust-lang/team#2404: one broken person stopped everybody, be it the run after", async () => {
    ops(ANA);
    await world.fault({ action: "DeleteChatGroupParticipants", fault: "removal-ignored", times: 1 });
    failed(await world.up());

    // Pulumi writes again by itself what failed half-way; now a guard holds that group, and the other one goes on.
    world.roster("ops", "EA1", named([ANA]), { maxRemovals: 0 });
    leads(ANA);
    await world.forgetCalls();
    const run = failed(await world.up());
    expect(run.out).toContain("[max-removals-per-group] ops (EA1)");
    expect(run.out).not.toContain("has not checked");
    expect((await world.calls("DeleteChatGroupParticipants")).map(({ groupId }) => groupId)).toEqual(["EA2"]);
    expect(await world.participants("EA2")).toEqual([ANA]);
    ops(ANA, BUDI);
  });

  test("home-operations/kopiur#265: a delete and recreate of parents cascaded", async () => {
    passed(await world.up());
    await world.join("EA1", ANOTHER);
    const { resources } = await world.state();
    const urn = resources.find(({ inputs }) => inputs.group === "EA1")?.urn ?? "";
    world.roster("ops", "EA1", named([ANA, BUDI]), { undeclared: "report" });
    const replaced = passed(await world.up("--replace", urn));
    expect(replaced.out).toMatch(/1 replaced|\+-1/);
    expect(await world.askedFor()).toEqual([]);
    expect(await world.participants("EA1")).toEqual([ANA, BUDI, ANOTHER]);
  });

  test("terraform github_team_members (delete): deleting the resource emptied the team", async () => {
    passed(await world.pulumi(["destroy", "--stack", "test", "--yes"]));
    expect((await world.calls()).filter(({ action }) => !action.startsWith("List"))).toEqual([]);
    expect(await world.participants("EA1")).toEqual([ANA, BUDI, ANOTHER]);
    expect(await world.participants("EA2")).toEqual([ANA]);
  });
});
