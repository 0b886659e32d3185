import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { control, groupsOf, type LiveGroup } from "../../control";
import { passed } from "../../runs";
import { NO_EXPORT, World } from "./world";

jest.setTimeout(300_000);

/**
 * Groups that rosters make. `AddChatGroup` tells no GroupId and may not be repeated blindly, so whatever happens on the way, each
 * group has to be there once.
 */
const ANA = "6281234567801";
const ADD = "AddChatGroup";

let world: World;
afterEach(() => world.stop());

/** A roster without a GroupId. */
function wish(name: string, subject: string, rest: Record<string, unknown> = {}): void {
  const members = [{ number: `+${ANA}`, name: "Ana" }];
  world.write(`stacks/test/${name}.yaml`, stringify({ subject, members, ...rest }));
}

const live = (): Promise<readonly LiveGroup[]> => groupsOf(world.cams);
const subjects = async (): Promise<readonly string[]> => (await live()).map(({ subject }) => subject).sort();
const asked = async (): Promise<number> => (await world.calls(ADD)).length;

/** GroupId → resource name, as the state has the people. */
async function recorded(): Promise<Readonly<Record<string, unknown>>> {
  const { resources } = await world.state();
  return Object.fromEntries(resources.map(({ urn, outputs }) => [urn.split("::").at(-1) ?? "", outputs.group]));
}

test("forty groups are there once each, though the run that makes them is killed three times", async () => {
  world = await World.start({}, { maxNewGroupsPerRun: 40, confirmTimeoutMs: 1_000 });
  const names = Array.from({ length: 40 }, (_, at) => `g${String(at).padStart(2, "0")}`);
  for (const name of names) wish(name, `Group ${name}`);
  // Each answer takes its time, so that there are calls under way when the run is killed.
  await world.fault({ fault: "slow", action: ADD, times: 1_000, value: 150 });
  // A kill can leave the backend's file of attributes empty, which is no concern of this test.
  const env = { PULUMI_BACKEND_URL: `file://${join(world.dir, "state")}?metadata=skip` };
  const args = ["up", "--stack", "test", "--yes", "--skip-preview"];
  for (const calls of [3, 14, 25]) {
    const run = world.begin(args, env);
    const reached = async (): Promise<string> => {
      while ((await asked()) < calls) await sleep(5);
      return "reached";
    };
    expect(await Promise.race([reached(), run.ended])).toBe("reached");
    run.kill();
    await run.ended;
    passed(await world.pulumi(["cancel", "--stack", "test", "--yes"], env));
  }
  passed(await world.pulumi(args, env));
  expect(await subjects()).toEqual(names.map((name) => `Group ${name}`));
  expect(Object.keys(await recorded())).toHaveLength(40);
  const before = await asked();
  passed(await world.up());
  expect(await asked()).toBe(before);
});

describe("one group", () => {
  beforeEach(async () => {
    world = await World.start({}, { confirmTimeoutMs: 1_000, readTimeoutMs: 1_000, auditLog: "audit.jsonl" });
    wish("ops", "Operations");
  });

  test("is shown before it is made; what it is called is set; its roster may name it, and may go", async () => {
    const preview = passed(await world.preview("--diff"));
    expect(preview.out).toContain('create: "Operations"');
    expect(await world.calls(ADD)).toEqual([]);

    passed(await world.up());
    const [made] = await live();
    expect(made?.subject).toBe("Operations");
    expect(await recorded()).toEqual({ ops: made?.groupId });
    expect(world.read("audit.jsonl")).toMatch(/"event":"attempt".*\n.*"event":"answer".*\n.*"outcome":"done"/);

    wish("ops", "Operations Jakarta", { description: "Shift handover" });
    passed(await world.up());
    expect(await live()).toMatchObject([{ subject: "Operations Jakarta", description: "Shift handover" }]);

    // The id that is written into the roster later is that of the same group; a new name of the roster, too.
    world.delete("stacks/test/ops.yaml");
    wish("jakarta/ops", "Operations Jakarta", { group: made?.groupId, description: "Shift handover" });
    passed(await world.up());
    expect(await recorded()).toEqual({ "jakarta/ops": made?.groupId });
    world.delete("stacks/test/jakarta/ops.yaml");
    wish("indonesia/ops", "Operations Jakarta", { description: "Shift handover" });
    passed(await world.up());
    expect(await recorded()).toEqual({ "indonesia/ops": made?.groupId });

    passed(await world.pulumi(["destroy", "--stack", "test", "--yes"]));
    expect(await subjects()).toEqual(["Operations Jakarta"]);
    expect((await world.calls()).map(({ action }) => action)).not.toContain("DeleteChatGroup");
    expect(await asked()).toBe(1);
  });

  test.each(["hang-applied"])("is found when CAMS made it and the answer was lost (%s)", async (fault) => {
    await world.fault({ fault, action: ADD, times: 1 });
    passed(await world.up());
    expect(await subjects()).toEqual(["Operations"]);
    expect(await asked()).toBe(1);
  });

  test.each(["hang"])("is looked for first when it was not made and the answer was lost (%s)", async (fault) => {
    await world.fault({ fault, action: ADD, times: 1 });
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toContain("ops: the group was asked for, and CAMS does not list it so far");
    expect(await recorded()).toEqual({});
    passed(await world.up());
    expect(await subjects()).toEqual(["Operations"]);
    expect(await recorded()).toHaveProperty("ops");
    expect(await asked()).toBe(2);
  });

  test("is found by the next run when it comes late", async () => {
    await world.fault({ fault: "creation-lags", action: ADD, times: 1, value: 6 });
    expect((await world.up()).code).not.toBe(0);
    passed(await world.up());
    expect(await subjects()).toEqual(["Operations"]);
    expect(await asked()).toBe(1);
  });

  test.each(["twin-reset-applied"])(
    "is not told from one that somebody else makes meanwhile (%s): nothing more is made",
    async (fault) => {
      await world.fault({ fault, action: ADD, times: 1 });
      const up = await world.up();
      expect(up.code).not.toBe(0);
      const [first, second] = await live();
      for (const one of [first, second]) expect(up.out).toContain(one?.groupId);
      const again = await world.up();
      expect(again.code).not.toBe(0);
      expect(again.out).toContain("[ambiguous-group] ops: this group was asked for, and 2 groups with the subject");
      expect(again.out).toContain("Write `group:` with the id that is meant into stacks/test/ops.yaml");
      expect(await asked()).toBe(1);

      wish("ops", "Operations", { group: first?.groupId });
      passed(await world.up());
      expect(await recorded()).toEqual({ ops: first?.groupId });
    },
  );

  test("that stays CREATING is on record, and told", async () => {
    await world.fault({ fault: "creation-stuck", action: ADD, times: 1 });
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out).toContain("the group is made, and is still CREATING");
    const [made] = await live();
    expect(await recorded()).toEqual({ ops: made?.groupId });
    await control(world.cams, "POST", `groups/${made?.groupId ?? ""}/status`, { status: "ACTIVE" });
    passed(await world.up());
    expect(await asked()).toBe(1);
  });

  test("that CAMS refuses holds nobody up: the quota, creation switched off, a number that may not", async () => {
    const codes = ["131211", "131214", "131215"];
    for (const name of ["second", "third", "fourth"]) wish(name, name);
    for (const code of codes) await world.fault({ fault: `meta-${code}`, action: ADD, times: 1 });
    const up = await world.up();
    expect(up.code).not.toBe(0);
    expect(up.out.match(/the group was not made/g)).toHaveLength(3);
    for (const code of codes) expect(up.out).toContain(`Meta ${code}`);
    expect(await subjects()).toHaveLength(1);
    passed(await world.up());
    expect(await subjects()).toEqual(["Operations", "fourth", "second", "third"]);
    expect(await asked()).toBe(7);
  });

  test("is not made where Pulumi does not note what it begins", async () => {
    const up = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], {
      PULUMI_SKIP_CHECKPOINTS: "true",
    });
    expect(up.code).not.toBe(0);
    expect(up.out).toContain("PULUMI_SKIP_CHECKPOINTS");
    expect(await asked()).toBe(0);
  });
});

test("a group that is there already under that subject is not made again, and holds nobody up", async () => {
  world = await World.start({ EA1: [ANA] }, { maxNewGroupsPerRun: 1 });
  wish("ops", "EA1");
  wish("other", "Other");
  const preview = passed(await world.preview());
  expect(preview.out).toContain('[ambiguous-group] ops: 1 group with the subject "EA1" is there already: EA1 (ACTIVE)');
  expect((await world.up()).code).not.toBe(0);
  expect(await subjects()).toEqual(["EA1", "Other"]);
  expect(Object.keys(await recorded())).toEqual(["other"]);
});

test("where the state can't be read, no group is made", async () => {
  world = await World.start({});
  wish("ops", "Operations");
  world.write("no-export.cjs", NO_EXPORT);
  const args = ["up", "--stack", "test", "--yes", "--skip-preview"];
  const up = await world.pulumi(args, { NODE_OPTIONS: `--require ${join(world.dir, "no-export.cjs")}` });
  expect(up.code).not.toBe(0);
  expect(up.out).toContain("[ambiguous-group] ops: the stack's state could not be read");
  expect(await asked()).toBe(0);
  passed(await world.up());
  expect(await subjects()).toEqual(["Operations"]);
});

test("only what changed: a group that is there stays unlisted, and a link that is owed is looked at", async () => {
  world = await World.start({ EA1: [ANA] }, { confirmTimeoutMs: 1_000 });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: world.dir, stdio: "ignore" });
  world.write(".gitignore", "node_modules\nstate\ndist\ntranscript\n");
  wish("ops", "EA1", { group: "EA1", inviteLink: "open" });
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Begin");
  passed(await world.up());
  await world.forgetCalls();
  const since = { ROLLCALL_CHANGED_SINCE: "HEAD" };
  const args = ["up", "--stack", "test", "--yes", "--skip-preview"];
  passed(await world.pulumi(args, since));
  expect(await world.calls()).toEqual([]);
  wish("ops", "EA1", { group: "EA1", inviteLink: "open", linkRevision: 1 });
  await world.fault({ fault: "link-unchanged", times: 1 });
  expect((await world.pulumi(args, since)).code).not.toBe(0);
  git("commit", "--quiet", "--all", "--message", "The link leaked");
  await world.forgetCalls();
  passed(await world.pulumi(args, since));
  expect(await world.calls("AddChatGroupInviteLink")).toHaveLength(1);
});

test("more new groups than a run may make: the whole run is refused, and nothing is made", async () => {
  world = await World.start({}, { maxNewGroupsPerRun: 1 });
  wish("a", "A");
  wish("b", "B");
  const up = await world.up();
  expect(up.code).not.toBe(0);
  expect(up.out).toContain("[max-new-groups-per-run] 2 groups would be made, more than the run's limit of 1: a, b.");
  expect(await asked()).toBe(0);
});

test("a reviewed plan makes the groups that it names, and no other ones", async () => {
  world = await World.start({});
  wish("ops", "Operations", { inviteLink: "open" });
  passed(await world.preview("--save-plan", "plan.json"));
  const apply = () =>
    world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview", "--plan", "plan.json"], {
      ROLLCALL_PLAN: "plan.json",
    });
  wish("late", "Late");
  const refused = await apply();
  expect(refused.code).not.toBe(0);
  expect(refused.out).toContain("late: there is a roster, and the plan does not know it");
  expect(await asked()).toBe(0);
  world.delete("stacks/test/late.yaml");
  passed(await apply());
  expect(await subjects()).toEqual(["Operations"]);
  expect((await live())[0]?.inviteLink).toContain("https://chat.whatsapp.com/");
  expect(await recorded()).toHaveProperty("ops");
});
