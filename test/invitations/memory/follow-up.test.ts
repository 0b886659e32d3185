import fc from "fast-check";
import { followUp, isOpen, mayPass, type Whereabouts } from "../../../src/invitations/memory";
import type { Invitation } from "../../../src/invitations/types";
import { ANA, BUDI, CITRA } from "../../membership/world";
import { seeded } from "../../seeded";
import { anyInvited, daysAgo, invitation, NOT_ON_WHATSAPP, NOW, PAUSED, PEOPLE, TOO_MANY } from "../world";

/** Ana and Budi are declared, and nobody is there. */
const where = (over: Partial<Whereabouts> = {}): Whereabouts => ({
  there: new Set(),
  members: new Map([
    [ANA, "Ana"],
    [BUDI, "Budi"],
  ]),
  ...{ lapsesAfterDays: 30, now: NOW },
  ...over,
});

const citras = (over: Partial<Invitation> = {}) => new Map([[CITRA, invitation(over)]]);
const anas = (over: Partial<Invitation> = {}) => new Map([[ANA, invitation(over)]]);

describe("an invitation ends", () => {
  test("when the person is there, and is forgotten then", () => {
    expect(followUp(anas(), where({ there: new Set([ANA]) }))).toStrictEqual({
      invited: new Map(),
      ended: [{ number: ANA, name: "Ana", how: "joined", invitation: invitation() }],
    });
  });

  test("also when they came after it lapsed, failed, or was withdrawn", () => {
    const there = new Set([ANA, CITRA]);
    for (const state of ["lapsed", "failed", "unknown"] as const)
      expect(followUp(anas({ state, since: daysAgo(31) }), where({ there })).ended).toMatchObject([{ how: "joined" }]);
    expect(followUp(citras({ withdrawn: true }), where({ there }))).toStrictEqual({
      invited: new Map(),
      ended: [{ number: CITRA, name: "", how: "joined", invitation: invitation() }],
    });
  });

  test("when the person is declared no more: that is told once, and the record stays", () => {
    const once = followUp(citras(), where());
    expect(once).toStrictEqual({
      invited: citras({ withdrawn: true }),
      ended: [{ number: CITRA, name: "", how: "withdrawn", invitation: invitation() }],
    });
    expect(followUp(once.invited, where())).toStrictEqual({ invited: once.invited, ended: [] });
  });

  test("and is forgotten when its time is over", () => {
    expect(followUp(citras({ withdrawn: true, since: daysAgo(30) }), where())).toStrictEqual({
      ...{ invited: new Map(), ended: [] },
    });
    expect(followUp(citras({ since: daysAgo(31) }), where())).toMatchObject({
      invited: new Map(),
      ended: [{ number: CITRA, how: "withdrawn" }],
    });
  });

  test("but is never forgotten when it failed for good: whoever opted out is not written to again", () => {
    const failed = { state: "failed", why: "131050: opted out", since: daysAgo(300) } as const;
    expect(followUp(citras({ ...failed, withdrawn: true }), where())).toStrictEqual({
      ...{ invited: citras({ ...failed, withdrawn: true }), ended: [] },
    });
    expect(followUp(citras({ ...failed, why: TOO_MANY, withdrawn: true }), where()).invited).toEqual(new Map());
  });

  test("in the order of numbers", () => {
    const three = new Map([
      [CITRA, invitation()],
      [ANA, invitation()],
      [BUDI, invitation()],
    ]);
    expect([...followUp(three, where()).invited.keys()]).toEqual([ANA, BUDI, CITRA]);
    const { ended } = followUp(three, where({ there: new Set([BUDI, ANA]) }));
    expect(ended.map(({ number, name, how }) => [number, name, how])).toEqual([
      [ANA, "Ana", "joined"],
      [BUDI, "Budi", "joined"],
      [CITRA, "", "withdrawn"],
    ]);
  });
});

test("whoever is declared again has been written to", () => {
  expect(followUp(anas({ withdrawn: true }), where())).toStrictEqual({ invited: anas(), ended: [] });
});

describe("an open invitation lapses in time", () => {
  const after = (over: Partial<Invitation>, lapsesAfterDays = 30): string | undefined =>
    followUp(anas(over), where({ lapsesAfterDays })).invited.get(ANA)?.state;

  test.each<Invitation["state"]>(["accepted", "delivered", "read", "unknown"])("%s", (state) => {
    expect(after({ state, since: daysAgo(29) })).toBe(state);
    expect(after({ state, since: new Date(Date.parse(daysAgo(30)) + 1).toISOString() })).toBe(state);
    expect(after({ state, since: daysAgo(30) })).toBe("lapsed");
  });

  test("which counts from its beginning, not from the last message", () => {
    expect(after({ since: daysAgo(30), at: daysAgo(1) })).toBe("lapsed");
  });

  test("as the settings say", () => {
    expect(after({ since: daysAgo(5) }, 5)).toBe("lapsed");
    expect(after({ since: daysAgo(5) }, 6)).toBe("delivered");
  });

  test("all else that is known of it stays", () => {
    const one = invitation({ since: daysAgo(40), messages: 3, reminders: 1, release: "2026-11-01" });
    expect(followUp(new Map([[ANA, one]]), where()).invited).toStrictEqual(
      new Map([[ANA, { ...one, state: "lapsed" }]]),
    );
  });

  test("also one that failed for a reason that passes: it is not sent again after that", () => {
    expect(after({ state: "failed", why: TOO_MANY, since: daysAgo(29) })).toBe("failed");
    expect(after({ state: "failed", why: TOO_MANY, since: daysAgo(30) })).toBe("lapsed");
  });

  test("one that failed for good stays failed", () => {
    expect(after({ state: "failed", why: NOT_ON_WHATSAPP, since: daysAgo(300) })).toBe("failed");
    expect(after({ state: "failed", since: daysAgo(300) })).toBe("failed");
  });
});

test.each<[Invitation["state"], boolean]>([
  ["accepted", true],
  ["delivered", true],
  ["read", true],
  ["unknown", true],
  ["failed", false],
  ["lapsed", false],
])("somebody may still come by an invitation that is %s: %s", (state, open) => expect(isOpen({ state })).toBe(open));

test.each<[string | undefined, boolean]>([
  [TOO_MANY, true],
  ["130429", true],
  ["131049", true],
  [NOT_ON_WHATSAPP, false],
  ["131050: opted out", false],
  ["InvalidParameter.PhoneNumberError", false],
  [PAUSED, false],
  ["132001: Template does not exist", false],
  ["132016", false],
  ["131000", false],
  ["no route", false],
  ["", false],
  [undefined, false],
])("a message that failed because of %s may be sent again by itself: %s", (why, may) => expect(mayPass(why)).toBe(may));

describe("whatever is on record", () => {
  const some = fc.subarray([...PEOPLE]);
  const everywhere = (check: (invited: ReadonlyMap<string, Invitation>, at: Whereabouts) => void) =>
    fc.assert(
      fc.property(anyInvited, some, some, (invited, there, declared) =>
        check(invited, where({ there: new Set(there), members: new Map(declared.map((number) => [number, "x"])) })),
      ),
      seeded,
    );

  test("nobody who is there is kept, and everybody declared who is not there is", () => {
    everywhere((invited, at) => {
      const kept = [...followUp(invited, at).invited.keys()];
      expect(kept.filter((number) => at.there.has(number))).toEqual([]);
      const waiting = [...invited.keys()].filter((number) => at.members.has(number) && !at.there.has(number));
      expect(kept).toEqual(expect.arrayContaining(waiting));
    });
  });

  test("an end is told once", () => {
    everywhere((invited, at) => {
      expect(followUp(followUp(invited, at).invited, at)).toEqual({
        invited: followUp(invited, at).invited,
        ended: [],
      });
    });
  });

  test("nothing that was sent is uncounted", () => {
    everywhere((invited, at) => {
      for (const [number, { messages, release }] of followUp(invited, at).invited)
        expect([messages, release]).toEqual([invited.get(number)?.messages, invited.get(number)?.release]);
    });
  });
});
