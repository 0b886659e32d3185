import { passed } from "../../runs";
import { World } from "./world";

const [ANA, BUDI, CITRA, STRANGER] = ["628110000001", "628110000002", "628110000003", "6591234567"];

interface Plan {
  groups: { name: string; removals: { number: string; reason: string }[] }[];
}

interface Preview {
  steps: { urn: string; newState?: { inputs?: { removals?: Record<string, string> } } }[];
}

describe("rollcall plan", () => {
  let world: World;
  afterEach(() => world.stop());

  test("names exactly those whom the preview puts into removals, and writes nothing", async () => {
    world = await World.start({ A: [ANA, BUDI], B: [ANA, CITRA], C: [BUDI] });
    world.roster("a", "A", { [ANA]: "Ana", [BUDI]: "Budi" });
    world.roster("b", "B", { [ANA]: "Ana", [CITRA]: "Citra" });
    passed(await world.up());
    const { text: before } = await world.state();
    world.roster("a", "A", { [ANA]: "Ana" });
    world.roster("b", "B", { [ANA]: "Ana" }, { maxRemovals: 0 });
    world.roster("c", "C", { [ANA]: "Ana" });
    await world.join("A", STRANGER);

    const plan = await world.rollcall("plan", "--format", "json");
    expect(plan.code).toBe(6);
    const preview = JSON.parse((await world.preview("--json")).stdout) as Preview;
    const previewed = preview.steps.flatMap(({ urn, newState }) => {
      const removals = newState?.inputs?.removals;
      return removals === undefined ? [] : [[urn.split("::").at(-1), removals]];
    });
    const planned = (JSON.parse(plan.stdout) as Plan).groups
      .filter(({ removals }) => removals.length > 0)
      .map(({ name, removals }) => [name, Object.fromEntries(removals.map(({ number, reason }) => [number, reason]))]);
    expect(planned).toEqual([["a", { [BUDI]: "dropped from roster", [STRANGER]: "never declared" }]]);
    expect(planned).toEqual(previewed);
    expect((await world.rollcall("drift", "--format", "json")).code).toBe(6);
    expect((await world.state()).text).toBe(before);
    expect(await world.askedFor()).toEqual([]);
  });
});
