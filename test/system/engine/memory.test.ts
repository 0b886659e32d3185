import { passed } from "../../runs";
import { World } from "./world";

const [ANA, BUDI, CITRA, DEWI] = ["628110000001", "628110000002", "628110000003", "628110000004"] as const;
const STRANGERS = ["6591234567", "6591234589"] as const;
const FOUR = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra", [DEWI]: "Dewi" };

/** Four declared people, all there; then three leave and two strangers come: a listing that is held. */
describe("what the last look saw", () => {
  let world: World;
  afterEach(() => world.stop());

  async function suspicious(settings: Record<string, unknown> = {}): Promise<void> {
    world = await World.start({ EA1: [ANA, BUDI, CITRA, DEWI] }, settings);
    world.roster("ops", "EA1", FOUR);
    passed(await world.up());
    for (const number of [BUDI, CITRA, DEWI]) await world.leave("EA1", number);
    for (const number of STRANGERS) await world.join("EA1", number);
  }

  async function isHeld(...args: string[]): Promise<void> {
    const up = await world.up(...args);
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[suspicious-listing\] ops \(EA1\): the listing lacks 3 people/);
    expect(await world.askedFor()).toEqual([]);
  }

  test("is not weakened by `up --refresh`, given again and again", async () => {
    await suspicious();
    for (let i = 0; i < 3; i++) await isHeld("--refresh");
  });

  test("is not weakened by `pulumi refresh`, with the program or without, between two runs", async () => {
    await suspicious();
    await isHeld();
    passed(await world.pulumi(["refresh", "--stack", "test", "--yes"]));
    await isHeld();
    await world.pulumi(["refresh", "--stack", "test", "--yes", "--run-program"]);
    await isHeld();
  });

  test("is not weakened by `options: refresh: always`", async () => {
    await suspicious();
    world.write("Pulumi.yaml", `${world.read("Pulumi.yaml")}options:\n  refresh: always\n`);
    for (let i = 0; i < 2; i++) await isHeld();
  });

  test("is not weakened by `up --replace`, nor by a target", async () => {
    await suspicious();
    const urn = (await world.state()).resources[0]?.urn ?? "";
    expect((await world.up("--replace", urn)).code).not.toBe(0);
    await isHeld("--target", urn);
    await isHeld();
  });

  test.each([
    ["full", "masked"],
    ["masked", "full"],
  ])("outlives a change of display from %s to %s", async (before, after) => {
    await suspicious({ display: before, maskKey: "key" });
    world.configure({ display: after });
    for (let i = 0; i < 2; i++) await isHeld();
  });

  test("outlives a change of the key of masked numbers", async () => {
    await suspicious({ display: "masked", maskKey: "key" });
    world.configure({ maskKey: "another key" });
    for (let i = 0; i < 2; i++) await isHeld();
  });
});
