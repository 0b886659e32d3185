import type { Account, CamsErrorKind, GroupInfo, Listing, MessageInfo, NumberInfo, TemplateInfo } from "../../src/cams";
import type { InviteWish, Standing } from "../../src/invitations/types";
import type { Desired, Digits } from "../../src/membership/types";
import { readLastRun, type LastRun } from "../../src/run/last-run";
import { planRunInvitations } from "../../src/run/plan-invitations";
import { planRun, type PlannedGroup, type RunPlan } from "../../src/run/plan-run";
import type { ReviewedGroup, ReviewedPlan } from "../../src/run/reviewed-plan";
import { failure, ref } from "../execution/world";
import { LINK, NOW, wish } from "../invitations/world";
import { ANA, BUDI, desire, full } from "../membership/world";
import { exported, OWN, resource, upkeepResource, type Kept } from "./state";
import type { PlannedInvitations } from "../../src/run/planned-invitations";
import type { PlanInvitationsOptions } from "../../src/run/inviting";

/** A run over groups in memory, as far as invitations need it. Ana and Budi are declared in each, and Ana is there. */

export const TEAM = new Map([
  [ANA, "Ana"],
  [BUDI, "Budi"],
]);

export const row = (group: string, over: Partial<GroupInfo> = {}): GroupInfo => ({
  ...{ group, subject: "Jakarta operations", description: "", status: "ACTIVE", inviteLink: LINK.link },
  ...over,
});
export const PASSED: TemplateInfo = {
  ...{ status: "pass", category: "UTILITY", categoryChangePaused: false, quality: "GREEN" },
  variables: ["name", "group", "link"],
};
export const OFFICIAL: NumberInfo = { number: ref.businessNumber, official: true, tier: "", quality: "", status: "" };

/** What the state has on record of one group. */
export interface OnRecord extends Partial<Kept> {
  /** The key `invitations` of its last look. */
  readonly invitations?: unknown;
  /** The outputs of what sends its invitations. */
  readonly sent?: Readonly<Record<string, unknown>>;
}

export interface World {
  /** GroupId → who is in it; `doubtful`: it can't be listed. Ana alone, where nothing is said. */
  readonly there?: Readonly<Record<string, readonly Digits[] | "doubtful">>;
  /** Roster name → GroupId. */
  readonly rosters?: Readonly<Record<string, string>>;
  readonly members?: ReadonlyMap<Digits, string>;
  /** Roster name → account, where it is another one. */
  readonly accounts?: Readonly<Record<string, Partial<Account>>>;
  /** Resource name → what is on record; "nothing": the state does not know the group. Undefined: the state could not be read. */
  readonly state?: Readonly<Record<string, OnRecord | "nothing">> | undefined;
  readonly wish?: Partial<InviteWish> | null;
  readonly groups?: readonly GroupInfo[] | CamsErrorKind;
  readonly messages?: readonly MessageInfo[] | CamsErrorKind;
  readonly template?: TemplateInfo | undefined | CamsErrorKind;
  readonly number?: NumberInfo | undefined | CamsErrorKind;
  readonly reviewed?: ReviewedPlan;
  readonly only?: ReadonlySet<string>;
  readonly options?: Partial<PlanInvitationsOptions>;
  readonly desired?: Partial<Desired>;
  /** What the run plans for the group besides. */
  readonly besides?: Partial<PlannedGroup>;
}

export const recordOf = (name: string, group: string, one: OnRecord = {}): readonly unknown[] => {
  const { invitations, sent, ...kept } = one;
  const lastLook = { awaiting: BUDI, ...(invitations === undefined ? {} : { invitations }) };
  return [
    resource({ name, group, members: Object.fromEntries(TEAM), lastLook, ...kept }),
    ...(sent === undefined
      ? []
      : [upkeepResource({ type: "ChatGroupInvitations", name, inputs: { group }, outputs: { group, ...sent } })]),
  ];
};

/** The state knows each of the groups, if it is not said that it does not. */
function lastRunOf(rosters: NonNullable<World["rosters"]>, records: NonNullable<World["state"]>): LastRun {
  const known: NonNullable<World["state"]> = Object.fromEntries(Object.keys(rosters).map((name) => [name, {}]));
  const all = Object.entries({ ...known, ...records }).flatMap(([name, one]) =>
    one === "nothing" ? [] : recordOf(name, one.group ?? rosters[name] ?? "", one),
  );
  return readLastRun(exported(...all), OWN);
}

const answer = async <T>(found: T | CamsErrorKind): Promise<T> => {
  await Promise.resolve();
  if (typeof found === "string") throw failure(found as CamsErrorKind);
  return found;
};

/** What a run plans, and every call that it made besides listing people: `operation number-of-the-account …`. */
export async function planned(world: World) {
  const { there = {}, rosters = { ops: "G1" }, members = TEAM, accounts = {}, besides = {}, reviewed } = world;
  const records = "state" in world ? world.state : {};
  const last = records === undefined ? undefined : lastRunOf(rosters, records);
  const calls: string[] = [];
  const warnings: string[] = [];
  const called = (name: string, { businessNumber }: Account, ...rest: readonly unknown[]) =>
    calls.push([name, businessNumber, ...rest].join(" "));
  const declared = Object.entries(rosters).map(([name, group]) => ({
    ref: { ...ref, group, ...accounts[name] },
    desired: desire({ name, group, members, ...world.desired }),
    ...(world.wish === null ? {} : { invite: wish(world.wish) }),
  }));
  const seen = await planRun(declared, {
    reader: {
      listParticipants: ({ group }): Promise<Listing> => {
        const participants = there[group] ?? [ANA];
        return Promise.resolve(
          participants === "doubtful"
            ? { kind: "doubtful", why: "rows short of Total" }
            : { kind: "whole", participants, unidentified: 0 },
        );
      },
    },
    ...{ limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 }, show: full, last, concurrency: 1 },
    ...{ reviewed, only: world.only },
  });
  const plan: RunPlan = await planRunInvitations(
    { ...seen, groups: seen.groups.map((one) => ({ ...one, ...besides })) },
    {
      reader: {
        listGroups: (account) => {
          called("groups", account);
          return answer(world.groups ?? Object.values(rosters).map((group) => row(group)));
        },
        listMessages: (account, { template, since, to }) => {
          called("messages", account, template, new Date(since).toISOString(), ...(to === undefined ? [] : [to]));
          return answer(world.messages ?? []);
        },
        template: (account, code, language) => {
          called("template", account, code, language);
          return answer("template" in world ? world.template : PASSED);
        },
        businessNumber: (account) => {
          called("number", account);
          return answer("number" in world ? world.number : OFFICIAL);
        },
      },
      ...{ last, releases: [], show: full, limits: { maxInvitationsPerRun: 20 }, now: NOW },
      dayCame: new Map(),
      warn: (message) => void warnings.push(message),
      ...world.options,
    },
  );
  const one = (name: string): PlannedInvitations | undefined =>
    plan.groups.find(({ desired }) => desired.name === name)?.invitations;
  const invited = (name = "ops") => one(name)?.invite.map(({ number, purpose }) => `${number} ${purpose}`);
  const standings = (name = "ops") =>
    Object.fromEntries([...(one(name)?.standings ?? [])].map(([number, standing]) => [number, inWords(standing)]));
  return { plan, last, calls, warnings, one, invited, standings, rules: plan.inviteRefusals?.map(({ rule }) => rule) };
}

export function inWords(one: Standing): string {
  if (one.kind === "to invite") return `to invite: ${one.purpose}`;
  return one.kind === "invited" ? "invited" : `not invited: ${one.because}`;
}

/** A plan that was reviewed, in which each of these groups was looked at and may be written. */
export function reviewedPlan(
  groups: Readonly<Record<string, Partial<ReviewedGroup>>>,
  over: Partial<ReviewedPlan> = {},
): ReviewedPlan {
  const names = Object.entries(groups);
  return {
    day: "2026-12-01",
    groups: new Map(
      names.map(([name, one]) => [
        name,
        {
          ...{ name, inputs: {}, removals: {}, invitations: {}, lookedAt: true, held: undefined, writes: true },
          ...one,
        },
      ]),
    ),
    invitations: new Map(names.map(([name]) => [name, { inputs: {}, writes: true }])),
    ...{ chatGroups: new Map(), links: new Map() },
    ...over,
  };
}
