import { passed } from "../../runs";
import { World } from "./world";

const ANA = "628110000001";
const BUDI = "628110000002";
const STRANGER = "6591234567";

describe("what never removes anybody", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA] });
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
    world.roster("sales", "EA2", { [ANA]: "Ana" });
    passed(await world.up());
    await world.forgetCalls();
  });
  afterEach(async () => {
    expect((await world.calls()).filter(({ action }) => !action.startsWith("List"))).toEqual([]);
    await world.stop();
  });

  test("preview", async () => {
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    expect((await world.preview()).out).toMatch(/1 to update/);
  });

  test("refresh, which names who joined and who left", async () => {
    await world.join("EA1", STRANGER);
    await world.leave("EA1", BUDI);
    const refresh = await world.pulumi(["refresh", "--stack", "test", "--yes", "--diff"]);
    passed(refresh);
    expect(refresh.out).toMatch(new RegExp(`\\+ ${STRANGER}\\s*: "joined"`));
    expect(refresh.out).toMatch(new RegExp(`\\+ ${BUDI}\\s*: "left"`));
    // The inputs, with the memory of the last look, are as they were.
    const { resources } = await world.state();
    expect(resources.find(({ inputs }) => inputs.group === "EA1")?.inputs).toMatchObject({
      members: { [ANA]: "Ana", [BUDI]: "Budi" },
      lastLook: {},
    });
    // The next preview knows who left and who came since, and holds what may be a change of number.
    expect((await world.preview()).out).toMatch(
      /1 left.*\n[^]*\[number-change\] ops \(EA1\).*Budi.*left and 6591234567 came/,
    );
  });

  test("a refresh that can't compare a group says so, and leaves the state as it was", async () => {
    const before = (await world.state()).resources;
    await world.fault({ action: "ListChatGroupParticipants", fault: "total-more", times: 100 });
    const refresh = await world.pulumi(["refresh", "--stack", "test", "--yes"]);
    passed(refresh);
    expect(refresh.out).toMatch(/warning: EA1: not compared: .*not provably whole/);
    expect((await world.state()).resources.map(({ outputs }) => outputs)).toEqual(before.map(({ outputs }) => outputs));
  });

  test("deleting a roster", async () => {
    world.delete("stacks/test/ops.yaml");
    const up = await world.up();
    passed(up);
    expect(up.out).toMatch(/1 deleted/);
    expect(await world.participants("EA1")).toEqual([ANA, BUDI]);
  });

  test("destroying the stack", async () => {
    const destroy = await world.pulumi(["destroy", "--stack", "test", "--yes"]);
    passed(destroy);
    expect(destroy.out).toMatch(/3 deleted/);
    expect(await world.participants("EA1")).toEqual([ANA, BUDI]);
  });

  test("renaming a roster, which is the same group under another name and is not adopted again", async () => {
    world.delete("stacks/test/ops.yaml");
    world.roster("jakarta/operations", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
    const up = await world.up();
    passed(up);
    expect(up.out).not.toMatch(/created|deleted|replaced/);
    expect((await world.state()).resources.map(({ urn }) => urn.split("::").pop()).sort()).toEqual([
      "jakarta/operations",
      "sales",
    ]);
    await world.join("EA1", STRANGER);
    expect((await world.preview("--diff")).out).toContain(`${STRANGER}: "never declared"`);
  });

  test("swapping the groups of two rosters, which is refused: whose people are meant can't be told", async () => {
    world.roster("ops", "EA2", { [ANA]: "Ana" });
    world.roster("sales", "EA1", { [ANA]: "Ana" });
    passed(await world.preview());
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[belongs-elsewhere\] ops \(EA2\): the group belongs to the resource sales/);
    expect(up.out).toMatch(/\[belongs-elsewhere\] sales \(EA1\): the group belongs to the resource ops/);
    expect((await world.state()).resources.map(({ inputs }) => inputs.group).sort()).toEqual(["EA1", "EA2"]);
  });
});
