import { planRunInvitations } from "../../../src/run/plan-invitations";
import type { LastRun } from "../../../src/run/last-run";
import type { PlannedGroup } from "../../../src/run/plan-run";
import { ref } from "../../execution/world";
import { group, LINK, NOW, wish } from "../../invitations/world";
import { ANA, desire, full } from "../../membership/world";
import { lastRun } from "../state";

/** A group of which no record is in the state. */
const found = (over: Partial<PlannedGroup>): PlannedGroup =>
  ({
    ...{
      ref: { ...ref, group: "G1" },
      desired: desire({ name: "ops", group: "G1", members: new Map([[ANA, "Ana"]]) }),
    },
    ...{ invite: wish(), history: { kind: "new", memory: undefined }, reviewed: undefined },
    observed: { kind: "whole", participants: [], unidentified: 0 },
    verdict: { kind: "approved", plan: group({ name: "ops", group: "G1" }), approved: { remove: [] } },
    ...over,
  }) as unknown as PlannedGroup;

async function standingOfAna(one: PlannedGroup, last: LastRun) {
  const row = { group: "G1", subject: "Ops", description: "", status: "ACTIVE", inviteLink: LINK.link };
  const template = {
    status: "pass",
    category: "UTILITY",
    categoryChangePaused: false,
    quality: "",
    variables: undefined,
  };
  const number = { number: ref.businessNumber, official: true, tier: "", quality: "", status: "" };
  const plan = await planRunInvitations(
    { groups: [one], refusals: [], reviewed: undefined },
    {
      reader: {
        listGroups: () => Promise.resolve([row]),
        listMessages: () => Promise.resolve([]),
        template: () => Promise.resolve(template),
        businessNumber: () => Promise.resolve(number),
      },
      ...{ last, releases: [], show: full, limits: { maxInvitationsPerRun: 20 }, now: NOW },
      ...{ dayCame: new Map(), warn: () => undefined },
    },
  );
  const standing = plan.groups[0]?.invitations?.standings.get(ANA);
  return standing?.kind === "not invited" ? standing.because : standing?.kind;
}

const invited = new Map([["ops", { group: "G1", pending: false, unfinished: false, inputs: {} }]]);

test.each<[string, Partial<PlannedGroup>, Partial<LastRun>, string]>([
  ["that was there before is adopted, and nobody is invited", { named: true }, {}, "adoption"],
  ["that an earlier run made has its people invited", { named: false }, {}, "to invite"],
  [
    "that an earlier run made, and invited into, has lost its record",
    { named: false },
    { invitations: invited },
    "adoption",
  ],
])("a group without a record %s", async (_, over, state, then) => {
  expect(await standingOfAna(found(over), { ...lastRun(), ...state })).toBe(then);
});
