import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { control, groupsOf } from "../../control";
import { passed } from "../../runs";
import { World } from "./world";

jest.setTimeout(300_000);

/** Invite links by roster: made, made anew and closed by the rules, and never without a listing that shows it. */
const [ANA, BUDI, CITRA, EKO] = ["6281234567801", "6281234567802", "6281234567803", "6591112233"] as const;
const NAMES: Readonly<Record<string, string>> = { [ANA]: "Ana", [BUDI]: "Budi", [CITRA]: "Citra" };
const [RENEW, CLOSE] = ["AddChatGroupInviteLink", "DeleteChatGroupInviteLink"];
const GROUP = "EA1";

let world: World;
/** A kill can leave the backend's file of attributes empty, which is no concern of these tests. */
const backend = () => ({ PULUMI_backend_URL: `file://${join(world.dir, "state")}?metadata=skip` });
afterEach(() => world.stop());

function declare(people: readonly string[], rest: Record<string, unknown> = {}): void {
  const members = people.map((number) => ({ number: `+${number}`, name: NAMES[number] }));
  world.write("stacks/test/ops.yaml", stringify({ group: GROUP, inviteLink: "open", ...rest, members }));
}

async function link(): Promise<string | null | undefined> {
  return (await groupsOf(world.cams)).find(({ groupId }) => groupId === GROUP)?.inviteLink;
}

/** What was asked of CAMS by way of writing, in order. */
const writes = async (): Promise<readonly string[]> =>
  (await world.calls()).map(({ action }) => action).filter((action) => !action.startsWith("List"));

async function start(people: readonly string[], settings: Record<string, unknown> = {}): Promise<void> {
  world = await World.start({ [GROUP]: people }, { confirmTimeoutMs: 1_000, readTimeoutMs: 1_000, ...settings });
}

test("a link is kept as it is until its revision changes, and then it is another one, once", async () => {
  await start([ANA], { auditLog: "audit.jsonl" });
  const first = await link();
  declare([ANA, BUDI]);
  passed(await world.up());
  expect(await writes()).toEqual([]);
  declare([ANA, BUDI], { linkRevision: 1 });
  const preview = passed(await world.preview("--diff"));
  expect(preview.out).toContain('renew: "linkRevision none → 1"');
  passed(await world.up());
  passed(await world.up());
  expect(await writes()).toEqual([RENEW]);
  expect(await link()).not.toBe(first);
  await expect(control(world.cams, "POST", `groups/${GROUP}/join`, { number: BUDI, link: first })).rejects.toThrow(
    "409",
  );
  const audit = world.read("audit.jsonl");
  expect(audit).toMatch(/"event":"attempt".*\n.*"event":"answer".*\n.*"outcome":"done"/);
  expect(audit).toContain("linkRevision none → 1");
  expect(audit).not.toContain("chat.whatsapp.com");
  const { text } = await world.state();
  expect(text).not.toContain("chat.whatsapp.com");
});

test("after a stranger is out the link is another one, in the same run, and only once", async () => {
  await start([ANA]);
  declare([ANA, BUDI]);
  passed(await world.up());
  await world.join(GROUP, EKO);
  const first = await link();
  await world.forgetCalls();
  passed(await world.up());
  expect((await world.calls()).map(({ action }) => action)).toEqual([
    "ListChatGroupParticipants",
    "ListChatGroup",
    "ListChatGroupParticipants",
    "DeleteChatGroupParticipants",
    "ListChatGroupParticipants",
    "ListChatGroup",
    RENEW,
    "ListChatGroup",
  ]);
  expect(await link()).not.toBe(first);
  passed(await world.up());
  passed(await world.up());
  expect(await writes()).toEqual(["DeleteChatGroupParticipants", RENEW]);
});

test("whoever is awaited may hold the link: it is made anew when they are dropped, not when they came", async () => {
  await start([ANA]);
  declare([ANA, BUDI, CITRA]);
  passed(await world.up());
  await world.join(GROUP, CITRA);
  passed(await world.up());
  declare([ANA, CITRA]);
  const preview = passed(await world.preview("--diff"));
  expect(preview.out).toContain(`renew: "Budi (${BUDI}) may hold it, and is declared no more"`);
  passed(await world.up());
  passed(await world.up());
  expect(await writes()).toEqual([RENEW]);
  // Who was removed can't use any link of the group.
  declare([ANA]);
  passed(await world.up());
  passed(await world.up());
  expect(await writes()).toEqual([RENEW, "DeleteChatGroupParticipants"]);
});

test("while somebody is awaited there is a link, and none when all are there", async () => {
  await start([ANA]);
  declare([ANA], { inviteLink: "while-awaited" });
  passed(await world.up());
  expect(await link()).toBeNull();
  declare([ANA, BUDI], { inviteLink: "while-awaited" });
  const preview = passed(await world.preview("--diff"));
  expect(preview.out).toContain(`make : "there is none, and Budi (${BUDI}) is awaited"`);
  passed(await world.up());
  expect(await link()).toContain("https://chat.whatsapp.com/");
  await world.join(GROUP, BUDI);
  passed(await world.up());
  expect(await link()).toBeNull();
  passed(await world.up());
  expect(await writes()).toEqual([CLOSE, RENEW, CLOSE]);
});

test("a renewal that changes nothing is an error that says so, and is owed until another link is listed", async () => {
  await start([ANA]);
  declare([ANA, BUDI]);
  passed(await world.up());
  declare([ANA, BUDI], { linkRevision: 1 });
  await world.fault({ fault: "link-unchanged", action: RENEW, times: 1 });
  const up = await world.up();
  expect(up.code).not.toBe(0);
  expect(up.out).toContain("the invite link was not made anew: CAMS accepted it, and lists the same link still");
  passed(await world.up());
  expect(await writes()).toEqual([RENEW, RENEW]);
  passed(await world.up());
  expect(await writes()).toEqual([RENEW, RENEW]);
});

test.each(["hang", "hang-applied"])("a renewal whose call fails (%s) is made up for", async (fault) => {
  await start([ANA]);
  declare([ANA, BUDI]);
  passed(await world.up());
  const first = await link();
  declare([ANA, BUDI], { linkRevision: 1 });
  await world.fault({ fault, action: RENEW, times: 1 });
  const up = await world.up();
  expect(up.code === 0).toBe(fault === "hang-applied");
  passed(await world.up());
  expect(await link()).not.toBe(first);
  expect(await writes()).toEqual(fault === "hang-applied" ? [RENEW] : [RENEW, RENEW]);
});

test("a run that is killed between the removal of a stranger and the renewal leaves it to the next one", async () => {
  await start([ANA]);
  declare([ANA, BUDI]);
  passed(await world.up());
  await world.join(GROUP, EKO);
  const first = await link();
  await world.fault({ fault: "throttled-429", action: RENEW, times: 1_000 });
  const run = world.begin(["up", "--stack", "test", "--yes", "--skip-preview"], backend());
  while ((await world.calls(RENEW)).length === 0) await sleep(10);
  run.kill();
  await run.ended;
  await world.noFaults();
  passed(await world.pulumi(["cancel", "--stack", "test", "--yes"], backend()));
  expect(await world.participants(GROUP)).toEqual([ANA]);
  expect(await link()).toBe(first);
  passed(await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], backend()));
  const second = await link();
  expect(second).not.toBe(first);
  passed(await world.pulumi(["up", "--stack", "test", "--yes", "--skip-preview"], backend()));
  expect(await link()).toBe(second);
});

test("in a group that is held, nothing is made anew; nor for a removal that did not come to its end", async () => {
  await start([ANA, BUDI, CITRA]);
  declare([ANA, BUDI, CITRA]);
  passed(await world.up());
  declare([], { linkRevision: 1 });
  expect((await world.up()).code).not.toBe(0);
  expect(await writes()).toEqual([]);

  declare([ANA, BUDI, CITRA]);
  await world.join(GROUP, EKO);
  await world.fault({ fault: "removal-ignored", action: "DeleteChatGroupParticipants", times: 1 });
  expect((await world.up()).code).not.toBe(0);
  expect(await writes()).toEqual(["DeleteChatGroupParticipants"]);
  passed(await world.up());
  expect(await writes()).toEqual(["DeleteChatGroupParticipants", "DeleteChatGroupParticipants", RENEW]);
});

test("a reviewed plan says what happens to links, and masked runs show none of them", async () => {
  await start([ANA], { display: "masked" });
  declare([ANA, BUDI]);
  passed(await world.up());
  const first = await link();
  declare([ANA, BUDI], { linkRevision: 1 });
  const preview = passed(await world.preview("--save-plan", "plan.json", "--diff"));
  expect(preview.out).toContain("linkRevision none → 1");
  await world.join(GROUP, EKO);
  const args = ["up", "--stack", "test", "--yes", "--skip-preview", "--plan", "plan.json"];
  const up = passed(await world.pulumi(args, { ROLLCALL_PLAN: "plan.json" }));
  expect(await writes()).toEqual([RENEW]);
  const second = await link();
  expect(second).not.toBe(first);
  const texts = [preview.out, up.out, world.read("plan.json"), (await world.state()).text];
  for (const text of texts) for (const one of [first, second]) expect(text).not.toContain(one);
  const plan = await world.rollcall("plan", "--stack", "test");
  expect(plan.out).not.toContain("chat.whatsapp.com");
});
