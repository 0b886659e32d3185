import { stringify } from "yaml";
import { control, groupsOf } from "../../../control";
import { passed } from "../../../runs";
import type { World } from "../world";
import { ANA, BUDI, CITRA, declare, EKO, GROUP, inbox, joinByMessage, linkIn, sends, startInviting } from "./inviting";

jest.setTimeout(300_000);

/** Declared people are sent the group's link, once, after the group's removals and its link are done. */
let world: World;
afterEach(() => world.stop());

test("somebody who is declared later gets one message, joins by its link, and is there in the next run", async () => {
  world = await startInviting({ [GROUP]: [ANA] }, { auditLog: "audit.jsonl" });
  declare(world, [ANA, CITRA]);
  const first = passed(await world.up());
  expect(first.out).toContain("would be invited by the next up");
  declare(world, [ANA, BUDI]);
  const preview = passed(await world.preview("--diff"));
  expect(preview.out).toMatch(/invitations\s*:\s*\{\s*\+?\s*6281234567802: "Budi"/);
  expect(await sends(world)).toBe(0);
  passed(await world.up());
  const messages = await inbox(world, BUDI);
  expect(messages.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Hi Budi, please join EA1: https:\/\/chat\.whatsapp\.com\//),
  ]);
  const audit = world.read("audit.jsonl");
  expect(audit).toMatch(/"act":"invite".*"event":"attempt".*\n.*"act":"invite".*"event":"answer","outcome":"accepted"/);
  expect(audit).not.toContain("chat.whatsapp.com");
  const second = passed(await world.up());
  expect(second.out).toMatch(/Budi +invited today, delivered, not joined/);
  passed(await world.pulumi(["refresh", "--stack", "test", "--yes"]));
  await joinByMessage(world, BUDI);
  const last = passed(await world.up());
  expect(last.out).toContain("0 awaiting");
  expect(world.read("audit.jsonl")).toMatch(/"event":"state".*"number":"6281234567802".*"state":"joined"/);
  expect(await sends(world)).toBe(1);
});

test("a colleague who is declared in five groups by one change gets five messages, joins, and is there", async () => {
  const groups = ["EA1", "EA2", "EA3", "EA4", "EA5"];
  world = await startInviting(Object.fromEntries(groups.map((group) => [group, [ANA]])));
  for (const group of groups) declare(world, [ANA], {}, [group.toLowerCase(), group]);
  passed(await world.up());
  for (const group of groups) declare(world, [ANA, BUDI], {}, [group.toLowerCase(), group]);
  const plan = await world.rollcall("plan", "--format", "json");
  const { summary } = JSON.parse(plan.stdout) as { summary: Record<string, number> };
  expect(summary).toMatchObject({ invitations: 5, awaiting: 5, removals: 0 });
  passed(await world.up());
  const messages = await inbox(world, BUDI);
  expect(messages).toHaveLength(5);
  for (const message of messages) {
    const group = /join (EA\d):/.exec(message.text)?.[1] ?? "";
    await control(world.cams, "POST", `groups/${group}/join`, { number: BUDI, link: linkIn(message) });
  }
  expect(passed(await world.up()).out).toContain("0 awaiting");
  expect(await sends(world)).toBe(5);
});

test("a stranger is out and the link is another one before anybody is written to", async () => {
  world = await startInviting({ [GROUP]: [ANA] });
  declare(world, [ANA], { inviteLink: "while-awaited" });
  passed(await world.up());
  await control(world.cams, "POST", `groups/${GROUP}/join`, { number: EKO }).catch(() => undefined);
  declare(world, [ANA, BUDI], { inviteLink: "while-awaited" });
  await world.forgetCalls();
  passed(await world.up());
  const order = (await world.calls()).map(({ action }) => action).filter((action) => !/^(List|Get|Query)/.test(action));
  expect(order.at(-1)).toBe("SendChatappMessage");
  expect(order).toContain("AddChatGroupInviteLink");
  await joinByMessage(world, BUDI);
  expect(await world.participants(GROUP)).toEqual([ANA, BUDI]);
});

test("a group, its link and its invitations come in one run, and a new link is sent to whoever still has the old one", async () => {
  world = await startInviting({}, { maxNewGroupsPerRun: 1 });
  const rest = { subject: "Harbour", inviteLink: "open" };
  declare(world, [ANA, BUDI], rest, ["harbour", undefined]);
  passed(await world.up());
  expect((await inbox(world, ANA)).map(({ text }) => text)).toEqual([expect.stringContaining("please join Harbour")]);
  const group = (await groupsOf(world.cams))[0]?.groupId ?? "";
  await joinByMessage(world, ANA, group);
  declare(world, [ANA, BUDI], { ...rest, linkRevision: 1 }, ["harbour", undefined]);
  passed(await world.up());
  const messages = await inbox(world, BUDI);
  expect(messages).toHaveLength(2);
  expect(new Set(messages.map(linkIn)).size).toBe(2);
  expect(await inbox(world, ANA)).toHaveLength(1);
  passed(await world.up());
  expect(await sends(world)).toBe(3);
});

test("people are named by masked numbers, and invited all the same; a renamed roster invites nobody again", async () => {
  world = await startInviting({ [GROUP]: [ANA] }, { display: "masked", maskKey: undefined });
  declare(world, [ANA]);
  passed(await world.up());
  declare(world, [ANA, BUDI]);
  const run = passed(await world.up());
  expect(run.out).not.toContain(BUDI);
  expect((await world.state()).text).not.toContain(BUDI);
  world.delete("stacks/test/ops.yaml");
  world.write(
    "stacks/test/jakarta/ops.yaml",
    stringify({
      group: GROUP,
      members: [
        { number: `+${ANA}`, name: "Ana" },
        { number: `+${BUDI}`, name: "Budi", consent: "2026-01-05" },
      ],
    }),
  );
  passed(await world.up());
  passed(await world.up());
  expect(await inbox(world, BUDI)).toHaveLength(1);
});
