import fc from "fast-check";
import { planInvitations, type InviteCase, type InvitePlan } from "../../../src/invitations/plan";
import type { Invitation } from "../../../src/invitations/types";
import type { Digits } from "../../../src/membership/types";
import { numbersOf } from "../../membership/world";
import { seeded } from "../../seeded";
import { anyCase, DAY, LINK } from "../world";

const everyPlan = (check: (planned: InvitePlan, one: InviteCase) => void) =>
  fc.assert(
    fc.property(anyCase, (one) => check(planInvitations(one), one)),
    seeded,
  );

const mayCome: readonly Invitation["state"][] = ["accepted", "delivered", "read", "unknown"];

/** Everybody awaited with an invitation by which they may still come. */
function openIn({ plan, invited }: InviteCase): readonly Digits[] {
  const awaited = plan.awaiting.filter(({ removedBefore }) => removedBefore !== true);
  return numbersOf(awaited).filter((number) => mayCome.includes(invited.get(number)?.state ?? "failed"));
}

describe("in every plan", () => {
  test("everybody who is awaited or left has one standing, and exactly those who are to be invited are in the list", () => {
    everyPlan(({ invite, standings }, { plan }) => {
      expect([...standings.keys()].sort()).toEqual(numbersOf([...plan.awaiting, ...plan.left]).sort());
      const wanted = [...standings].flatMap(([number, { kind }]) => (kind === "to invite" ? [number] : []));
      expect(numbersOf(invite)).toEqual(wanted.sort());
    });
  });

  test("nobody who left or was removed before is written to", () => {
    everyPlan(({ invite }, { plan }) => {
      const gone = [...plan.left, ...plan.awaiting.filter(({ removedBefore }) => removedBefore === true)];
      const numbers = new Set(numbersOf(gone));
      expect(numbersOf(invite).filter((number) => numbers.has(number))).toEqual([]);
    });
  });

  test("nobody is written to who is there already", () => {
    everyPlan(({ invite }, { plan }) => {
      const there = new Set(numbersOf([...plan.present, ...plan.spared]));
      expect(numbersOf(invite).filter((number) => there.has(number))).toEqual([]);
    });
  });

  test("nobody with an open invitation is written to while its link lives and no reminder is due", () => {
    everyPlan(({ invite }, { wish, invited, link, now }) => {
      for (const { number } of invite) {
        const one = invited.get(number);
        if (one === undefined || !["accepted", "delivered", "read"].includes(one.state)) continue;
        const lives = link.kind === "live" && (one.link === undefined || one.link === link.mark);
        const due =
          wish.remindAfterDays > 0 &&
          one.reminders < wish.maxReminders &&
          (now - Date.parse(one.at)) / DAY >= wish.remindAfterDays;
        expect(lives && !due).toBe(false);
      }
    });
  });

  test("nobody of whom it is not known whether they were written to is written to again, but by a new release", () => {
    everyPlan(({ invite }, { invited, released }) => {
      for (const { number, purpose, release } of invite) {
        const one = invited.get(number);
        if (one?.state !== "unknown") continue;
        expect([purpose, release]).toEqual(["released", released.get(number)]);
        expect(release).not.toBe(one.release);
      }
    });
  });

  test("nobody gets a sixth message, but by a release", () => {
    everyPlan(({ invite }, { invited }) => {
      for (const { number, purpose } of invite)
        if (purpose !== "released") expect(invited.get(number)?.messages ?? 0).toBeLessThan(5);
    });
  });

  test("nobody is written to without consent where it is required", () => {
    everyPlan(({ invite }, { wish }) => {
      if (wish.requireConsent) for (const { number } of invite) expect([...wish.consent.keys()]).toContain(number);
    });
  });

  test("under a reviewed plan nobody is written to whom it does not name", () => {
    everyPlan(({ invite }, { named }) => {
      if (named !== undefined) expect([...named]).toEqual(expect.arrayContaining(numbersOf(invite)));
    });
  });

  test("nobody is written to without a link, or in the first run of a group", () => {
    everyPlan(({ invite }, { link, isAdoption }) => {
      if (link.kind === "none" || isAdoption) expect(invite).toEqual([]);
    });
  });

  test("people who are there, who may come and who are invited now are never more than 8", () => {
    everyPlan(({ invite }, one) => {
      const { present, spared, unidentified } = one.plan;
      const rows = present.length + spared.length + unidentified;
      const open = openIn(one);
      const fresh = numbersOf(invite).filter((number) => !open.includes(number));
      const room = 8 - rows - open.length;
      expect(fresh.length).toBeLessThanOrEqual(Math.max(0, room));
      if (room < 0) expect(invite).toEqual([]);
    });
  });

  test("a message whose link nobody can tell from the live one is none for a new link", () => {
    everyPlan(({ invite }, { invited, link }) => {
      if (link.kind !== "live") return;
      for (const { number, purpose } of invite)
        if (purpose === "new link") expect([undefined, LINK.mark]).not.toContain(invited.get(number)?.link);
    });
  });
});

test("a plan is the same whatever the order of people, and so is who gets the last place", () => {
  const any = anyCase.chain((one) => {
    const { plan, invited, released } = one;
    const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });
    return fc
      .tuple(shuffled(plan.awaiting), shuffled(plan.left), shuffled([...invited]), shuffled([...released]))
      .map(([awaiting, left, ...maps]) => ({
        ...{ one, plan: { ...plan, awaiting, left } },
        ...{ invited: new Map(maps[0]), released: new Map(maps[1]) },
      }));
  });
  fc.assert(
    fc.property(any, ({ one, ...other }) => {
      const [a, b] = [planInvitations(one), planInvitations({ ...one, ...other })];
      expect([b.invite, [...b.standings]]).toEqual([a.invite, [...a.standings]]);
    }),
    seeded,
  );
});
