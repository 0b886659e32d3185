import { control, groupsOf } from "../../../control";
import { passed } from "../../../runs";
import type { World } from "../world";
import { ANA, BUDI, CITRA, declare, GROUP, inbox, joinByMessage, sends, startInviting } from "./inviting";

jest.setTimeout(300_000);

/** What keeps messages from being sent, and what a reviewed plan lets be sent. */
let world: World;
afterEach(() => world.stop());

async function started(settings: Record<string, unknown> = {}): Promise<void> {
  world = await startInviting({ [GROUP]: [ANA] }, settings);
  declare(world, [ANA]);
  passed(await world.up());
}

test("more invitations than the limit refuse the whole run; a template that is not passed holds them alone", async () => {
  await started({ maxInvitationsPerRun: 1 });
  declare(world, [ANA, BUDI, CITRA]);
  const preview = await world.preview();
  expect(preview.code).not.toBe(0);
  expect(preview.out).toContain(
    "[max-invitations-per-run] 2 invitations would be sent, more than the run's limit of 1",
  );
  world.configure({ maxInvitationsPerRun: 2 });
  await control(world.cams, "POST", "templates/invite_1", { status: "paused" });
  const plan = await world.rollcall("plan");
  expect(plan.code).toBe(6);
  const held = await world.up();
  expect(held.code).not.toBe(0);
  expect(held.out).toContain("[template-not-passed] Nobody is invited into ops");
  expect(await sends(world)).toBe(0);
  await control(world.cams, "POST", "templates/invite_1", { status: "pass" });
  await world.fault({ fault: "not-on-whatsapp", number: BUDI, value: "code", times: 1 });
  const failed = await world.up();
  expect(failed.code).not.toBe(0);
  expect(failed.out).toMatch(/Budi \(6281234567802\) can't be invited/);
  expect(await inbox(world, CITRA)).toHaveLength(1);
  expect(passed(await world.up()).out).toMatch(/Budi +the invitation failed \(invited today\): not on WhatsApp/);
  expect(await sends(world)).toBe(2);
});

test("a reviewed plan writes to exactly the people whom it names, less those who have joined", async () => {
  await started();
  declare(world, [ANA, BUDI, CITRA]);
  passed(await world.preview("--save-plan", "plan.json"));
  const [group] = await groupsOf(world.cams);
  await control(world.cams, "POST", `groups/${GROUP}/join`, { number: CITRA, link: group?.inviteLink });
  const apply = ["up", "--stack", "test", "--yes", "--skip-preview", "--plan", "plan.json"];
  passed(await world.pulumi(apply, { ROLLCALL_PLAN: "plan.json" }));
  expect(await inbox(world, BUDI)).toHaveLength(1);
  expect(await inbox(world, CITRA)).toEqual([]);
  await joinByMessage(world, BUDI);
  passed(await world.up());
  await world.leave(GROUP, BUDI);
  expect(passed(await world.up()).out).toContain("1 left");
  expect(await sends(world)).toBe(1);
});

test("nobody is written to where Pulumi notes nothing of what it begins, nor where the audit log can't be written", async () => {
  await started({ auditLog: "audit.jsonl" });
  declare(world, [ANA, BUDI]);
  const run = await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], {
    PULUMI_SKIP_CHECKPOINTS: "true",
    PULUMI_EXPERIMENTAL: "true",
  });
  expect(run.code).not.toBe(0);
  expect(run.out).toContain("PULUMI_SKIP_CHECKPOINTS");
  expect(await sends(world)).toBe(0);
});
