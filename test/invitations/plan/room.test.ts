import { planInvitations, type InviteCase } from "../../../src/invitations/plan";
import type { Invitation } from "../../../src/invitations/types";
import { ANA, BUDI, CITRA, DEWI, EKO, numbersOf } from "../../membership/world";
import { EARLIER_LINK, group, invitation, inviteCase, person, strangers, TOO_MANY, wish } from "../world";

/** Who is written to, of Ana to Eko, all of whom are awaited. */
function invited(plan: Partial<InviteCase["plan"]>, over: Partial<InviteCase> = {}): readonly string[] {
  const awaiting = [ANA, BUDI, CITRA, DEWI, EKO].map(person);
  return numbersOf(planInvitations(inviteCase({ plan: group({ awaiting, ...plan }), ...over })).invite);
}

const open = (...numbers: readonly string[]): Pick<InviteCase, "invited"> => all({}, ...numbers);
const all = (over: Partial<Invitation>, ...numbers: readonly string[]): Pick<InviteCase, "invited"> => ({
  invited: new Map(numbers.map((number) => [number, invitation(over)])),
});

const ONLY_BUDI = new Map([[BUDI, "2026-11-01"]]);

describe("a group has 8 places", () => {
  test.each<[string, Partial<InviteCase["plan"]>, Partial<InviteCase>, readonly string[]]>([
    ["of which people who are there have one each", { present: strangers(5) }, {}, [ANA, BUDI, CITRA]],
    ["and people who stay undeclared", { spared: strangers(6) }, {}, [ANA, BUDI]],
    ["and rows without a number", { unidentified: 7 }, {}, [ANA]],
    ["and all of these together", { present: strangers(2), spared: strangers(2), unidentified: 2 }, {}, [ANA, BUDI]],
    ["none is left when there are 8", { present: strangers(8) }, {}, []],
    ["none is left when there are more", { present: strangers(8), unidentified: 1 }, {}, []],
    [
      "and people who are removed in this run have none",
      { spared: strangers(6), remove: [{ ...person("628990000009"), reason: "never declared" }] },
      {},
      [ANA, BUDI],
    ],
    ["one is kept for everybody with an open invitation", { spared: strangers(5) }, open(ANA, DEWI), [BUDI]],
    ["also when it is not known whether it was sent", { spared: strangers(6) }, all({ state: "unknown" }, EKO), [ANA]],
    ["also when they have no consent any more", { spared: strangers(6) }, noConsentOf(EKO), [ANA]],
    ["none is taken by who is not invited", { spared: strangers(7) }, { wish: wish({ consent: ONLY_BUDI }) }, [BUDI]],
    ["none is kept when the message failed", { spared: strangers(7) }, all({ state: "failed" }, EKO), [ANA]],
    ["none is kept when it lapsed", { spared: strangers(7) }, all({ state: "lapsed" }, EKO), [ANA]],
    [
      "none is kept for who left on their own",
      { spared: strangers(4), ...apart(ANA, "left") },
      open(ANA),
      [BUDI, CITRA, DEWI, EKO],
    ],
    [
      "none is kept for who was removed",
      { spared: strangers(4), ...apart(ANA, "removed") },
      open(ANA),
      [BUDI, CITRA, DEWI, EKO],
    ],
    [
      "whoever is invited again by a new link has theirs already",
      { spared: strangers(6) },
      all({ link: EARLIER_LINK.mark }, CITRA, EKO),
      [CITRA, EKO],
    ],
    [
      "whoever is reminded has theirs already",
      { spared: strangers(6) },
      { ...open(DEWI), wish: wish({ remindAfterDays: 3 }) },
      [ANA, DEWI],
    ],
    [
      "whoever is released from an unknown outcome has theirs already",
      { spared: strangers(7) },
      { ...all({ state: "unknown" }, EKO), released: new Map([[EKO, "2026-12-01"]]) },
      [EKO],
    ],
    [
      "whose message failed needs one to be written to again",
      { spared: strangers(7) },
      all({ state: "failed", why: TOO_MANY }, BUDI),
      [ANA],
    ],
  ])("%s", (_, plan, over, expected) => expect(invited(plan, over)).toEqual(expected));
});

/** Budi to Eko are awaited, and Ana left or was removed before. */
function apart(number: string, how: "left" | "removed"): Partial<InviteCase["plan"]> {
  const others = [BUDI, CITRA, DEWI, EKO].map(person);
  if (how === "left") return { awaiting: others, left: [person(number)] };
  return { awaiting: [{ ...person(number), removedBefore: true }, ...others] };
}

function noConsentOf(number: string): Partial<InviteCase> {
  const consent = new Map(wish().consent);
  consent.delete(number);
  return { ...open(number), wish: wish({ consent }) };
}

test("whoever has no place is told so, with what is known of an earlier invitation", () => {
  const failed = invitation({ state: "failed", why: TOO_MANY });
  const plan = group({ awaiting: [person(ANA), person(BUDI)], spared: strangers(7) });
  const { standings } = planInvitations(inviteCase({ plan, invited: new Map([[BUDI, failed]]) }));
  expect(standings).toEqual(
    new Map([
      [ANA, { kind: "to invite", purpose: "first", invitation: undefined }],
      [BUDI, { kind: "not invited", because: "no room", invitation: failed }],
    ]),
  );
});

test("the last place is that of the lowest number, whatever the order", () => {
  expect(invited({ awaiting: [person(CITRA), person(BUDI), person(DEWI)], spared: strangers(7) })).toEqual([BUDI]);
});

describe("when strangers have taken places that were kept for others", () => {
  const plan = group({ awaiting: [person(ANA), person(BUDI)], spared: strangers(7) });
  const standingOf = (over: Partial<InviteCase>) => planInvitations(inviteCase({ plan, ...over })).standings.get(ANA);
  const due = { wish: wish({ remindAfterDays: 3 }) };

  test("nobody is reminded, and they stay invited", () => {
    expect(standingOf({ ...open(ANA, BUDI), ...due })).toEqual({ kind: "invited", invitation: invitation() });
    expect(standingOf({ ...open(ANA), ...due })).toMatchObject({ kind: "to invite", purpose: "reminder" });
  });

  test("nobody is invited again", () => {
    const ended = { link: EARLIER_LINK.mark };
    expect(standingOf(all(ended, ANA, BUDI))).toEqual({
      ...{ kind: "not invited", because: "no room", invitation: invitation(ended) },
    });
    expect(standingOf(all(ended, ANA))).toMatchObject({ kind: "to invite", purpose: "new link" });
    const released = { released: new Map([[ANA, "2026-12-01"]]) };
    expect(standingOf({ ...all({ state: "unknown" }, ANA, BUDI), ...released })).toMatchObject({ because: "no room" });
    expect(standingOf({ ...all({ state: "unknown" }, ANA), ...released })).toMatchObject({ purpose: "released" });
  });
});
