import { stringify } from "yaml";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { passed } from "../../../runs";
import { familyOf, killOne, type World } from "../world";
import { ANA, BUDI, declare, GROUP, inbox, sends, startInviting } from "./inviting";

jest.setTimeout(300_000);

/** A message of which it is not known whether it was sent is looked for, and never sent again by itself. */
let world: World;
afterEach(() => world.stop());

const backend = () => ({ PULUMI_BACKEND_URL: `file://${join(world.dir, "state")}?metadata=skip` });

/** Budi is to be invited by the next run. */
async function started(): Promise<void> {
  world = await startInviting({ [GROUP]: [ANA] });
  declare(world, [ANA]);
  passed(await world.up());
  declare(world, [ANA, BUDI]);
}

test("CAMS took it and the answer was lost: it is found in the list, or by the next run where the list lags", async () => {
  await started();
  await world.fault({ fault: "hang-applied", action: "SendChatappMessage", times: 1 });
  await world.fault({ fault: "messages-empty", action: "ListChatappMessage", times: 1_000 });
  const lost = await world.up();
  expect(lost.code).not.toBe(0);
  expect(lost.out).toMatch(/Budi \(6281234567802\) was perhaps invited: it is not known/);
  await world.noFaults();
  expect(passed(await world.up()).out).toMatch(/Budi +invited today, delivered, not joined/);
  expect(await inbox(world, BUDI)).toHaveLength(1);
});

test("CAMS did not take it: it is not sent again by itself, and once by a release", async () => {
  await started();
  await world.fault({ fault: "hang", action: "SendChatappMessage", times: 1 });
  expect((await world.up()).out).toContain("was perhaps invited");
  for (let runs = 0; runs < 2; runs++)
    expect(passed(await world.up()).out).toMatch(/Budi +not known whether the invitation was sent \(tried today\)/);
  expect(await inbox(world, BUDI)).toEqual([]);
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const release = { people: [`+${BUDI}`], groups: ["ops"], until, reason: "she says that nothing came" };
  world.write("stacks/test/releases.yaml", stringify({ releases: [release] }));
  expect(passed(await world.up()).out).not.toContain("matches nothing any more");
  await world.fault({ fault: "message-never-listed", times: 10 });
  for (let runs = 0; runs < 2; runs++) passed(await world.up());
  expect(await inbox(world, BUDI)).toHaveLength(1);
});

test.each(["the engine and all", "the provider alone"])("%s is killed while a message is sent", async (what) => {
  await started();
  await world.fault({ fault: "hang-applied", action: "SendChatappMessage", times: 1 });
  const run = world.start(
    process.execPath,
    [
      join(world.dir, "node_modules/pulumi/run.js"),
      ...["up", "--stack", "test", "--yes", "--skip-preview", "--non-interactive"],
    ],
    backend(),
  );
  for (let tries = 0; (await sends(world)) === 0 && tries < 200; tries++) await sleep(50);
  expect(await sends(world)).toBe(1);
  const family = familyOf(run.pid);
  for (const pid of what === "the provider alone" ? family.slice(-1) : family) killOne(pid);
  await run.ended;
  await world.pulumi(["cancel", "--stack", "test", "--yes"], backend());
  await world.noFaults();
  const next = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], backend());
  expect(next.out).toMatch(/Budi +invited today, delivered, not joined/);
  await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], backend());
  expect(await inbox(world, BUDI)).toHaveLength(1);
});
