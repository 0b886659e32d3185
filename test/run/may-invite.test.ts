import { objectionsTo } from "../../src/run/may-invite";
import { ref } from "../execution/world";
import { wish } from "../invitations/world";
import { BOT, BUDI, desire } from "../membership/world";
import { OFFICIAL, PASSED, planned, type World } from "./inviting";

/** What is looked at before anybody is written to, and holds invitations and nothing else. */

const both: World = { rosters: { ops: "G1", hr: "G2" } };
const OTHER = "8613900000000";

test.each<[string, World, string, RegExp]>([
  [
    "a template that is not passed",
    { template: { ...PASSED, status: "auditing" } },
    "template-not-passed",
    /has the status "auditing"/,
  ],
  [
    "a template that CAMS does not know",
    { template: undefined },
    "template-not-passed",
    /CAMS does not know the template/,
  ],
  [
    "a template that can't be looked at",
    { template: "throttled" },
    "template-not-passed",
    /could not be looked at\. Op of/,
  ],
  [
    "a template for marketing",
    { template: { ...PASSED, category: "MARKETING" } },
    "template-is-marketing",
    /marketing/,
  ],
  [
    "a template with other variables",
    { template: { ...PASSED, variables: ["link", "team"] } },
    "template-parameters",
    /: team\. Name them there, or take another template$/,
  ],
  [
    "a number that is not official",
    { number: { ...OFFICIAL, official: false } },
    "number-not-official",
    /Official Business/,
  ],
  [
    "a number of which CAMS does not say it",
    { number: { ...OFFICIAL, official: undefined } },
    "number-not-official",
    /Official/,
  ],
  [
    "a number that CAMS does not list",
    { number: undefined },
    "number-not-official",
    /does not list the business number/,
  ],
  [
    "a number that can't be looked at",
    { number: "unknown outcome" },
    "number-not-official",
    /could not be looked at\. Op of/,
  ],
])("%s: nobody is invited, and nothing else is held", async (_, world, rule, why) => {
  const { plan, invited, standings } = await planned({ ...both, ...world });
  for (const name of ["ops", "hr"]) {
    expect(invited(name)).toEqual([]);
    expect(standings(name)).toEqual({ [BUDI]: "not invited: held" });
  }
  expect(plan.inviteRefusals).toEqual([
    { rule, name: undefined, message: expect.stringMatching(/^Nobody is invited into (ops, hr|hr, ops): /) as string },
  ]);
  expect(plan.inviteRefusals?.[0]?.message).toMatch(why);
  expect(plan.refusals).toEqual([]);
  expect(plan.groups.map(({ verdict }) => verdict.kind)).toEqual(["approved", "approved"]);
});

test("everything that is wrong is told at once", async () => {
  const template = { ...PASSED, status: "fail", category: "MARKETING" };
  const { rules } = await planned({ template, number: undefined });
  expect([...(rules ?? [])].sort()).toEqual(["number-not-official", "template-is-marketing", "template-not-passed"]);
});

test("a person who is held for it does not count for the limit of the run", async () => {
  const { plan } = await planned({ template: undefined, options: { limits: { maxInvitationsPerRun: 0 } } });
  expect(plan.refusals).toEqual([]);
});

describe("by itself", () => {
  const one = (name: string, businessNumber = BOT, template = wish().template) => ({
    one: { ref: { ...ref, businessNumber }, desired: desire({ name }) },
    wish: wish({ template }),
  });
  type Some = Parameters<typeof objectionsTo>[0];

  function reader(odd: { readonly template?: string; readonly number?: string } = {}) {
    const calls: string[] = [];
    return {
      calls,
      reader: {
        ...{ listGroups: () => Promise.reject(new Error("not asked for")), listMessages: () => Promise.resolve([]) },
        template: ({ businessNumber }: { businessNumber: string }, code: string, language: string) => {
          calls.push(`template ${businessNumber} ${code} ${language}`);
          return Promise.resolve(code === odd.template ? undefined : PASSED);
        },
        businessNumber: ({ businessNumber }: { businessNumber: string }) => {
          calls.push(`number ${businessNumber}`);
          return Promise.resolve(businessNumber === odd.number ? undefined : OFFICIAL);
        },
      },
    };
  }

  test("nobody to invite: nothing is looked at", async () => {
    const { reader: of, calls } = reader();
    expect([await objectionsTo([], { reader: of }), calls]).toEqual([{ names: new Set(), refusals: [] }, []]);
  });

  test("looks once at each template of each account, and once at each number", async () => {
    const { reader: of, calls } = reader();
    const german = { ...wish().template, language: "de" };
    const some = [one("a"), one("b"), one("c", OTHER), one("d", OTHER, german)] as unknown as Some;
    expect((await objectionsTo(some, { reader: of })).refusals).toEqual([]);
    expect(calls.sort()).toEqual([
      ...[`number ${BOT}`, `number ${OTHER}`, `template ${BOT} rollcall_invite en`],
      ...[`template ${OTHER} rollcall_invite de`, `template ${OTHER} rollcall_invite en`],
    ]);
  });

  test("holds only the groups of the account and of the template with which something is wrong", async () => {
    const spring = { ...wish().template, code: "spring" };
    const some = [one("a"), one("b", OTHER), one("c", BOT, spring)] as unknown as Some;
    const held = await objectionsTo(some, reader({ number: OTHER, template: "spring" }));
    expect([...held.names].sort()).toEqual(["b", "c"]);
    expect(held.refusals.map(({ rule }) => rule)).toEqual(["template-not-passed", "number-not-official"]);
  });

  test("a fault of this program is no look that failed, and is thrown", async () => {
    const { reader: of } = reader();
    const broken = { ...of, template: () => Promise.reject(new TypeError("a fault of this program")) };
    await expect(objectionsTo([one("a")] as unknown as Some, { reader: broken })).rejects.toThrow(TypeError);
  });
});
