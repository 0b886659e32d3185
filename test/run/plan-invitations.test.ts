import type { GroupInfo } from "../../src/cams";
import type { Upkeep } from "../../src/groups/types";
import type { PlannedGroup } from "../../src/run/plan-run";
import { daysAgo, invitation, LINK, NOT_ON_WHATSAPP } from "../invitations/world";
import { ANA, BOT, BUDI, CITRA, DEWI, fresh, whole } from "../membership/world";
import { planned, row, TEAM, type World } from "./inviting";

const TEMPLATE = `template ${BOT} rollcall_invite en`;
const CALLS = [`groups ${BOT}`, TEMPLATE, `number ${BOT}`];
const SINCE = "2026-11-28T07:55:00.000Z";

describe("somebody who is awaited", () => {
  test("is invited after one look at the account's groups, at the template and at the number", async () => {
    const { invited, standings, calls, one, plan, rules } = await planned({});
    expect(invited()).toEqual([`${BUDI} first`]);
    expect(standings()).toEqual({ [BUDI]: "to invite: first" });
    expect(one("ops")?.invite).toEqual([{ number: BUDI, name: "Budi", purpose: "first" }]);
    expect(calls).toEqual(CALLS);
    expect([plan.refusals, rules]).toEqual([[], []]);
  });

  test("is invited into each of several groups after the same looks", async () => {
    const rosters = { ops: "G1", hr: "G2", it: "G3" };
    const { invited, calls } = await planned({ rosters });
    for (const name of Object.keys(rosters)) expect(invited(name)).toEqual([`${BUDI} first`]);
    expect(calls).toEqual(CALLS);
  });

  test("groups of several accounts: each account is looked at once", async () => {
    const rosters = { ops: "G1", hr: "G2", it: "G3" };
    const other = { businessNumber: "8613900000000" };
    const { calls } = await planned({ rosters, accounts: { hr: other, it: other } });
    expect([...calls].sort()).toEqual(
      [...CALLS, ...CALLS.map((call) => call.replace(BOT, other.businessNumber))].sort(),
    );
  });

  test("is invited by a release once more, as releases.yaml says", async () => {
    const invited = { [BUDI]: invitation({ state: "failed", why: NOT_ON_WHATSAPP }) };
    const state = { ops: { invitations: { invited } } };
    const release = { people: [BUDI], until: "2026-12-31", reason: undefined, at: "releases.yaml:1" };
    const by = async (groups: readonly string[] | undefined) =>
      (await planned({ state, options: { releases: [{ ...release, groups }] } })).one("ops")?.invite;
    const released = [{ number: BUDI, name: "Budi", purpose: "released", release: "2026-12-31" }];
    expect(await by(undefined)).toEqual(released);
    expect(await by(["ops"])).toEqual(released);
    expect(await by(["hr"])).toEqual([]);
  });

  test.each(["2026-12-30", "2026-12-31"])("each of two releases counts once: not that of %s again", async (used) => {
    const unused = used === "2026-12-30" ? "2026-12-31" : "2026-12-30";
    const invited = { [BUDI]: invitation({ state: "failed", why: NOT_ON_WHATSAPP, release: used }) };
    const releases = ["2026-12-30", "2026-12-31"].map((until) => ({
      ...{ people: [BUDI], groups: undefined, until, reason: undefined, at: "releases.yaml:1" },
    }));
    const { one } = await planned({ state: { ops: { invitations: { invited } } }, options: { releases } });
    expect(one("ops")?.invite).toMatchObject([{ number: BUDI, release: unused }]);
  });
});

describe("what nobody needs is not looked at", () => {
  test.each<[string, World, readonly string[]]>([
    ["nobody is awaited", { there: { G1: [ANA, BUDI] } }, []],
    ["nobody is to be invited", { wish: null }, []],
    ["no group is looked at", { only: new Set() }, []],
    ["the group is held", { there: { G1: "doubtful" } }, []],
    ["the state could not be read", { state: undefined }, []],
    ["nobody agreed", { wish: { consent: new Map() } }, [`groups ${BOT}`]],
    [
      "the invitation is open",
      { state: { ops: { invitations: { invited: { [BUDI]: invitation() } } } } },
      [`groups ${BOT}`, `messages ${BOT} rollcall_invite ${SINCE}`],
    ],
    [
      "the invitation failed for good",
      {
        state: { ops: { invitations: { invited: { [BUDI]: invitation({ state: "failed", why: NOT_ON_WHATSAPP }) } } } },
      },
      [`groups ${BOT}`],
    ],
  ])("%s", async (_, world, expected) => {
    const { calls, plan, one } = await planned(world);
    expect(calls).toEqual(expected);
    expect(one("ops")?.invite ?? []).toEqual([]);
    expect(plan.inviteRefusals ?? []).toEqual([]);
  });

  test("without anybody to invite, nothing is planned of invitations, so that the record stays as it is", async () => {
    for (const world of [{ wish: null }, { only: new Set<string>() }, { state: undefined }]) {
      const { plan } = await planned(world);
      expect(plan.groups.map(({ invitations }) => invitations)).toEqual([undefined]);
      expect(plan.inviteRefusals).toBeUndefined();
    }
    const skipped = await planned({ besides: { skipped: true } });
    expect(skipped.one("ops")).toBeUndefined();
  });
});

describe("nobody is invited", () => {
  const listed = (over: Partial<GroupInfo>): World => ({ groups: [row("G1", over)] });
  test.each<[string, World, string]>([
    ["by the first up of a group", { state: { ops: "nothing" } }, "not invited: adoption"],
    ["into a group that CAMS does not list", { groups: [row("G2")] }, "not invited: not listed"],
    ["into a group that is not ACTIVE", listed({ status: "SUSPENDED" }), "not invited: group not active"],
    ["into a group without a link", listed({ inviteLink: "" }), "not invited: no link"],
    ["into a group that is full", { there: { G1: [ANA] }, besides: besidesFull() }, "not invited: no room"],
    ["who did not agree", { wish: { consent: new Map() } }, "not invited: no consent"],
    [
      "who was removed before",
      { state: { ops: { lastLook: { awaiting: BUDI, removed: BUDI } } } },
      "not invited: removed before",
    ],
    ["who left on their own", { state: { ops: { lastLook: {} } } }, "not invited: left"],
  ])("%s", async (_, world, expected) => {
    const { standings, invited } = await planned(world);
    expect([standings(), invited()]).toEqual([{ [BUDI]: expected }, []]);
  });

  function besidesFull(): Partial<PlannedGroup> {
    const present = Array.from({ length: 8 }, (_, i) => ({ number: `62812000000${i}`, name: "" }));
    const awaiting = [{ number: BUDI, name: "Budi" }];
    const plan = { name: "ops", group: "G1", present, awaiting, left: [], remove: [], spared: [], unidentified: 0 };
    return { verdict: { kind: "approved", plan, approved: { remove: [] } } } as unknown as Partial<PlannedGroup>;
  }

  test("into a group that a guard holds, and its open invitations are told all the same", async () => {
    const invited = { [BUDI]: invitation() };
    const world: World = {
      there: { G1: [ANA, CITRA, DEWI, "628110000006"] },
      state: { ops: { invitations: { invited } } },
    };
    const { plan, one, calls, standings } = await planned(world);
    expect(plan.groups[0]?.verdict.kind).toBe("held");
    expect([one("ops")?.invite, standings()]).toEqual([[], { [BUDI]: "not invited: held" }]);
    expect([...(one("ops")?.invited ?? [])]).toEqual([[BUDI, invitation()]]);
    expect(calls).toEqual([`messages ${BOT} rollcall_invite ${SINCE}`]);
  });

  test("when the groups of the account can't be listed, and that is a refusal; other accounts go on", async () => {
    const { standings, invited, plan, rules } = await planned({ groups: "access" });
    expect([standings(), invited(), rules]).toEqual([{ [BUDI]: "not invited: not listed" }, [], ["groups-not-listed"]]);
    expect(plan.inviteRefusals?.[0]?.message).toMatch(
      /^Nobody is invited, since the groups .* Op of EA93UU0042: access/,
    );
    expect([plan.refusals, plan.groups[0]?.verdict.kind]).toEqual([[], "approved"]);
  });

  test("when what is on record can't be read: the group's record is not written over", async () => {
    const state = { ops: { invitations: { invited: { [BUDI]: { state: "joined" } } } } };
    const { standings, one, calls, plan } = await planned({ state });
    expect([standings(), one("ops")?.invite, one("ops")?.unread]).toEqual([{ [BUDI]: "not invited: held" }, [], true]);
    expect(calls).toEqual([]);
    expect(plan.inviteRefusals).toEqual([
      {
        ...{ rule: "invitations-unreadable", name: undefined },
        message:
          "Nobody is invited into ops: what the state has on record of earlier invitations can't be read, so who was written to before is " +
          "not known. Give the stack's passphrase, and run the release of Rollcall that wrote the state",
      },
    ]);
  });

  test("that holds only the groups of which it can't be read, and is told only where somebody is awaited", async () => {
    const state = { ops: { invitations: 1 }, hr: {}, it: { invitations: 1 } };
    const world: World = { rosters: { ops: "G1", hr: "G2", it: "G3" }, state, there: { G3: [ANA, BUDI] } };
    const { invited, plan, one } = await planned(world);
    expect([invited("ops"), invited("hr"), invited("it")]).toEqual([[], [`${BUDI} first`], []]);
    expect(plan.inviteRefusals?.map(({ message }) => message.slice(0, 31))).toEqual([
      "Nobody is invited into ops: wha",
    ]);
    expect([one("hr")?.unread, one("it")?.unread]).toEqual([undefined, true]);
  });
});

describe("the link that messages will hold", () => {
  const upkeep = (link: Upkeep["link"], over: Partial<Upkeep> = {}): Upkeep => ({
    create: false,
    set: {},
    link,
    ...over,
  });
  const MAKE = { kind: "make", why: "" } as const;
  const made: Partial<PlannedGroup> = {
    ...{ make: { intent: { subject: "Ops" } } as unknown as PlannedGroup["make"], history: fresh },
    observed: whole(),
  };

  test.each<[string, World, string]>([
    [
      "a link that is made in this run",
      { groups: [row("G1", { inviteLink: "" })], besides: { upkeep: upkeep(MAKE) } },
      "to invite: first",
    ],
    [
      "a link that is ended in this run",
      { besides: { upkeep: upkeep({ kind: "close", why: "" }) } },
      "not invited: no link",
    ],
    [
      "a group that is made in this run, with its link",
      { state: { ops: "nothing" }, besides: { ...made, upkeep: upkeep(MAKE, { create: true }) } },
      "to invite: first",
    ],
    [
      "a group that is made without a link",
      { state: { ops: "nothing" }, besides: { ...made, upkeep: upkeep(undefined, { create: true }) } },
      "not invited: no link",
    ],
    [
      "a group that is not made",
      { state: { ops: "nothing" }, besides: { ...made, upkeep: upkeep(MAKE) } },
      "not invited: no link",
    ],
    [
      "a group that Rollcall made before, at its first look",
      { state: { ops: "nothing" }, besides: { named: false } },
      "to invite: first",
    ],
    [
      "a group that the roster names, at its first look",
      { state: { ops: "nothing" }, besides: { named: true } },
      "not invited: adoption",
    ],
  ])("%s", async (_, world, expected) => {
    expect((await planned(world)).standings()).toEqual({ [BUDI]: expected });
  });

  test("the groups of the account are not listed for a group that is made", async () => {
    const besides = { ...made, upkeep: upkeep(MAKE, { create: true }) };
    expect((await planned({ state: { ops: "nothing" }, besides })).calls).toEqual([TEMPLATE, `number ${BOT}`]);
  });

  test("is another one: people with an open invitation get it", async () => {
    const state = { ops: { invitations: { invited: { [BUDI]: invitation({ at: daysAgo(1) }) } } } };
    const renewed = await planned({ state, besides: { upkeep: upkeep({ kind: "renew", why: "" }) } });
    expect(renewed.invited()).toEqual([`${BUDI} new link`]);
    const changed = await planned({ state, groups: [row("G1", { inviteLink: "https://chat.whatsapp.com/other" })] });
    expect(changed.invited()).toEqual([`${BUDI} new link`]);
    expect((await planned({ state, groups: [row("G1", { inviteLink: LINK.link })] })).invited()).toEqual([]);
  });
});

test("more people than the run may write to: the whole run is refused, and names them", async () => {
  const world: World = {
    ...{ rosters: { ops: "G1", hr: "G2" }, members: new Map([...TEAM, [CITRA, "Citra"]]) },
    ...{ wish: {}, options: { limits: { maxInvitationsPerRun: 3 } } },
  };
  const { plan } = await planned(world);
  expect(plan.refusals).toEqual([
    {
      rule: "max-invitations-per-run",
      name: undefined,
      message: expect.stringMatching(/^4 invitations .* limit of 3: /) as string,
    },
  ]);
  const enough = await planned({ ...world, options: { limits: { maxInvitationsPerRun: 4 } } });
  expect(enough.plan.refusals).toEqual([]);
});
