import type { MessageInfo } from "../../src/cams";
import { DAY, daysAgo, invitation, LINK, message, NOW, OTHER_LINK } from "../invitations/world";
import { ANA, BOT, BUDI } from "../membership/world";
import { planned, row, type OnRecord, type World } from "./inviting";

/** What CAMS lists of earlier messages. */

const HR = { businessNumber: "8613900000000" };
const both: World = { rosters: { ops: "G1", hr: "G2" } };
const open = (over: Parameters<typeof invitation>[0] = {}): OnRecord => ({
  invitations: { invited: { [BUDI]: invitation(over) } },
});
const toBudi = (over: Partial<MessageInfo> = {}) => message({ to: BUDI, ...over });
const listings = (calls: readonly string[]) => calls.filter((call) => call.startsWith("messages"));
const since = (days: number) => new Date(NOW - days * DAY - 5 * 60_000).toISOString();

describe("messages are listed", () => {
  test("once for all groups of an account, since the oldest open invitation", async () => {
    const state = { ops: open({ at: daysAgo(2) }), hr: open({ at: daysAgo(9), id: "m-2" }) };
    expect(listings((await planned({ ...both, state })).calls)).toEqual([
      `messages ${BOT} rollcall_invite ${since(9)}`,
    ]);
  });

  test("whichever of them is the oldest", async () => {
    const state = { ops: open({ at: daysAgo(9) }), hr: open({ at: daysAgo(2), id: "m-2" }) };
    expect(listings((await planned({ ...both, state })).calls)).toEqual([
      `messages ${BOT} rollcall_invite ${since(9)}`,
    ]);
  });

  test("for each account, and for each template of earlier messages", async () => {
    const state = { ops: open({ template: "former" }), hr: open() };
    const apart = await planned({ ...both, state });
    expect([...listings(apart.calls)].sort()).toEqual([
      `messages ${BOT} former ${since(3)}`,
      `messages ${BOT} rollcall_invite ${since(3)}`,
    ]);
    const accounts = await planned({ ...both, state: { ops: open(), hr: open() }, accounts: { hr: HR } });
    expect(accounts.calls.filter((call) => call.startsWith(`messages ${HR.businessNumber}`))).toHaveLength(1);
  });

  test.each(["failed", "lapsed"] as const)("not for an invitation that %s", async (state) => {
    expect(listings((await planned({ state: { ops: open({ state }) } })).calls)).toEqual([]);
  });

  test.each(["accepted", "delivered", "read", "unknown"] as const)("for one whose state is %s", async (state) => {
    expect(listings((await planned({ state: { ops: open({ state }) } })).calls)).toHaveLength(1);
  });
});

test("what CAMS lists of a message is the state of the invitation, and a change", async () => {
  const { one, standings } = await planned({ state: { ops: open() }, messages: [toBudi({ state: "read" })] });
  expect([...(one("ops")?.changed ?? [])]).toEqual([[BUDI, invitation({ state: "read" })]]);
  expect(standings()).toEqual({ [BUDI]: "invited" });
});

test("a message that failed since is told, and not sent again when that would not help", async () => {
  const messages = [toBudi({ state: "failed", why: "131026: Message undeliverable" })];
  const { one, standings } = await planned({ state: { ops: open({ state: "accepted" }) }, messages });
  expect(standings()).toEqual({ [BUDI]: "not invited: failed" });
  expect(one("ops")?.changed.get(BUDI)).toMatchObject({ state: "failed", why: "131026: Message undeliverable" });
});

describe("messages that can't be listed", () => {
  const world: World = { state: { ops: open(), hr: open({ id: "m-2" }) }, ...both, accounts: { hr: HR } };

  test("are warned of; invitations stay as they were, and that refuses nothing", async () => {
    const { warnings, one, standings, rules } = await planned({ ...world, messages: "access" });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^what became of earlier invitations could not be listed, .* Op of EA93UU0042: access/);
    expect([standings("ops"), standings("hr")]).toEqual([{ [BUDI]: "invited" }, { [BUDI]: "invited" }]);
    expect([one("ops")?.changed.size, rules]).toEqual([0, []]);
  });

  test("an unknown outcome stays unknown", async () => {
    const { standings } = await planned({
      state: { ops: open({ state: "unknown", id: undefined }) },
      messages: "access",
    });
    expect(standings()).toEqual({ [BUDI]: "not invited: unknown" });
  });
});

describe("an unknown outcome", () => {
  const lost = open({ state: "unknown", id: undefined, link: undefined });
  const told = async (world: World) => (await planned(world)).standings();

  test("is found by the group's link", async () => {
    const { one } = await planned({ state: { ops: lost }, messages: [toBudi({ id: "m-9" })] });
    expect(one("ops")?.invited.get(BUDI)).toMatchObject({ state: "delivered", id: "m-9", link: LINK.mark });
  });

  test("is not found by another group's link, nor before the attempt, nor when the message is another's", async () => {
    const others = [
      toBudi({ id: "m-9", text: OTHER_LINK.link }),
      toBudi({ id: "m-9", at: NOW - 4 * DAY }),
      message({ id: "m-9", to: ANA }),
    ];
    for (const other of others)
      expect(await told({ state: { ops: lost }, messages: [other] })).toEqual({ [BUDI]: "not invited: unknown" });
  });

  test("is not a message that is on record, of whatever group", async () => {
    const state = { ops: lost, hr: open({ id: "m-9" }) };
    for (const rosters of [{ ops: "G1", hr: "G2" }, { ops: "G1" }]) {
      const records = { ...state, hr: { ...state.hr, group: "G2" } };
      expect(await told({ rosters, state: records, messages: [toBudi({ id: "m-9" })] })).toEqual({
        [BUDI]: "not invited: unknown",
      });
    }
  });

  test("is not a message that an attempt of another group has sent, which is not looked at", async () => {
    const attempt = { at: daysAgo(3), template: "rollcall_invite", people: [{ number: BUDI, purpose: "first" }] };
    const sent = { ended: daysAgo(3), results: [{ outcome: "accepted", id: "m-9" }] };
    const state = { ops: lost, hr: { group: "G2", invitations: { attempt }, sent } };
    expect(await told({ rosters: { ops: "G1" }, state, messages: [toBudi({ id: "m-9" })] })).toEqual({
      [BUDI]: "not invited: unknown",
    });
  });

  test("is not the message before it to the same person", async () => {
    const before = invitation({ id: "m-0", at: daysAgo(1) });
    const attempt = { at: daysAgo(1), template: "rollcall_invite", people: [{ number: BUDI, purpose: "reminder" }] };
    const state = { ops: { invitations: { invited: { [BUDI]: before }, attempt } } };
    const messages = [toBudi({ id: "m-0", at: NOW - DAY })];
    expect(await told({ state, messages })).toEqual({ [BUDI]: "not invited: unknown" });
    expect(await told({ state, messages: [...messages, toBudi({ id: "m-1", at: NOW - DAY })] })).toEqual({
      [BUDI]: "invited",
    });
  });

  test("is not found in a message without its text: it may be that of a group whose record has ended", async () => {
    const silent = toBudi({ id: "m-9", text: "", state: "failed", why: "131049" });
    const joined = { hr: { group: "G2", invitations: {} } };
    for (const state of [{ ops: lost }, { ops: lost, ...joined }])
      expect(await told({ rosters: { ops: "G1" }, state, messages: [silent] })).toEqual({
        [BUDI]: "not invited: unknown",
      });
  });

  test("is looked for by the link that the group has now, where none is on record", async () => {
    const groups = [row("G1", { inviteLink: OTHER_LINK.link })];
    const { one } = await planned({
      state: { ops: lost },
      groups,
      messages: [toBudi({ id: "m-9", text: OTHER_LINK.link })],
    });
    expect(one("ops")?.invited.get(BUDI)).toMatchObject({ state: "delivered", link: OTHER_LINK.mark });
  });
});
