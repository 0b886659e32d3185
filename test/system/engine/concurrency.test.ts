import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { passed, type Run } from "../../runs";
import { World } from "./world";

const ANA = "628110000001";
const BUDI = "628110000002";
const GROUPS = ["EA1", "EA2", "EA3", "EA4"] as const;

const named = (numbers: readonly string[]) =>
  Object.fromEntries(numbers.map((number) => [number, `N${number.slice(-2)}`]));

/** Who was asked for, as `group number`. */
async function asked(world: World): Promise<string[]> {
  const calls = await world.calls("DeleteChatGroupParticipants");
  return calls.flatMap(({ groupId, numbers }) => numbers.map((number) => `${groupId ?? ""} ${number}`)).sort();
}

async function urnOf(world: World, group: string): Promise<string> {
  const { resources } = await world.state();
  return resources.find(({ inputs }) => inputs.group === group)?.urn ?? "";
}

describe("ways of running pulumi up", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start(Object.fromEntries(GROUPS.map((group) => [group, [ANA, BUDI]])), {
      maxGroupsPerPerson: 4,
    });
    for (const group of GROUPS) declare(group, ANA, BUDI);
    passed(await world.up());
  });
  beforeEach(() => world.forgetCalls());
  afterAll(() => world.stop());

  const declare = (group: string, ...numbers: readonly string[]) =>
    world.roster(group.toLowerCase(), group, named(numbers));

  test("--target removes from that group alone", async () => {
    declare("EA1", ANA);
    declare("EA2", ANA);
    passed(await world.up("--target", await urnOf(world, "EA1")));
    expect(await asked(world)).toEqual([`EA1 ${BUDI}`]);
  });

  test("after state delete the group is adopted again, which spares", async () => {
    passed(await world.pulumi(["state", "delete", await urnOf(world, "EA2"), "--stack", "test", "--yes"]));
    const run = passed(await world.up());
    expect(run.out).toMatch(new RegExp(`ea2\\s+${BUDI}\\s+.*spared by adoption`));
    expect(await asked(world)).toEqual([]);
    declare("EA2", ANA, BUDI);
  });

  test("--continue-on-error: what fails fails alone, and nobody unplanned goes", async () => {
    declare("EA3", ANA);
    declare("EA4", ANA);
    const refusal = { action: "DeleteChatGroupParticipants", groupId: "EA3", fault: "removal-ignored", times: 1 };
    await world.fault(refusal);
    const run = await world.up("--continue-on-error");
    expect(run.code).not.toBe(0);
    expect(await asked(world)).toEqual([`EA3 ${BUDI}`, `EA4 ${BUDI}`]);
    expect(await world.participants("EA3")).toEqual([ANA, BUDI]);
    expect(await world.participants("EA4")).toEqual([ANA]);
    declare("EA3", ANA, BUDI);
  });

  test.each(["1", "64"])("--parallel %s removes exactly who is undeclared", async (parallel) => {
    const stranger = (group: string): string => `65912${parallel.padStart(2, "0")}00${group.slice(2)}`;
    for (const group of GROUPS) await world.join(group, stranger(group));
    passed(await world.up("--parallel", parallel));
    expect(await asked(world)).toEqual(GROUPS.map((group) => `${group} ${stranger(group)}`));
    expect(await world.participants("EA1")).toEqual([ANA]);
    expect(await world.participants("EA2")).toEqual([ANA, BUDI]);
  });

  test("moving a group to another stack removes nobody from it", async () => {
    await world.join("EA1", "6591230050");
    const roster = world.read("stacks/test/ea1.yaml");
    const settings = world.read("stacks/Pulumi.test.yaml");
    passed(await world.pulumi(["stack", "init", "other"]));
    world.write("stacks/Pulumi.other.yaml", settings);
    world.delete("stacks/test/ea1.yaml");
    world.write("stacks/other/ea1.yaml", roster);
    passed(await world.up());
    passed(await world.pulumi(["up", "--stack", "other", "--yes", "--skip-preview"]));
    expect(await asked(world)).toEqual([]);
    expect(await world.participants("EA1")).toEqual([ANA, "6591230050"]);
  });
});

describe("two runs at once", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start({ EA1: [ANA, BUDI], EA2: [ANA, BUDI] });
    world.roster("ops", "EA1", named([ANA, BUDI]));
    world.roster("leads", "EA2", named([ANA, BUDI]));
    passed(await world.up());
    await world.forgetCalls();
    world.roster("ops", "EA1", named([ANA]));
  });
  afterEach(() => world.stop());

  /** A run that is under way: it has begun to list, and its removal takes a while to show. */
  async function underWay(): Promise<{ first: Promise<Run> }> {
    await world.fault({ action: "DeleteChatGroupParticipants", fault: "removal-lags", value: 2, times: 1 });
    const first = world.up();
    const listing = async (): Promise<void> => {
      while ((await world.calls()).length === 0) await sleep(20);
    };
    await Promise.race([listing(), first.then(() => Promise.reject(new Error("it is over already")))]);
    return { first };
  }

  test("Pulumi's lock refuses the second one", async () => {
    const { first } = await underWay();
    const second = await world.up();
    expect(second.code).not.toBe(0);
    expect(second.out).toMatch(/locked/);
    passed(await first);
    expect(await asked(world)).toEqual([`EA1 ${BUDI}`]);
  });

  test("with the lock removed by hand nobody unplanned goes all the same", async () => {
    const { first } = await underWay();
    const locks = join(world.dir, "state/.pulumi/locks");
    for (const file of readdirSync(locks, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".json"),
    ))
      rmSync(join(locks, file));
    await Promise.all([first, world.up()]);
    expect(new Set(await asked(world))).toEqual(new Set([`EA1 ${BUDI}`]));
    expect(await world.participants("EA1")).toEqual([ANA]);
    expect(await world.participants("EA2")).toEqual([ANA, BUDI]);

    await world.forgetCalls();
    await world.up();
    expect(await asked(world)).toEqual([]);
  });
});
