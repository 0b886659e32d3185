import type { GroupInfo } from "../../../src/cams";
import { changeLink, type LinkTask } from "../../../src/execution/upkeep/change-link";
import type { LinkAct } from "../../../src/groups/types";
import { LINK, row, where, world, type Script } from "./world";

const GROUP = "EA93UU0042";
/** `linkMark` of LINK. */
const MARK = "_AHP2EaeV2";
const NONE = row({ inviteLink: "" });
const make: LinkAct = { kind: "make", why: "there is none" };
const renew: LinkAct = { kind: "renew", why: "linkRevision 1 → 2" };
const close: LinkAct = { kind: "close", why: "everybody declared is there" };

async function change(act: LinkAct, script: Script = {}, rows: readonly GroupInfo[] = [row()]) {
  const keeper = world(rows, script);
  const task: LinkTask = { ...where, group: GROUP, act, mark: act.kind === "make" ? "" : MARK };
  const end = await changeLink(task, keeper);
  const asked = keeper.log.filter((line) => /^(Add|Delete)/.test(line)).length;
  return { end, keeper, asked, log: keeper.log };
}

const done = (link: string) => ({ link, failed: undefined });

test.each<[LinkAct, GroupInfo, string, string, string]>([
  [make, NONE, "make link", "AddChatGroupInviteLink", "https://chat.whatsapp.com/new1"],
  [renew, row(), "renew link", "AddChatGroupInviteLink", "https://chat.whatsapp.com/new1"],
  [close, row(), "close link", "DeleteChatGroupInviteLink", ""],
])("to $kind a link: one call, and a look at what became of it", async (act, there, named, operation, link) => {
  const { end, keeper, log } = await change(act, {}, [there]);
  expect(end).toEqual(done(link));
  expect(log).toEqual([
    ...["list", `attempt ${named}`, `${operation} ${GROUP}`, `answer ${named} accepted`],
    ...["list", `outcome ${named} done`],
  ]);
  const line = { act: named, group: GROUP, roster: "jakarta/ops", reason: act.why };
  expect(keeper.audited).toEqual([
    { ...line, event: "attempt" },
    { ...line, event: "answer", outcome: "accepted", detail: "request-1" },
    { ...line, event: "outcome", outcome: "done", detail: "request-1" },
  ]);
  expect(keeper.looks[0]).toBe(keeper.listings[0]);
  expect(JSON.stringify(keeper.audited)).not.toContain("chat.whatsapp.com");
});

test.each<[string, LinkAct, GroupInfo]>([
  ["made", make, row()],
  ["renewed", renew, row({ inviteLink: "https://chat.whatsapp.com/other" })],
  ["closed", close, NONE],
])("a link that is %s already is not asked for again", async (_, act, there) => {
  const { end, log } = await change(act, {}, [there]);
  expect([end, log]).toEqual([done(there.inviteLink), ["list"]]);
});

test.each<[string, LinkAct, GroupInfo[] | undefined, string[]]>([
  ["made", make, [NONE], []],
  ["renewed", renew, undefined, [MARK]],
  ["closed", close, undefined, [MARK]],
  ["renewed by somebody else", renew, [row({ inviteLink: "https://chat.whatsapp.com/other" })], [MARK]],
])("a link that is %s: the one that ended is noted", async (_, act, there, noted) => {
  const { keeper } = await change(act, {}, there);
  expect([...keeper.endedLinks]).toEqual(noted);
});

test("a link that is to be renewed, and is gone: another one is made", async () => {
  const { end, asked } = await change(renew, {}, [NONE]);
  expect([end, asked]).toEqual([done("https://chat.whatsapp.com/new1"), 1]);
});

test.each([make, renew, close])(
  "to $kind a link, of which the answer was lost: it is found by looking",
  async (act) => {
    const { end, asked } = await change(act, { writes: ["lost but done"] }, [act === make ? NONE : row()]);
    expect([end.failed, asked]).toEqual([undefined, 1]);
  },
);

test.each([make, renew, close])("to $kind a link, which is listed late: it is waited for", async (act) => {
  const { end, log } = await change(act, { writes: ["slow"] }, [act === make ? NONE : row()]);
  expect([end.failed, log.filter((line) => line === "list").length]).toEqual([undefined, 4]);
});

test.each<[LinkAct, GroupInfo, string, string]>([
  [make, NONE, "", "the invite link was not made: CAMS accepted it, and lists no link so far"],
  [
    renew,
    row(),
    LINK,
    "the invite link was not made anew: CAMS accepted it, and lists the same link still, so the old one goes on letting people in. " +
      "Run pulumi up again; if it stays so, end the link by hand (DeleteChatGroupInviteLink)",
  ],
  [
    close,
    row(),
    LINK,
    "the invite link was not closed: CAMS accepted it, and lists the link still, so it goes on letting people in. Run pulumi up again",
  ],
])("to $kind a link, which CAMS accepts and does not do, is an error that says so", async (act, there, link, why) => {
  const { end, keeper, asked } = await change(act, { writes: ["ignored"] }, [there]);
  expect([end, asked]).toEqual([{ link, failed: `jakarta/ops (EA93UU0042): ${why}` }, 1]);
  expect(keeper.audited.at(-1)).toMatchObject({ event: "outcome", outcome: "not done" });
});

test("a lost answer, and the same link still: what was lost is told", async () => {
  const { end, asked } = await change(renew, { writes: ["lost"] });
  expect(asked).toBe(1);
  expect(end).toEqual({
    link: LINK,
    failed:
      "jakarta/ops (EA93UU0042): the invite link was not made anew: AddChatGroupInviteLink: unknown outcome: no (Code). " +
      "Run again: the group is listed before anything else is done. If it stays so, check that rollcall:endpoint is CAMS",
  });
});

test("CAMS says no: it is told, and not looked for", async () => {
  const { end, log } = await change(close, { writes: ["refused"] });
  expect(end.link).toBe(LINK);
  expect(end.failed).toMatch(
    /^jakarta\/ops \(EA93UU0042\): the invite link was not closed: DeleteChatGroupInviteLink: refused: no/,
  );
  expect(log.filter((line) => line === "list")).toHaveLength(1);
});

test("no listing can be read after the call: the link before it is what is known, and it is not done", async () => {
  const lists = ["ok" as const, ...Array.from({ length: 50 }, () => "throttled" as const)];
  const { end } = await change(renew, { lists });
  expect(end.link).toBe(LINK);
  expect(end.failed).toMatch(/^jakarta\/ops \(EA93UU0042\): the invite link was not made anew: CAMS accepted it/);
});

test("the line before the call can't be written: nothing is asked for", async () => {
  const { end, asked } = await change(renew, { unwritable: ({ event }) => event === "attempt" });
  expect(asked).toBe(0);
  expect(end).toEqual({
    link: LINK,
    failed:
      "jakarta/ops (EA93UU0042): the invite link was not made anew: nothing was asked for: Error: no space left on device",
  });
});

test.each<[string, readonly GroupInfo[], string, string]>([
  ["is not listed", [], "", "CAMS does not list the group"],
  [
    "is suspended",
    [row({ status: "SUSPENDED" })],
    LINK,
    "the group is SUSPENDED. Run pulumi up again when it is ACTIVE",
  ],
])("nothing is asked for of a group that %s", async (_, rows, link, why) => {
  const { end, log } = await change(renew, {}, rows);
  expect(end).toEqual({ link, failed: `jakarta/ops (EA93UU0042): the invite link was not made anew: ${why}` });
  expect(log).toEqual(["list"]);
});

describe("while the listing becomes too old", () => {
  async function slowly(meanwhile: Script["meanwhile"]) {
    const keeper = world([row()], { writes: ["look too old"], ...(meanwhile === undefined ? {} : { meanwhile }) });
    const addInviteLink: typeof keeper.cams.addInviteLink = async (...args) => {
      await keeper.clock.sleep(11_000);
      return keeper.cams.addInviteLink(...args);
    };
    const task: LinkTask = { ...where, group: GROUP, act: renew, mark: MARK };
    const end = await changeLink(task, { ...keeper, cams: { ...keeper.cams, addInviteLink } });
    return { end, keeper };
  }

  test("somebody else renews the link: it is not renewed again", async () => {
    const other = "https://chat.whatsapp.com/other";
    const { end, keeper } = await slowly({ 1: (groups) => groups.set(GROUP, row({ inviteLink: other })) });
    expect(end).toEqual(done(other));
    expect(keeper.looks).toHaveLength(1);
  });

  test("nothing changes: it is renewed by the new listing", async () => {
    const { end, keeper } = await slowly(undefined);
    expect(end).toEqual(done("https://chat.whatsapp.com/new1"));
    expect(keeper.looks[1]).toBe(keeper.listings[1]);
  });

  test("the group is suspended: it is not renewed", async () => {
    const { end } = await slowly({ 1: (groups) => groups.set(GROUP, row({ status: "SUSPENDED" })) });
    expect(end.failed).toBe(
      "jakarta/ops (EA93UU0042): the invite link was not made anew: the group is SUSPENDED. Run pulumi up again when it is ACTIVE",
    );
  });
});

test("groups that can't be listed before the call are a failure of the call", async () => {
  const keeper = world([row()], { lists: ["unreachable"] });
  const task: LinkTask = { ...where, group: GROUP, act: close, mark: MARK };
  await expect(changeLink(task, keeper)).rejects.toMatchObject({ kind: "unreachable" });
});
