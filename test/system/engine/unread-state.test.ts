import { join } from "node:path";
import { passed } from "../../runs";
import { NO_EXPORT, World } from "./world";

const people = (count: number, from = 628110000001): string[] =>
  Array.from({ length: count }, (_, i) => String(from + i));
const named = (numbers: readonly string[]) =>
  Object.fromEntries(numbers.map((number) => [number, `N${number.slice(-2)}`]));

describe("when the state can't be read within the run", () => {
  let world: World;
  let unread: NodeJS.ProcessEnv;
  beforeAll(async () => {
    world = await World.start({
      EA1: people(3),
      EA2: people(3, 628120000001),
      EA3: people(2, 628130000001),
      EA4: people(2, 628140000001),
    });
    world.roster("ea1", "EA1", named(people(3)));
    world.roster("ea2", "EA2", named(people(3, 628120000001)));
    passed(await world.up());
    world.write("no-export.cjs", NO_EXPORT);
    unread = { NODE_OPTIONS: `--require ${join(world.dir, "no-export.cjs")}` };

    // One group that removes, one that a guard holds, one that is new and held, and one that is new.
    world.roster("ea1", "EA1", named(people(2)));
    world.roster("ea2", "EA2", {});
    world.roster("held", "EA3", {});
    world.roster("new", "EA4", named(people(1, 628140000001)));
    await world.forgetCalls();
  });
  afterAll(() => world.stop());

  const members = async () => {
    const { resources } = await world.state();
    return Object.fromEntries(resources.map(({ inputs }) => [String(inputs.group), inputs.members]));
  };

  test("a preview warns, names who would go and why nobody does, and shows no deletion", async () => {
    const preview = passed(await world.pulumi(["preview", "--stack", "test"], unread));
    expect(preview.out).toMatch(/state could not be read/);
    expect(preview.out).toMatch(/\[unknown-memory\] ea1 \(EA1\): 1 removal \(628110000003\)/);
    expect(preview.out).toMatch(/\[unknown-memory\] new \(EA4\): 1 removal/);
    expect(preview.out).toMatch(/\[empty-roster\] ea2 \(EA2\)/);
    expect(preview.out).toMatch(/\[empty-roster\] held \(EA3\)/);
    expect(preview.out).not.toMatch(/to delete|\bdelete\b/);
  });

  test("nobody is removed from any group, all stay as they are, and the run is red", async () => {
    const before = await members();
    const up = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], unread);
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[unknown-memory\] ea1 \(EA1\).*pulumi stack export/);
    expect(up.out).toMatch(/\[empty-roster\] ea2 \(EA2\)/);
    expect(await world.askedFor()).toEqual([]);
    expect(await members()).toEqual(before);
  });

  test("what is known of the groups is not lost by it", async () => {
    world.roster("ea2", "EA2", named(people(2, 628120000001)));
    world.roster("held", "EA3", named(people(2, 628130000001)));
    await world.forgetCalls();
    const up = passed(await world.up());
    expect(up.out).toMatch(/ea1\s+628110000003\s+N03\s+dropped from roster/);
    expect(up.out).toMatch(/ea2\s+628120000003\s+N03\s+dropped from roster/);
    expect(up.out).toMatch(/new\s+628140000002\s+undeclared, spared by adoption/);
    expect(await world.askedFor()).toEqual(["628110000003", "628120000003"]);
  });

  test("a listing that lost most of the group is held, and is held again once the state is there", async () => {
    for (const number of people(2)) await world.leave("EA1", number);
    world.roster("ea1", "EA1", named(people(2)));
    await world.join("EA1", "6591234567");
    await world.forgetCalls();
    const blind = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], unread);
    expect(blind.code).not.toBe(0);
    expect(blind.out).toMatch(/\[unknown-memory\] ea1/);
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/\[number-change\] ea1/);
    expect(await world.participants("EA1")).toEqual(["6591234567"]);
  });
});
