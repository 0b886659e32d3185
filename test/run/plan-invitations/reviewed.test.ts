import type { ReviewedPlan } from "../../../src/run/reviewed-plan";
import { invitation } from "../../invitations/world";
import { ANA, BUDI, CITRA } from "../../membership/world";
import { planned, reviewedPlan, TEAM, type World } from "../inviting";

/** A run that a reviewed plan binds. */

const members = new Map([...TEAM, [CITRA, "Citra"]]);
const state: World["state"] = {
  ops: { members: Object.fromEntries(members), lastLook: { awaiting: `${BUDI} ${CITRA}` } },
};
const NAMED = { ops: { invitations: { [BUDI]: "Budi" } } };
const run = (reviewed: ReviewedPlan, over: World = {}) => planned({ members, state, reviewed, ...over });

test("invites exactly the people whom the plan names", async () => {
  const { invited, standings, rules } = await run(reviewedPlan(NAMED));
  expect(invited()).toEqual([`${BUDI} first`]);
  expect(standings()).toEqual({ [BUDI]: "to invite: first", [CITRA]: "not invited: not in the plan" });
  expect(rules).toEqual([]);
});

test("finds them by masked number, where the plan is masked", async () => {
  const show = (number: string) => `~${number.slice(-2)}`;
  const plan = reviewedPlan({ ops: { invitations: { [show(CITRA)]: "Citra" } } });
  expect((await run(plan, { options: { show } })).invited()).toEqual([`${CITRA} first`]);
});

test("whoever came since is not invited, nor is anybody in their stead", async () => {
  const { invited } = await run(reviewedPlan(NAMED), { there: { G1: [ANA, BUDI] } });
  expect(invited()).toEqual([]);
});

test("whoever has an open invitation, and is not named, stays invited", async () => {
  const invited = { [CITRA]: invitation() };
  const lastLook = { awaiting: `${BUDI} ${CITRA}`, invitations: { invited } };
  const before = { ops: { members: Object.fromEntries(members), lastLook } };
  const { standings } = await run(reviewedPlan(NAMED), { state: before, wish: { remindAfterDays: 1 } });
  expect(standings()).toEqual({ [BUDI]: "to invite: first", [CITRA]: "invited" });
});

test("a group that the plan leaves as it was is not looked at", async () => {
  const { one, calls } = await run(reviewedPlan({ ops: { ...NAMED.ops, lookedAt: false, held: false } }));
  expect([one("ops"), calls]).toEqual([undefined, []]);
});

describe("a plan that Pulumi does not let write any more", () => {
  const spent: readonly [string, ReviewedPlan][] = [
    ["people of the group", reviewedPlan({ ops: { ...NAMED.ops, writes: false } })],
    ["invitations", reviewedPlan(NAMED, { invitations: new Map([["ops", { inputs: {}, writes: false }]]) })],
    ["invitations, which it does not know", reviewedPlan(NAMED, { invitations: new Map() })],
  ];

  test.each(spent)("%s: nobody is invited, so that no attempt is on record that is not made", async (_, plan) => {
    const { plan: seen, invited, standings, calls } = await run(plan);
    expect([invited(), standings()]).toEqual([
      [],
      { [BUDI]: "not invited: held", [CITRA]: "not invited: not in the plan" },
    ]);
    expect(seen.inviteRefusals).toEqual([
      {
        ...{ rule: "plan-spent", name: undefined },
        message:
          "Nobody is invited into ops: the plan was applied before, and Pulumi lets it make a resource once only. " +
          "Make a new plan (`pulumi preview --save-plan`) and have it reviewed",
      },
    ]);
    expect(calls.filter((call) => /^(template|number)/.test(call))).toEqual([]);
  });

  test("is no refusal where nobody whom it names is still to be invited", async () => {
    const { rules } = await run(reviewedPlan({ ops: { ...NAMED.ops, writes: false } }), { there: { G1: [ANA, BUDI] } });
    expect(rules).toEqual([]);
  });
});
