import { execFileSync } from "node:child_process";
import { passed } from "../../runs";
import { World } from "./world";

const [ANA, BUDI, CITRA, STRANGER] = ["628110000001", "628110000002", "628110000003", "6591234567"];
const SINCE = { ROLLCALL_CHANGED_SINCE: "HEAD" };

describe("ROLLCALL_CHANGED_SINCE", () => {
  let world: World;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: world.dir, stdio: "ignore" });
  const listed = async () => (await world.calls("ListChatGroupParticipants")).map(({ groupId }) => groupId).sort();
  const isUp = (...args: string[]) =>
    world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview", ...args], SINCE);

  beforeAll(async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA, BUDI], EA3: [CITRA], EA4: [ANA, BUDI, CITRA] });
    for (const [name, group] of [
      ["ops", "EA1"],
      ["sales", "EA2"],
    ] as const) {
      world.roster(name, group, { [ANA]: "Ana", [BUDI]: "Budi" });
    }
    world.roster("hr", "EA3", { [CITRA]: "Citra", [ANA]: "Ana" });
    passed(await world.up());
    world.write(".gitignore", "node_modules\nstate\ndist\ntranscript\nplan.json\n");
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "x");
    // Found by nobody who looks at changes only.
    await world.join("EA2", STRANGER);
    world.roster("ops", "EA1", { [ANA]: "Ana" });
    await world.forgetCalls();
  });
  afterAll(() => world.stop());

  test("a preview lists only the group that changed, and names who goes", async () => {
    const { out } = passed(
      await world.pulumi(["preview", "--stack", "test", "--diff", "--save-plan", "plan.json"], SINCE),
    );
    expect(await listed()).toEqual(["EA1"]);
    expect(out).toContain("2 of 3 groups were not looked at, since no change since HEAD concerns them");
    expect(out).toMatch(/dropped from roster/);
    expect(out).toMatch(/~ 1 to update\n\s+3 unchanged/);
    expect(out).not.toContain(STRANGER);
  });

  test("the plan saved from it is refused for other rosters, also of groups that it leaves alone", async () => {
    await world.forgetCalls();
    world.roster("sales", "EA2", { [ANA]: "Ana" });
    const up = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview", "--plan", "plan.json"], {
      ...SINCE,
      ROLLCALL_PLAN: "plan.json",
    });
    expect(up.code).not.toBe(0);
    expect(up.out).toMatch(/made of other rosters:\s+sales: declared in the plan, and not now: Budi/);
    expect(await listed()).toEqual([]);
    world.roster("sales", "EA2", { [ANA]: "Ana", [BUDI]: "Budi" });
  });

  test("the plan saved from it removes exactly who was shown, and tells of the others what was known", async () => {
    const before = await world.outputs();
    await world.forgetCalls();
    passed(await isUp("--plan", "plan.json"));
    expect(await world.askedFor()).toEqual([BUDI]);
    expect(new Set(await listed())).toEqual(new Set(["EA1"]));
    expect(await world.participants("EA2")).toContain(STRANGER);
    const nobody = { awaiting: 0, left: 0, spared: 0, unidentified: 0, invitations: 0 };
    const summary = { groups: 1, removals: 1, ...nobody, refusals: 0, newGroups: 0, links: 0 };
    expect(await world.outputs()).toEqual({ ...before, summary });
    expect(before.awaiting).toEqual({ hr: { [ANA]: "Ana" } });
  });

  test("the next run without it looks at all groups, and finds what was passed over", async () => {
    await world.forgetCalls();
    const { out } = passed(await world.preview("--diff"));
    expect(await listed()).toEqual(["EA1", "EA2", "EA3"]);
    expect(out).toContain(STRANGER);
  });

  test("a removal that did not come to its end is taken up again, though nothing changed", async () => {
    await world.fault({ action: "DeleteChatGroupParticipants", groupId: "EA2", fault: "removal-ignored", times: 1 });
    const half = await world.up();
    expect(half.code).not.toBe(0);
    expect(half.out).toMatch(/Not everybody was removed:\n\s*sales/);
    git("commit", "-q", "-a", "-m", "x");
    await world.forgetCalls();
    passed(await isUp());
    expect(new Set(await listed())).toEqual(new Set(["EA2"]));
    expect(await world.participants("EA2")).toEqual([ANA, BUDI]);
  });

  test("a removal while others are left alone is forgotten by the time that the same people are declared", async () => {
    world.roster("leads", "EA4", { [BUDI]: "Budi" });
    passed(await isUp());
    expect((await world.outputs()).spared).toEqual({ leads: { [ANA]: "adoption", [CITRA]: "adoption" } });
    passed(await isUp());
    expect(await world.participants("EA4")).toEqual([BUDI]);
    world.roster("leads", "EA4", { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" });
    passed(await isUp());
    expect(await world.outputs()).toMatchObject({ awaiting: { leads: { [ANA]: "Ana", [CITRA]: "Citra" } }, left: {} });
  });

  test("a revision that git does not know fails the preview, and nothing is asked", async () => {
    await world.forgetCalls();
    const { code, out } = await world.pulumi(["preview", "--stack", "test"], { ROLLCALL_CHANGED_SINCE: "origin/main" });
    expect({ failed: code !== 0, calls: await listed() }).toEqual({ failed: true, calls: [] });
    expect(out).toContain("git knows no revision origin/main here; in a pipeline fetch it first");
  });
});
