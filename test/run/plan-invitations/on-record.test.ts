import type { Attempt, Invitation } from "../../../src/invitations/types";
import { daysAgo, invitation, LINK } from "../../invitations/world";
import { ANA, BOT, BUDI, CITRA, DEWI } from "../../membership/world";
import { planned, TEAM, type OnRecord, type World } from "../inviting";

/** What a run makes of what the state has on record of a group's invitations. */

const attempt = (...numbers: readonly string[]): Attempt => ({
  ...{ at: daysAgo(1), template: "rollcall_invite" },
  people: numbers.map((number) => ({ number, purpose: "first" })),
});
const onRecord = (invited: Readonly<Record<string, Invitation>>, over: OnRecord = {}): World => ({
  state: { ops: { invitations: { invited }, ...over } },
});

describe("an attempt of the last run", () => {
  const begun = { invitations: { attempt: attempt(BUDI) } };
  const ended = (result: object, at = daysAgo(1)): World => ({
    state: { ops: { ...begun, sent: { ended: at, results: [result] } } },
  });

  test("that was accepted is an invitation, and a change that is told", async () => {
    const { one, standings, calls } = await planned(ended({ outcome: "accepted", id: "m-1", link: LINK.mark }));
    const now: Invitation = {
      ...{ state: "accepted", since: daysAgo(1), at: daysAgo(1), messages: 1, reminders: 0 },
      ...{ template: "rollcall_invite", id: "m-1", link: LINK.mark },
    };
    expect(standings()).toEqual({ [BUDI]: "invited" });
    expect([...(one("ops")?.invited ?? [])]).toEqual([[BUDI, now]]);
    expect([...(one("ops")?.changed ?? [])]).toEqual([[BUDI, now]]);
    expect(calls).toContain(`messages ${BOT} rollcall_invite 2026-11-30T07:55:00.000Z`);
  });

  test("that failed for good is not made again", async () => {
    const { standings } = await planned(ended({ outcome: "failed", why: "131026: no" }));
    expect(standings()).toEqual({ [BUDI]: "not invited: failed" });
  });

  test("in which nothing was sent is made again", async () => {
    const { standings, one } = await planned(ended({ outcome: "not sent", why: "throttled" }));
    expect([standings(), one("ops")?.invited.size]).toEqual([{ [BUDI]: "to invite: first" }, 0]);
  });

  test.each<[string, World]>([
    ["of which the state tells no end", { state: { ops: begun } }],
    ["of which the state tells the end of an earlier one", ended({ outcome: "accepted", id: "m-0" }, daysAgo(2))],
    ["whose end can't be read", { state: { ops: { ...begun, sent: { ended: daysAgo(1), results: "?" } } } }],
  ])("%s is of unknown outcome, and nobody is written to", async (_, world) => {
    const { standings, one, invited } = await planned(world);
    expect([standings(), invited()]).toEqual([{ [BUDI]: "not invited: unknown" }, []]);
    expect(one("ops")?.invited.get(BUDI)).toMatchObject({ state: "unknown", at: daysAgo(1), messages: 1 });
  });

  test("belongs to the group: another group's end is not its own", async () => {
    const sent = { ended: daysAgo(1), results: [{ outcome: "not sent" }] };
    const { standings } = await planned({ rosters: { ops: "G1", hr: "G2" }, state: { ops: begun, hr: { sent } } });
    expect(standings()).toEqual({ [BUDI]: "not invited: unknown" });
  });
});

describe("a roster that was renamed", () => {
  const renamed = (over: OnRecord): World => ({
    rosters: { night: "G1" },
    state: { night: "nothing", ops: { group: "G1", ...over } },
  });

  test("keeps what is on record of its group", async () => {
    const { standings } = await planned(renamed({ invitations: { invited: { [BUDI]: invitation() } } }));
    expect(standings("night")).toEqual({ [BUDI]: "invited" });
  });

  test("keeps how its last attempt ended", async () => {
    const sent = { ended: daysAgo(1), results: [{ outcome: "failed", why: "131026" }] };
    const { standings } = await planned(renamed({ invitations: { attempt: attempt(BUDI) }, sent }));
    expect(standings("night")).toEqual({ [BUDI]: "not invited: failed" });
  });

  test("gets nothing of the group that had its name", async () => {
    const { standings } = await planned({
      rosters: { ops: "G2" },
      state: { ops: { group: "G1", invitations: { invited: { [BUDI]: invitation() } } } },
      there: { G2: [ANA] },
    });
    expect(standings()).toEqual({ [BUDI]: "not invited: adoption" });
  });
});

describe("an invitation that came to its end", () => {
  test("by the person's coming is told once, and forgotten", async () => {
    const world = { ...onRecord({ [BUDI]: invitation() }), there: { G1: [ANA, BUDI] } };
    const { one } = await planned(world);
    expect(one("ops")?.ended).toEqual([{ number: BUDI, name: "Budi", how: "joined", invitation: invitation() }]);
    expect([one("ops")?.invited.size, one("ops")?.changed.size]).toEqual([0, 0]);
  });

  test("since the person is not declared any more is told once, and remembered for its time", async () => {
    const invited = { [CITRA]: invitation() };
    const { one } = await planned(onRecord(invited));
    expect(one("ops")?.ended).toEqual([{ number: CITRA, name: "", how: "withdrawn", invitation: invitation() }]);
    const kept = { [CITRA]: invitation({ withdrawn: true }) };
    expect(Object.fromEntries(one("ops")?.invited ?? [])).toEqual(kept);
    expect((await planned(onRecord(kept))).one("ops")?.ended).toEqual([]);
  });

  test("of somebody who came and is to be removed is told, too", async () => {
    const world = { ...onRecord({ [CITRA]: invitation() }), there: { G1: [ANA, CITRA] } };
    const { one, plan } = await planned(world);
    expect(plan.groups[0]?.verdict.plan?.remove.map(({ number }) => number)).toEqual([CITRA]);
    expect(one("ops")?.ended).toMatchObject([{ number: CITRA, how: "joined" }]);
  });

  test("of somebody who came and is spared is told, too", async () => {
    const state = { ops: { invitations: { invited: { [CITRA]: invitation() } } } };
    const { one, plan } = await planned({ state, there: { G1: [ANA, CITRA] }, desired: { undeclared: "report" } });
    expect(plan.groups[0]?.verdict.plan?.spared.map(({ number }) => number)).toEqual([CITRA]);
    expect(one("ops")?.ended).toMatchObject([{ number: CITRA, how: "joined" }]);
  });

  test("since the time is over: it lapsed, which is a change", async () => {
    const { one, standings } = await planned(onRecord({ [BUDI]: invitation({ since: daysAgo(30) }) }));
    expect(standings()).toEqual({ [BUDI]: "not invited: lapsed" });
    expect(one("ops")?.changed.get(BUDI)?.state).toBe("lapsed");
  });

  test("only after the time that the stack has set", async () => {
    const world = onRecord({ [BUDI]: invitation({ since: daysAgo(30) }) });
    expect((await planned({ ...world, wish: { lapsesAfterDays: 31 } })).standings()).toEqual({ [BUDI]: "invited" });
  });
});

test("an invitation of which nothing is new is no change", async () => {
  const { one } = await planned(onRecord({ [BUDI]: invitation() }));
  expect([one("ops")?.changed.size, one("ops")?.ended]).toEqual([0, []]);
});

test("a reminder that is due is sent", async () => {
  const world = onRecord({ [BUDI]: invitation() });
  expect((await planned({ ...world, wish: { remindAfterDays: 3 } })).invited()).toEqual([`${BUDI} reminder`]);
  expect((await planned({ ...world, wish: { remindAfterDays: 4 } })).invited()).toEqual([]);
});

test("a place is kept for everybody with an open invitation", async () => {
  const there = { G1: [ANA, "628120000001", "628120000002", "628120000003", "628120000004", "628120000005"] };
  const members = new Map([...TEAM, [CITRA, "Citra"], [DEWI, "Dewi"], ...there.G1.map((one) => [one, ""] as const)]);
  const lastLook = { awaiting: `${BUDI} ${CITRA} ${DEWI}`, invitations: { invited: { [CITRA]: invitation() } } };
  const state = { ops: { members: Object.fromEntries(members), lastLook } };
  const { standings } = await planned({ there, members, state });
  expect(standings()).toEqual({ [BUDI]: "to invite: first", [CITRA]: "invited", [DEWI]: "not invited: no room" });
});
