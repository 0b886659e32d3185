import { join } from "node:path";
import { passed, type Run } from "../../runs";
import { NO_EXPORT, World } from "./world";

const ANA = "628110000001";
const BUDI = "628110000002";

describe("a folder without any roster", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA] });
    world.write("stacks/test/README.md", "");
    world.write("no-export.cjs", NO_EXPORT);
  });
  afterAll(() => world.stop());

  const unread = () => ({ NODE_OPTIONS: `--require ${join(world.dir, "no-export.cjs")}` });

  test("is fine for a stack that has no groups yet", async () => {
    expect(passed(await world.up()).out).toMatch(/The folder has no rosters/);
    expect(passed(await world.rollcall("plan", "--stack", "test")).code).toBe(0);
  });

  test("is refused when nobody knows whether the stack has groups", async () => {
    const up = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], unread());
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/there are no rosters in stacks\/test, and the stack's state could not be read/);
  });

  test("is refused once the state knows groups, in every command, before any call, and nothing is forgotten", async () => {
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
    world.roster("jakarta/sales", "EA2", { [ANA]: "Ana" });
    passed(await world.up());
    const { resources } = await world.state();
    world.delete("stacks/test/ops.yaml");
    world.delete("stacks/test/jakarta/sales.yaml");
    await world.forgetCalls();

    const told = /there are no rosters in stacks\/test, and the state knows 2 groups: jakarta\/sales, ops\./;
    const refused = (ended: Run) => {
      expect(ended.code).not.toBe(0);
      expect(ended.out).toMatch(told);
    };
    refused(await world.preview());
    refused(await world.up());
    for (const command of ["plan", "drift"]) {
      const ended = await world.rollcall(command, "--stack", "test");
      expect([command, ended.code]).toEqual([command, 3]);
      expect(ended.out).toMatch(told);
    }
    expect(await world.calls()).toEqual([]);
    refused(await world.up("--refresh"));
    expect((await world.state()).resources.map(({ urn }) => urn)).toEqual(resources.map(({ urn }) => urn));
    expect((await world.rollcall("validate", "--stack", "test")).code).toBe(0);
  });

  test("the rosters that are put back go on where they were; to give all up is `pulumi destroy`", async () => {
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    world.roster("jakarta/sales", "EA2", { [ANA]: "Ana" });
    expect(passed(await world.preview("--diff")).out).toMatch(new RegExp(`${BUDI}: "dropped from roster"`));
    world.delete("stacks/test/ops.yaml");
    world.delete("stacks/test/jakarta/sales.yaml");
    passed(await world.pulumi(["destroy", "--stack", "test", "--yes"]));
    passed(await world.up());
    expect(await world.participants("EA1")).toEqual([ANA, BUDI]);
    expect(await world.askedFor()).toEqual([]);
  });
});
