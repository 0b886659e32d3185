import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { passed, type Run } from "../runs";
import { World } from "./world";

/** A run that is stopped in its middle, on the real engine: nobody is asked for any more, and the lock is free. */
const GROUPS = [1, 2, 3, 4, 5, 6].map((group) => ({
  id: `EA${group}`,
  name: `g${group}`,
  people: [1, 2, 3].map((person) => `62811000${group}00${person}`),
}));
const named = (numbers: readonly string[]) =>
  Object.fromEntries(numbers.map((number) => [number, `N${number.slice(-4)}`]));
const UP = ["up", "--stack", "test", "--yes", "--skip-preview", "--non-interactive"];

let world: World;
beforeEach(async () => {
  // One call a second: when the first removal is asked for, the others wait for their turn.
  world = await World.start(Object.fromEntries(GROUPS.map(({ id, people }) => [id, people])), {
    callsPerSecond: 200,
    maxRemovalsPerRun: 50,
    readTimeoutMs: 5_000,
  });
  for (const { name, id, people } of GROUPS) world.roster(name, id, named(people));
  passed(await world.up());
  for (const { name, id, people } of GROUPS) world.roster(name, id, named(people.slice(1)));
  await world.forgetCalls();
  world.configure({ callsPerSecond: 4 });
});
afterEach(() => world.stop());

const deletes = () => world.calls("DeleteChatGroupParticipants");

/** Waits until the first removal is asked for. */
async function inTheMiddle(): Promise<void> {
  while ((await deletes()).length === 0) await sleep(10);
}

/** Holds what is left to the rule: nobody was asked for after the signal, and the next run does the rest. */
async function stopped(run: Run): Promise<void> {
  expect([run.code === 0, run.out]).toEqual([false, expect.stringMatching(/received; cancelling/)]);
  await sleep(2_500);
  expect(await deletes()).toHaveLength(1);
  const [{ groupId } = { groupId: "" }] = await deletes();
  for (const { id, people } of GROUPS) {
    expect(await world.participants(id)).toEqual(id === groupId ? people.slice(1) : people);
  }
  world.configure({ callsPerSecond: 200 });
  expect(passed(await world.up()).out).not.toMatch(/locked/);
  for (const { id, people } of GROUPS) expect(await world.participants(id)).toEqual(people.slice(1));
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s in the middle of a run", (signal) => {
  test("to the CLI itself", async () => {
    const bin = join(world.pulumiHome, "versions/3.255.0/bin");
    const run = world.start(join(bin, "pulumi"), UP, { PATH: `${bin}:${process.env.PATH ?? ""}` });
    await inTheMiddle();
    process.kill(run.pid, signal);
    await stopped(await run.ended);
  });
  test("to rollcall pulumi", async () => {
    const run = world.start(process.execPath, [join(world.dir, "dist/cli/main.js"), "pulumi", ...UP]);
    await inTheMiddle();
    process.kill(run.pid, signal);
    await stopped(await run.ended);
  });
});
