import type { LinkAct, Upkeep } from "../../src/groups/types";
import type { PlannedGroup } from "../../src/run/plan-run";
import type { ReviewedPlan } from "../../src/run/reviewed-plan";
import { boundBy } from "../../src/run/reviewed-upkeep";
import { ref } from "../execution/world";
import { desire, fresh, whole } from "../membership/world";

const renew: LinkAct = { kind: "renew", why: "linkRevision 1 → 2" };
const TEXTS = { subject: { from: "Ops", to: "Night" }, description: { from: "", to: "Shifts" } };

const planned = (upkeep: Upkeep | undefined): PlannedGroup => ({
  ...{ ref, desired: desire({ name: "ops" }), history: fresh, observed: whole() },
  ...{ verdict: { kind: "held", plan: undefined, refusals: [] }, reviewed: undefined, upkeep },
});

/** A plan whose `change` inputs of the group and of its link are these. */
const plan = (group: object, link: object = {}): ReviewedPlan => ({
  ...{ day: "2026-11-25", groups: new Map(), invitations: new Map() },
  chatGroups: new Map([["ops", { inputs: { change: group }, writes: true }]]),
  links: new Map([["ops", { inputs: { change: link }, writes: true }]]),
});

const upkeep = (over: Partial<Upkeep> = {}): Upkeep => ({ create: false, set: {}, link: undefined, ...over });
const boundTo = (reviewed: ReviewedPlan | undefined, over: Partial<Upkeep>) =>
  boundBy(reviewed, planned(upkeep(over))).upkeep;

test("without a plan everything is done", () => {
  expect(boundTo(undefined, { create: true, link: renew })).toEqual(upkeep({ create: true, link: renew }));
});

test.each<[string, ReviewedPlan, Partial<Upkeep>, Partial<Upkeep>]>([
  ["makes what the plan makes", plan({ create: "Ops" }), { create: true }, { create: true }],
  ["makes nothing that the plan does not make", plan({}), { create: true }, {}],
  ["makes nothing that is there by now", plan({ create: "Ops" }), {}, {}],
  [
    "sets only the texts that the plan names",
    plan({ subject: "Ops → Night" }),
    { set: TEXTS },
    { set: { subject: TEXTS.subject } },
  ],
  ["sets no text that is so by now", plan({ subject: "Ops → Night" }), {}, {}],
  [
    "renews a link that the plan renews, for whatever reason",
    plan({}, { renew: "Budi came" }),
    { link: renew },
    { link: renew },
  ],
  ["renews no link that the plan makes", plan({}, { make: "there is none" }), { link: renew }, {}],
  ["closes no link of which the plan says nothing", plan({}), { link: { kind: "close", why: "" } }, {}],
  ["does not renew a link that was renewed by now", plan({}, { renew: "Budi came" }), {}, {}],
])("with a plan a run %s", (_, reviewed, now, bound) => expect(boundTo(reviewed, now)).toEqual(upkeep(bound)));

test("a group that the plan does not know is left as it is", () => {
  const empty: ReviewedPlan = { ...plan({}), chatGroups: new Map(), links: new Map() };
  expect(boundTo(empty, { create: true, set: TEXTS, link: renew })).toEqual(upkeep());
});

test("a group for which nothing is to be done stays as it is", () => {
  expect(boundBy(plan({ create: "Ops" }), planned(undefined)).upkeep).toBeUndefined();
});
