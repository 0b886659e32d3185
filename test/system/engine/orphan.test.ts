import { setTimeout as sleep } from "node:timers/promises";
import { control } from "../../control";
import { passed } from "../../runs";
import { familyOf, killOne, World } from "./world";

/** How long a look permits removals. */
const LOOK_HOLDS_MS = 10_000;

/**
 * The engine alone is killed while a removal is under way. Its provider lives on, and must not remove anybody any more: the
 * next run may have found that the person is declared again.
 */
const GROUP = "EA1";
const [ANA, BUDI, CITRA] = ["628110001001", "628110001002", "628110001003"] as const;
const EVERYBODY = [ANA, BUDI, CITRA];
const DELETE = "DeleteChatGroupParticipants";

const declare = (...people: readonly string[]) =>
  world.roster("g1", GROUP, Object.fromEntries(people.map((number) => [number, `N${number.slice(-4)}`])));

let world: World;
const left: number[] = [];
beforeEach(async () => {
  world = await World.start({ [GROUP]: EVERYBODY }, { readTimeoutMs: 1_500, confirmTimeoutMs: 500 });
  declare(...EVERYBODY);
  passed(await world.up());
  await world.forgetCalls();
  declare(ANA, BUDI);
});
afterEach(async () => {
  for (const pid of left.splice(0)) killOne(pid);
  await world.stop();
});

/** Starts the CLI itself, without its launcher, so that its process is the engine. */
function engine(): number {
  const args = ["up", "--stack", "test", "--yes", "--skip-preview", "--non-interactive"];
  return world.start(world.cli, args).pid;
}

/** Runs `up` until CAMS was asked to remove somebody so many times, then kills the engine, and nothing that it started. */
async function killed(requests: number): Promise<void> {
  const pid = engine();
  while ((await world.calls(DELETE)).length < requests) await sleep(10);
  left.push(...familyOf(pid).filter((one) => one !== pid));
  process.kill(pid, "SIGKILL");
}

const throttle = () => world.fault({ fault: "throttled-429", action: DELETE, times: 1_000 });
const unthrottle = () => control(world.cams, "DELETE", "faults/throttled-429");

/** What was asked of CAMS by way of removal, by its answers. */
const answers = async () => (await world.calls(DELETE)).map(({ code }) => code);

test("a removal that is throttled when the engine is killed is not sent again", async () => {
  await throttle();
  await killed(2);
  const before = (await answers()).length;
  await unthrottle();
  await sleep(20_000);
  // One more may have been on the wire.
  expect((await answers()).length).toBeLessThanOrEqual(before + 1);
  expect(await answers()).not.toContain("OK");
  expect(await world.participants(GROUP)).toEqual(EVERYBODY);
});

test("a removal that hangs when the engine is killed is not sent a second time", async () => {
  await world.fault({ fault: "hang", action: DELETE, times: 1 });
  await killed(1);
  await sleep(10_000);
  expect(await answers()).toEqual([""]);
  expect(await world.participants(GROUP)).toEqual(EVERYBODY);
});

test("whoever is declared again after the kill stays, though the removal was under way", async () => {
  await throttle();
  await killed(2);
  declare(...EVERYBODY);
  passed(await world.pulumi(["cancel", "--stack", "test", "--yes"]));
  expect(passed(await world.up()).out).not.toMatch(/Not everybody/);
  expect(await world.outputs()).toMatchObject({ summary: { removals: 0 } });
  await unthrottle();
  await sleep(30_000);
  expect(await answers()).not.toContain("OK");
  expect(await world.participants(GROUP)).toEqual(EVERYBODY);
});

test("whoever was removed by a run that was killed right after is told as such when they are declared again", async () => {
  await world.fault({ fault: "hang-applied", action: DELETE, times: 1 });
  await killed(1);
  while ((await world.participants(GROUP)).includes(CITRA)) await sleep(50);
  declare(...EVERYBODY);
  passed(await world.pulumi(["cancel", "--stack", "test", "--yes"]));
  expect(passed(await world.up()).out).toContain(
    "removed from this group before: the invite link does not let them in",
  );
  expect(await world.outputs()).toMatchObject({ summary: { awaiting: 1, left: 0 } });
});

test("a removal that is throttled for longer than its look holds waits for a new look, and is done", async () => {
  await throttle();
  const run = world.up();
  while ((await answers()).length === 0) await sleep(10);
  await sleep(LOOK_HOLDS_MS + 3_000);
  await unthrottle();
  passed(await run);
  expect(await world.participants(GROUP)).toEqual([ANA, BUDI]);

  const calls = (await world.calls()).map(({ action, at }) => ({ action, at: Date.parse(at) }));
  const removals = calls.filter(({ action }) => action === DELETE);
  expect(removals.at(-1)!.at - removals[0]!.at).toBeGreaterThan(LOOK_HOLDS_MS);
  for (const removal of removals) {
    const look = calls.findLast(({ action, at }) => action === "ListChatGroupParticipants" && at <= removal.at);
    expect(removal.at - (look?.at ?? 0)).toBeLessThanOrEqual(LOOK_HOLDS_MS + 200);
  }
});
