import { control } from "../../control";
import { sender } from "../../emulator/client";
import { passed } from "../../runs";
import { installInto } from "./own-program";
import { ACCOUNT, World } from "./world";

jest.setTimeout(300_000);

/** The group and its link in somebody's own program, which gives one resource's output to the next. */
const ANA = "6281234567801";
const BUDI = "6281234567802";
const STRANGER = "6591112233";
const [ADD, RENEW] = ["AddChatGroup", "AddChatGroupInviteLink"];

let world: World;
beforeEach(async () => {
  world = await World.start({ EA1: [ANA] }, { confirmTimeoutMs: 1_000, readTimeoutMs: 1_000 });
  await installInto(world);
});
afterEach(() => world.stop());

function program(subject: string, members: Record<string, string>, linkRevision: number): void {
  const account = JSON.stringify(ACCOUNT);
  world.write(
    "index.js",
    `const { ChatGroup, ChatGroupInviteLink, ChatGroupParticipants } = require("cams-rollcall");
const ops = new ChatGroup("ops", { subject: ${JSON.stringify(subject)}, ...${account} });
const people = new ChatGroupParticipants("ops", { group: ops.group, ...${account}, members: ${JSON.stringify(members)} });
const link = new ChatGroupInviteLink("ops", { group: people.group, inviteLink: "open", linkRevision: ${linkRevision}, ...${account} }, { dependsOn: people });
exports.group = ops.group;
exports.link = link.link;
`,
  );
}

const writes = async (): Promise<readonly string[]> =>
  (await world.calls()).map(({ action }) => action).filter((action) => !action.startsWith("List"));

const group = async (): Promise<string> => String((await world.outputs()).group);

test("makes the group, keeps its people and its link, and deletes nothing", async () => {
  program("Operations", { [ANA]: "Ana", [BUDI]: "Budi" }, 1);
  const preview = passed(await world.preview("--diff"));
  expect(preview.out).toContain('create: "Operations"');
  expect(preview.out).toContain("who belongs in a group is not known before up");
  expect(await writes()).toEqual([]);
  passed(await world.up());
  expect(await writes()).toEqual([ADD]);
  const [made, first] = [await group(), (await world.outputs()).link];
  expect(first).toBe("[secret]");

  await world.join(made, ANA);
  await world.join(made, STRANGER);
  program("Operations Jakarta", { [ANA]: "Ana" }, 1);
  passed(await world.up());
  expect(await world.participants(made)).toEqual([ANA]);
  // The stranger came by it, and Budi may hold it: one renewal answers both.
  expect(await writes()).toEqual([ADD, "UpdateChatGroup", "DeleteChatGroupParticipants", RENEW]);

  await world.forgetCalls();
  expect(passed(await world.up()).out).toMatch(/4 unchanged/);
  passed(await world.pulumi(["refresh", "--stack", "test", "--yes"]));
  program("Operations Jakarta", { [ANA]: "Ana" }, 2);
  passed(await world.up());
  expect(await writes()).toEqual([RENEW]);
  passed(await world.pulumi(["destroy", "--stack", "test", "--yes"]));
  expect(await writes()).toEqual([RENEW]);
  expect(await world.participants(made)).toEqual([ANA]);
});

test("a subject that somebody changes in WhatsApp shows after a refresh, and is set again", async () => {
  program("Operations", { [ANA]: "Ana" }, 1);
  passed(await world.up());
  const made = await group();
  const byHand = sender(Number(new URL(world.cams.url).port));
  await byHand("UpdateChatGroup", { GroupId: made, Subject: "Fun" });
  const refresh = passed(await world.pulumi(["refresh", "--stack", "test", "--yes", "--diff"]));
  expect(refresh.out).toContain('subject: "Fun"');
  passed(await world.up());
  const state = JSON.stringify(await control(world.cams, "GET", "state"));
  expect(state).toContain('"subject":"Operations"');
  expect(state).not.toContain('"subject":"Fun"');
});

test("a creation whose outcome is not known stays on record, and is looked for by the next up", async () => {
  await world.fault({ fault: "reset", action: ADD, times: 1 });
  program("Operations", { [ANA]: "Ana" }, 1);
  const up = await world.up();
  expect(up.code).not.toBe(0);
  expect(up.out).toContain("the group was asked for, and CAMS does not list it so far");
  passed(await world.up());
  expect(await writes()).toEqual([ADD, ADD]);
});

test("two resources for one subject make one group, and the second fails", async () => {
  const args = JSON.stringify({ subject: "Operations", ...ACCOUNT });
  world.write(
    "index.js",
    `const { ChatGroup } = require("cams-rollcall");
new ChatGroup("one", ${args});
new ChatGroup("two", ${args});
`,
  );
  const up = await world.up();
  expect(up.code).not.toBe(0);
  expect(up.out).toContain("another resource makes a group with this subject, too");
  expect(await writes()).toEqual([ADD]);
});

test("a subject that is there already is not made again", async () => {
  program("EA1", { [ANA]: "Ana" }, 1);
  const up = await world.up();
  expect(up.code).not.toBe(0);
  expect(up.out).toContain('1 group with the subject "EA1" is there already: EA1 (ACTIVE)');
  expect(await writes()).toEqual([]);
});
