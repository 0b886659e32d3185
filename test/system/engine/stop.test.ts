import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GIT_IDENTITY, passed, type Run } from "../../runs";
import { familyOf, World, type Started } from "./world";

/** A run that is stopped in its middle, on the real engine: nobody is asked for any more, and the lock is free. */
const GROUPS = [1, 2, 3, 4].map((group) => ({
  id: `EA${group}`,
  name: `g${group}`,
  people: [1, 2, 3].map((person) => `62811000${group}00${person}`),
}));
const named = (numbers: readonly string[]) =>
  Object.fromEntries(numbers.map((number) => [number, `N${number.slice(-4)}`]));
const UP = ["up", "--stack", "test", "--yes", "--skip-preview", "--non-interactive"];

let world: World;
beforeEach(async () => {
  world = await World.start(Object.fromEntries(GROUPS.map(({ id, people }) => [id, people])), {
    callsPerSecond: 200,
    maxRemovalsPerRun: 50,
    readTimeoutMs: 5_000,
  });
  for (const { name, id, people } of GROUPS) world.roster(name, id, named(people));
  passed(await world.up());
  for (const { name, id, people } of GROUPS) world.roster(name, id, named(people.slice(1)));
  await world.forgetCalls();
  // When the first removal is asked for, the others wait for their turn.
  world.configure({ callsPerSecond: 2 });
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
    const run = world.start(...cli());
    await inTheMiddle();
    process.kill(run.pid, signal);
    await stopped(await run.ended);
  });

  test("to the shell recipe", async () => {
    const run = await recipe();
    await inTheMiddle();
    process.kill(run.pid, signal);
    const { code, out } = await run.ended;
    await stopped({ code, stdout: "", out });
    expect(out).toContain("rollcall.sh: up was stopped by a signal, and nobody was asked for after it");
  });
});

describe("SIGTERM", () => {
  test("to rollcall pulumi", async () => {
    const run = world.start(...starter());
    await inTheMiddle();
    process.kill(run.pid, "SIGTERM");
    await stopped(await run.ended);
  });

  test("to the whole process group of rollcall pulumi, and once more by way of npx, stops as one signal does", async () => {
    const run = world.start(...starter());
    await inTheMiddle();
    process.kill(-run.pid, "SIGTERM");
    await sleep(100);
    process.kill(run.pid, "SIGTERM");
    const ended = await run.ended;
    expect(ended.out).not.toMatch(/terminating$/m);
    await stopped(ended);
  });

  test("to all processes at once, as some hosts do, which the CLI takes for a second one, leaves no lock", async () => {
    const run = world.start(...starter());
    await inTheMiddle();
    for (const pid of familyOf(run.pid)) process.kill(pid, "SIGTERM");
    await stopped(await run.ended);
  });
});

type Command = Parameters<World["start"]>;

function cli(): Command {
  return [world.cli, UP];
}

function starter(): Command {
  return [process.execPath, [join(world.dir, "dist/cli/main.js"), "pulumi", ...UP]];
}

/** Starts the recipe with a plan that it has made. */
async function recipe(): Promise<Started> {
  const env = {
    ...GIT_IDENTITY,
    PATH: `${join(world.dir, "bin")}${delimiter}${process.env.PATH ?? ""}`,
  };
  world.write("bin/rollcall", `#!/bin/sh\nexec node "${join(world.dir, "dist/cli/main.js")}" "$@"\n`);
  chmodSync(join(world.dir, "bin/rollcall"), 0o755);
  world.write("ci/rollcall.sh", readFileSync(join(__dirname, "../../../pipelines/ci/rollcall.sh"), "utf8"));
  world.write("ci/credentials.mjs", "");
  world.write(".gitignore", ["node_modules", "dist", "bin", "state", "transcript", "rollcall-out"].join("\n"));
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
    ["commit", "--quiet", "--message", "Begin"],
  ]) {
    passed(await world.start("git", args, env).ended);
  }
  passed(await world.start("sh", ["ci/rollcall.sh", "preview", "test"], env).ended);
  return world.start("sh", ["ci/rollcall.sh", "apply", "test"], env);
}
