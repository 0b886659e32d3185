import { execFileSync } from "node:child_process";
import { passed } from "../../runs";
import { World } from "./world";

const [ANA, BUDI] = ["628110000001", "628110000002"];

describe("rosters that are in the commit", () => {
  let world: World;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: world.dir, stdio: "ignore" });
  const names = async () => (await world.state()).resources.map(({ inputs }) => inputs.group).sort();

  beforeAll(async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA, BUDI] });
    world.roster("ops", "EA1", { [ANA]: "Ana", [BUDI]: "Budi" });
    world.roster("jakarta/sales", "EA2", { [ANA]: "Ana", [BUDI]: "Budi" });
    passed(await world.up());
    world.write(".gitignore", "node_modules\nstate\ndist\ntranscript\n*.json\n");
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "x");
  });
  afterAll(() => world.stop());

  test("and that a sparse checkout lacks: up and preview refuse, and what is known stays known", async () => {
    git("sparse-checkout", "set", "--no-cone", "/*", "!jakarta");
    await world.forgetCalls();
    for (const run of [await world.preview(), await world.up()]) {
      expect(run.code).not.toBe(0);
      expect(run.out).toContain("stacks/test/jakarta/sales.yaml");
      expect(run.out).toContain("git sparse-checkout disable");
    }
    expect(await world.calls()).toEqual([]);
    expect(await names()).toEqual(["EA1", "EA2"]);
    git("sparse-checkout", "disable");
  });

  test("until they are deleted there: preview, up, plan and report name the group that they let go", async () => {
    git("rm", "-q", "stacks/test/jakarta/sales.yaml");
    git("commit", "-q", "-m", "give up sales");
    const said = /1 group let go\n\s+let go: [^\n]*\n\s+jakarta\/sales {2}EA2\n/;
    expect(passed(await world.preview()).out).toMatch(said);
    const { stdout } = passed(await world.preview("--json"));
    world.write("preview.json", stdout);
    const report = await world.rollcall("report", "preview.json", "--format", "json");
    expect(JSON.parse(report.stdout)).toMatchObject({ letGo: [{ name: "jakarta/sales", group: "EA2" }] });
    const up = passed(await world.up());
    expect(up.out).toMatch(said);
    expect(up.out).toMatch(/1 deleted/);
    expect(await names()).toEqual(["EA1"]);
    expect(await world.participants("EA2")).toEqual([ANA, BUDI]);
  });
});
