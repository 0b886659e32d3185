import { planInvitations, type InviteCase } from "../../src/invitations/plan";
import type { Invitation, Standing } from "../../src/invitations/types";
import { ANA, BUDI, CITRA } from "../membership/world";
import {
  daysAgo,
  EARLIER_LINK,
  group,
  invitation,
  inviteCase,
  LINK,
  NOT_ON_WHATSAPP,
  PAUSED,
  person,
  renewed,
  strangers,
  TOO_MANY,
  wish,
} from "./world";

/** How it stands with Ana, in few words. */
function standing(over: Partial<InviteCase>): string {
  const one = planInvitations(inviteCase(over)).standings.get(ANA);
  return one === undefined ? "none" : inWords(one);
}

function inWords(one: Standing): string {
  if (one.kind === "to invite") return `to invite: ${one.purpose}`;
  return one.kind === "invited" ? "invited" : `not invited: ${one.because}`;
}

/** Ana was invited before. */
const before = (over: Partial<Invitation>): Pick<InviteCase, "invited"> => ({
  invited: new Map([[ANA, invitation(over)]]),
});

const released = (until: string): Pick<InviteCase, "released"> => ({ released: new Map([[ANA, until]]) });
const nobodyAgreed = { wish: wish({ consent: new Map() }) };
const isFull = group({ spared: strangers(8) });
const withoutLink = { link: { kind: "none", because: "no link" } } as const;

describe("how it stands with somebody who is awaited", () => {
  test.each<[string, Partial<InviteCase>, string]>([
    ["nobody wrote to them", {}, "to invite: first"],
    ["the link is made in this run", { link: renewed }, "to invite: first"],
    ["they left on their own", { plan: group({ awaiting: [], left: [person(ANA)] }) }, "not invited: left"],
    [
      "they were removed before",
      { plan: group({ awaiting: [{ ...person(ANA), removedBefore: true }] }) },
      "not invited: removed before",
    ],
    ["the group is held", { link: { kind: "none", because: "held" } }, "not invited: held"],
    ["the group was not listed", { link: { kind: "none", because: "not listed" } }, "not invited: not listed"],
    [
      "the group is not ACTIVE",
      { link: { kind: "none", because: "group not active" } },
      "not invited: group not active",
    ],
    ["the group has no link", withoutLink, "not invited: no link"],
    ["the first up of the group", { isAdoption: true }, "not invited: adoption"],
    ["they did not agree", nobodyAgreed, "not invited: no consent"],
    [
      "they did not agree, and need not",
      { wish: wish({ consent: new Map(), requireConsent: false }) },
      "to invite: first",
    ],
    ["accepted", before({ state: "accepted" }), "invited"],
    ["delivered", before({ state: "delivered" }), "invited"],
    ["read", before({ state: "read" }), "invited"],
    ["it is not known whether they were written to", before({ state: "unknown" }), "not invited: unknown"],
    ["they did not come in time", before({ state: "lapsed" }), "not invited: lapsed"],
    ["they are not on WhatsApp", before({ state: "failed", why: NOT_ON_WHATSAPP }), "not invited: failed"],
    ["the template was paused", before({ state: "failed", why: PAUSED }), "not invited: failed"],
    ["the message failed, nobody knows why", before({ state: "failed" }), "not invited: failed"],
    ["the message failed for another reason", before({ state: "failed", why: "no route" }), "not invited: failed"],
    ["the message failed for a reason that passes", before({ state: "failed", why: TOO_MANY }), "to invite: again"],
    ["the link in the message was ended", before({ link: EARLIER_LINK.mark }), "to invite: new link"],
    ["the link in the message ends in this run", { ...before({}), link: renewed }, "to invite: new link"],
    [
      "which link the message held is not known, and every link ends in this run",
      { ...before({ link: undefined }), link: renewed },
      "to invite: new link",
    ],
    ["which link the message held is not known", before({ link: undefined }), "invited"],
    ["the group is full", { plan: { ...isFull, awaiting: [person(ANA)] } }, "not invited: no room"],
    ["the reviewed plan names them", { named: new Set([ANA]) }, "to invite: first"],
    ["the reviewed plan names others", { named: new Set([BUDI]) }, "not invited: not in the plan"],
  ])("%s", (_, over, expected) => expect(standing(over)).toBe(expected));

  test("what is known of an earlier invitation goes with it", () => {
    const one = invitation({ state: "lapsed", since: daysAgo(31) });
    const standingOf = (over: Partial<InviteCase>) =>
      planInvitations(inviteCase({ invited: new Map([[ANA, one]]), ...over })).standings.get(ANA);
    expect(standingOf({})).toEqual({ kind: "not invited", because: "lapsed", invitation: one });
    expect(standingOf({ isAdoption: true })).toEqual({ kind: "not invited", because: "adoption", invitation: one });
    expect(standingOf(released("2026-12-01"))).toEqual({ kind: "to invite", purpose: "released", invitation: one });
    expect(standingOf({ plan: group({ awaiting: [], left: [person(ANA)] }) })).toEqual({
      ...{ kind: "not invited", because: "left", invitation: one },
    });
    expect(standingOf({ ...released("2026-12-01"), plan: { ...isFull, awaiting: [person(ANA)] } })).toEqual({
      ...{ kind: "not invited", because: "no room", invitation: one },
    });
  });

  test("people who are there, who stay undeclared or who are removed have none", () => {
    const plan = group({
      ...{ present: [person(ANA)], awaiting: [], spared: [{ ...person(BUDI), because: "protect" }] },
      remove: [{ ...person(CITRA), reason: "never declared" }],
    });
    expect(planInvitations(inviteCase({ plan }))).toEqual({ invite: [], standings: new Map() });
  });
});

/** Each row has every reason of the rows below it, too. */
describe("of several reasons the first one counts", () => {
  const failed = before({ state: "failed", why: NOT_ON_WHATSAPP });
  const named = { named: new Set<string>() };
  const full = { plan: { ...isFull, awaiting: [person(ANA)] } };
  const gone = { plan: { ...isFull, awaiting: [{ ...person(ANA), removedBefore: true as const }] } };
  const left = { plan: { ...isFull, awaiting: [], left: [person(ANA)] } };
  const adopted = { isAdoption: true };
  test.each<[string, Partial<InviteCase>]>([
    ["left", { ...named, ...failed, ...nobodyAgreed, ...adopted, ...withoutLink, ...left }],
    ["removed before", { ...named, ...failed, ...nobodyAgreed, ...adopted, ...withoutLink, ...gone }],
    ["no link", { ...named, ...full, ...failed, ...nobodyAgreed, ...adopted, ...withoutLink }],
    ["no consent", { ...named, ...full, ...failed, ...adopted, ...nobodyAgreed }],
    ["adoption", { ...named, ...full, ...failed, ...adopted }],
    ["failed", { ...named, ...full, ...failed }],
    ["unknown", { ...named, ...full, ...before({ state: "unknown" }) }],
    ["lapsed", { ...named, ...full, ...before({ state: "lapsed" }) }],
    ["not in the plan", { ...named, ...full }],
    ["no room", full],
  ])("%s", (because, over) => expect(standing(over)).toBe(`not invited: ${because}`));

  test("somebody with an open invitation is told as invited, also when the reviewed plan does not name them", () => {
    const due = { wish: wish({ remindAfterDays: 3 }) };
    expect(standing({ ...before({}), ...due })).toBe("to invite: reminder");
    expect(standing({ ...before({}), ...due, ...named })).toBe("invited");
    expect(standing({ ...before({ link: EARLIER_LINK.mark }), ...named })).toBe("invited");
  });

  test("somebody without one is not, when the reviewed plan does not name them", () => {
    const passing = before({ state: "failed", why: TOO_MANY });
    expect(standing({ ...passing, ...named })).toBe("not invited: not in the plan");
    expect(standing({ ...before({ state: "lapsed" }), ...released("2026-12-01"), ...named })).toBe(
      "not invited: not in the plan",
    );
  });
});

describe("a reminder", () => {
  const after = (remindAfterDays: number, maxReminders = 1) => ({ wish: wish({ remindAfterDays, maxReminders }) });
  test.each<[string, Partial<InviteCase>, string]>([
    ["is due on the day", { ...before({}), ...after(3) }, "to invite: reminder"],
    ["is due after it", { ...before({}), ...after(2) }, "to invite: reminder"],
    ["is not due a day before", { ...before({}), ...after(4) }, "invited"],
    [
      "is not due a moment before",
      { ...before({ at: new Date(Date.parse(daysAgo(3)) + 1).toISOString() }), ...after(3) },
      "invited",
    ],
    ["never is when the settings say 0 days", { ...before({}), ...after(0) }, "invited"],
    ["never is when the settings permit none", { ...before({}), ...after(3, 0) }, "invited"],
    ["is sent once by default", { ...before({ reminders: 1, messages: 2 }), ...after(3) }, "invited"],
    ["is sent twice", { ...before({ reminders: 1, messages: 2 }), ...after(3, 2) }, "to invite: reminder"],
    [
      "counts from the last message",
      { ...before({ since: daysAgo(9), at: daysAgo(2), reminders: 1 }), ...after(3, 2) },
      "invited",
    ],
    ["is for who read the message, too", { ...before({ state: "read" }), ...after(3) }, "to invite: reminder"],
    ["is the fifth message at most", { ...before({ messages: 4 }), ...after(3, 9) }, "to invite: reminder"],
    ["is never the sixth", { ...before({ messages: 5 }), ...after(3, 9) }, "invited"],
    [
      "is none for who may not have been written to",
      { ...before({ state: "unknown" }), ...after(3) },
      "not invited: unknown",
    ],
    ["gives way to a new link", { ...before({ link: EARLIER_LINK.mark }), ...after(3) }, "to invite: new link"],
  ])("%s", (_, over, expected) => expect(standing(over)).toBe(expected));
});

describe("a person gets five messages for a group at most", () => {
  test.each<[string, Partial<InviteCase>, string]>([
    ["a fifth for a new link", before({ link: EARLIER_LINK.mark, messages: 4 }), "to invite: new link"],
    ["no sixth for a new link", before({ link: EARLIER_LINK.mark, messages: 5 }), "not invited: lapsed"],
    ["a fifth after a failure", before({ state: "failed", why: TOO_MANY, messages: 4 }), "to invite: again"],
    ["no sixth after a failure", before({ state: "failed", why: TOO_MANY, messages: 5 }), "not invited: failed"],
  ])("%s", (_, over, expected) => expect(standing(over)).toBe(expected));
});

describe("a release", () => {
  const by = (until: string, over: Partial<Invitation>) => ({ ...before(over), ...released(until) });
  test.each<[string, Partial<InviteCase>, string]>([
    [
      "lets a failed invitation be sent",
      by("2026-12-01", { state: "failed", why: NOT_ON_WHATSAPP }),
      "to invite: released",
    ],
    ["lets an unknown one be sent", by("2026-12-01", { state: "unknown" }), "to invite: released"],
    ["lets a lapsed one be sent", by("2026-12-01", { state: "lapsed" }), "to invite: released"],
    [
      "goes before a message that is sent again by itself",
      by("2026-12-01", { state: "failed", why: TOO_MANY }),
      "to invite: released",
    ],
    [
      "also when five were sent",
      by("2026-12-01", { state: "failed", why: TOO_MANY, messages: 5 }),
      "to invite: released",
    ],
    ["counts once", by("2026-12-01", { state: "lapsed", release: "2026-12-01" }), "not invited: lapsed"],
    [
      "counts once, for unknown ones",
      by("2026-12-01", { state: "unknown", release: "2026-12-01" }),
      "not invited: unknown",
    ],
    [
      "counts once, for failed ones",
      by("2026-12-01", { state: "failed", release: "2026-12-01" }),
      "not invited: failed",
    ],
    [
      "counts once, before a message that is sent again by itself",
      by("2026-12-01", { state: "failed", why: TOO_MANY, release: "2026-12-01" }),
      "to invite: again",
    ],
    [
      "counts once, also when another one was used since",
      by("2026-12-01", { state: "lapsed", release: "2026-12-01 2026-12-31" }),
      "not invited: lapsed",
    ],
    ["of another day counts anew", by("2026-12-31", { state: "lapsed", release: "2026-12-01" }), "to invite: released"],
    [
      "lets one more be sent after five, when their link was ended",
      by("2026-12-01", { link: EARLIER_LINK.mark, messages: 5 }),
      "to invite: released",
    ],
    [
      "lets only one more be sent",
      by("2026-12-01", { link: EARLIER_LINK.mark, messages: 6, release: "2026-12-01" }),
      "not invited: lapsed",
    ],
    [
      "is not used up by a message for a new link",
      by("2026-12-01", { link: EARLIER_LINK.mark }),
      "to invite: new link",
    ],
    ["repeats no open invitation", by("2026-12-01", { state: "delivered" }), "invited"],
    ["needs no earlier invitation, and changes none", released("2026-12-01"), "to invite: first"],
    [
      "of somebody else does nothing",
      { ...before({ state: "lapsed" }), released: new Map([[BUDI, "2026-12-01"]]) },
      "not invited: lapsed",
    ],
    [
      "does not replace consent",
      { ...by("2026-12-01", { state: "lapsed" }), ...nobodyAgreed },
      "not invited: no consent",
    ],
    [
      "does not let in who was removed before",
      {
        ...by("2026-12-01", { state: "lapsed" }),
        plan: group({ awaiting: [{ ...person(ANA), removedBefore: true }] }),
      },
      "not invited: removed before",
    ],
  ])("%s", (_, over, expected) => expect(standing(over)).toBe(expected));
});

describe("who is sent a message", () => {
  test("is named with the purpose, sorted by number", () => {
    const plan = group({ awaiting: [person(CITRA), person(ANA), person(BUDI)] });
    const invited = new Map([
      [BUDI, invitation({ link: EARLIER_LINK.mark })],
      [CITRA, invitation({ state: "lapsed" })],
    ]);
    const all = new Map([ANA, BUDI, CITRA].map((number) => [number, "2026-12-31"]));
    expect(planInvitations(inviteCase({ plan, invited, released: all })).invite).toStrictEqual([
      { number: ANA, name: "Ana", purpose: "first" },
      { number: BUDI, name: "Budi", purpose: "new link" },
      { number: CITRA, name: "Citra", purpose: "released", release: "2026-12-31" },
    ]);
  });

  test("is nobody who has a standing of another kind", () => {
    const plan = group({ awaiting: [person(ANA), person(BUDI)], left: [person(CITRA)] });
    const invited = new Map([[ANA, invitation({ link: LINK.mark })]]);
    const { invite, standings } = planInvitations(inviteCase({ plan, invited }));
    expect(invite).toEqual([{ number: BUDI, name: "Budi", purpose: "first" }]);
    expect([...standings.keys()].sort()).toEqual([ANA, BUDI, CITRA]);
  });
});
