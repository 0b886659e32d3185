/**
 * A plan that was reviewed (`pulumi preview --save-plan`) and is applied now (`ROLLCALL_PLAN`). Exactly the people whom
 * it names are removed, except those who are gone already. What people did meanwhile adds nobody.
 *
 * Pulumi compares each resource's inputs with those of the plan, so the two have to be equal. A plan holds only the
 * difference to the inputs that the state had then; plan and state together give all inputs. A group that was looked at
 * and approved has an unknown `lastLook` in the plan. This tells it from a group that was left as it was.
 */
import { z } from "zod";
import { LAST_LOOK } from "../provider/last-look";
import { ROSTER_MARK, rosterMark } from "../provider/roster-mark";
import { HELD_INPUT, readRecord, UNKNOWN, type Bag, type Invitations, type Removals } from "../provider/shapes";
import type { Digits, Reason } from "../membership/types";
import {
  CHAT_GROUP_TYPE,
  INVITATIONS_TYPE,
  isSecret,
  LINK_TYPE,
  resourceName,
  TYPE,
  type LastRun,
  type LastUpkeep,
  type StackName,
} from "./last-run";
import type { Declared } from "./desired";

/** What a plan says of one group. */
export interface ReviewedGroup {
  readonly name: string;
  /** The inputs that the resource has to have. */
  readonly inputs: Bag;
  readonly removals: Removals;
  readonly invitations: Invitations;
  /** Whether the group was looked at and approved when the plan was made; else the plan leaves it as it was. */
  readonly lookedAt: boolean;
  /** Whether a guard held it then; undefined when it was looked at, or when `--target` left it out. */
  readonly held: boolean | undefined;
  /** Whether the plan lets Pulumi write the resource. */
  readonly writes: boolean;
  /** Set when the plan keeps the removals or the invitations of the state, and these may have changed since. */
  readonly stale?: true;
}

export interface ReviewedPlan {
  /** The day on which it was made, UTC: rosters are read as of that day. */
  readonly day: string;
  /** By resource name. */
  readonly groups: ReadonlyMap<string, ReviewedGroup>;
  /** Groups themselves, by resource name. */
  readonly chatGroups: ReadonlyMap<string, PlannedResource>;
  /** Invite links, by resource name. */
  readonly links: ReadonlyMap<string, PlannedResource>;
  /** What sends invitations, by resource name. */
  readonly invitations: ReadonlyMap<string, PlannedResource>;
}

/** What a plan says of one resource. */
export interface PlannedResource {
  /** The inputs that it has to have. */
  readonly inputs: Bag;
  /** Whether the plan lets Pulumi write it. */
  readonly writes: boolean;
}

const difference = z.looseObject({
  adds: z.record(z.string(), z.unknown()).optional(),
  updates: z.record(z.string(), z.unknown()).optional(),
  deletes: z.array(z.string()).optional(),
});
const resourcePlan = z.looseObject({
  goal: z.looseObject({ type: z.string(), inputDiff: difference.optional() }).nullish(),
  steps: z.array(z.string()).optional(),
});
const planFile = z.looseObject({
  manifest: z.looseObject({ time: z.string() }),
  config: z.record(z.string(), z.unknown()).optional(),
  resourcePlans: z.record(z.string(), resourcePlan),
});

/** Why a plan can't be applied at all. */
export interface PlanFault {
  readonly kind: "fault";
  readonly why: string;
}

/** A plan's file, before the state is known. */
export interface PlanText {
  readonly kind: "read";
  readonly day: string;
  /** When it was made, ISO 8601. */
  readonly time: string;
  /** The stack's configuration then, with namespaces; undefined when the plan does not tell it. Pulumi itself does not compare it. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  readonly resources: ReadonlyMap<string, ResourcePlan>;
  readonly chatGroups: ReadonlyMap<string, ResourcePlan>;
  readonly links: ReadonlyMap<string, ResourcePlan>;
  readonly invitations: ReadonlyMap<string, ResourcePlan>;
}

type ResourcePlan = z.output<typeof resourcePlan>;

/** Reads the file of `pulumi preview --save-plan`. */
export function readPlanText(text: string, { project, stack }: StackName): PlanText | PlanFault {
  const fault = (why: string): PlanFault => ({ kind: "fault", why });
  const parsed = planFile.safeParse(jsonOf(text));
  if (!parsed.success) return fault("it is no plan that `pulumi preview --save-plan` wrote");
  const time = new Date(parsed.data.manifest.time);
  if (Number.isNaN(time.getTime())) return fault("it does not say when it was made");
  const ofType = (type: string) =>
    Object.entries(parsed.data.resourcePlans).filter(([, { goal }]) => goal?.type === type);
  const named = (some: readonly (readonly [string, ResourcePlan])[]) =>
    new Map(some.map(([urn, one]) => [resourceName(urn), one]));
  const all = ofType(TYPE);
  if (all.length === 0) return fault("it names no group");
  const prefix = `urn:pulumi:${stack}::${project}::`;
  const foreign = all.find(([urn]) => !urn.startsWith(prefix));
  if (foreign !== undefined) {
    const [of, inProject] = foreign[0].slice("urn:pulumi:".length).split("::");
    return fault(`it is a plan of the stack ${of} in the project ${inProject}, and this is ${stack} in ${project}`);
  }
  return {
    kind: "read",
    day: time.toISOString().slice(0, "YYYY-MM-DD".length),
    time: time.toISOString(),
    config: parsed.data.config,
    resources: named(all),
    chatGroups: named(ofType(CHAT_GROUP_TYPE)),
    links: named(ofType(LINK_TYPE)),
    invitations: named(ofType(INVITATIONS_TYPE)),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Reads a plan together with the state: which inputs each resource has to have. */
export function readPlan(
  { day, time, resources, chatGroups, links, invitations }: PlanText,
  declared: readonly Declared[],
  last: LastRun,
): ReviewedPlan {
  const groupOf = new Map(declared.map(({ desired }) => [desired.name, desired.group]));
  const groups = [...resources].map(([name, { goal, steps = [] }]) => {
    const { adds = {}, updates = {}, deletes = [] } = goal?.inputDiff ?? {};
    const record = last.groups.get(last.names.get(name) ?? groupOf.get(name) ?? "");
    const base = record?.inputs ?? {};
    // A plan tells nothing of an input that it keeps from the state. Another run may have written people there since.
    const told = [...Object.keys({ ...adds, ...updates }), ...deletes];
    const silent = ["removals", "invitations"].some((key) => key in base && !told.includes(key));
    const stale = silent && record?.modified !== undefined && Date.parse(record.modified) > Date.parse(time);
    const kept = Object.entries(base).filter(([key]) => !deletes.includes(key));
    const inputs: Bag = { ...Object.fromEntries(kept), ...adds, ...updates };
    const planned: ReviewedGroup = {
      name,
      inputs,
      removals: readRecord(inputs.removals) as Record<string, Reason>,
      invitations: readRecord(inputs.invitations),
      lookedAt: LAST_LOOK in adds || LAST_LOOK in updates,
      held: typeof inputs[HELD_INPUT] === "boolean" ? inputs[HELD_INPUT] : undefined,
      // A resource that the plan makes is there when the plan is applied once more. Pulumi lets nobody write it then.
      writes: steps.some((step) => step !== "same" && !(step === "create" && last.names.has(name))),
      ...(stale ? { stale: true } : {}),
    };
    return [name, planned] as const;
  });
  return {
    day,
    groups: new Map(groups),
    chatGroups: plannedUpkeep(chatGroups, last.chatGroups, groupOf),
    links: plannedUpkeep(links, last.links, groupOf),
    invitations: plannedUpkeep(invitations, last.invitations, groupOf),
  };
}

/** @param groupOf GroupIds of today's rosters: of a renamed roster the state knows the resource by its former name */
function plannedUpkeep(
  plans: ReadonlyMap<string, ResourcePlan>,
  last: ReadonlyMap<string, LastUpkeep>,
  groupOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, PlannedResource> {
  const byGroup = new Map([...last.values()].flatMap((one) => (one.group === "" ? [] : [[one.group, one] as const])));
  const planned = [...plans].map(([name, { goal, steps = [] }]): [string, PlannedResource] => {
    const { adds = {}, updates = {}, deletes = [] } = goal?.inputDiff ?? {};
    const record = last.get(name) ?? byGroup.get(groupOf.get(name) ?? "");
    const kept = Object.entries(record?.inputs ?? {}).filter(([key]) => !deletes.includes(key));
    const inputs: Bag = { ...Object.fromEntries(kept), ...adds, ...updates };
    const writes = steps.some(
      (step) => step !== "same" && !(step === "create" && record !== undefined && !record.pending),
    );
    return [name, { inputs, writes }];
  });
  return new Map(planned);
}

/**
 * The differences between these rosters and those of which the plan was made, a line each; none when they are the same.
 */
export function differences(
  plan: ReviewedPlan,
  declared: readonly Declared[],
  last: LastRun,
  show: (number: Digits) => string,
): readonly string[] {
  const names = new Set(declared.map(({ desired }) => desired.name));
  const gone = [...plan.groups.keys()].filter((name) => !names.has(name));
  return [
    ...gone.map((name) => `${name}: the plan has it, and there is no such roster now`),
    ...declared.flatMap((one) => {
      const planned = plan.groups.get(one.desired.name);
      if (planned !== undefined)
        return isBound(planned) ? [...differencesOf(planned, one, show), ...upkeepDifferences(plan, one)] : [];
      const recorded = last.groups.get(one.desired.group)?.name;
      return recorded === undefined || recorded === one.desired.name
        ? [`${one.desired.name}: there is a roster, and the plan does not know it`]
        : [];
    }),
  ].sort();
}

/**
 * Whether the plan was made of the group's roster. It was not when a guard held the group then, which the run reports
 * (`held-in-plan`), or when `--target` left it out.
 */
const isBound = ({ lookedAt, held }: ReviewedGroup): boolean => lookedAt || held === false;

/** Differences between what a roster wants of the group itself and its link, and what the plan has. */
function upkeepDifferences({ chatGroups, links }: ReviewedPlan, { desired: { name }, wish }: Declared): string[] {
  const [group, link] = [chatGroups.get(name)?.inputs ?? {}, links.get(name)?.inputs ?? {}];
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ["subject", group.subject, wish?.subject],
    ["description", group.description, wish?.description],
    ["inviteLink", link.inviteLink ?? "keep", wish?.link ?? "keep"],
    ["linkRevision", link.linkRevision, wish?.linkRevision],
  ];
  const shown = (value: unknown): string => (value === undefined ? "none" : JSON.stringify(value));
  return pairs
    .filter(([, planned, now]) => planned !== now)
    .map(([key, planned, now]) => `${name}: ${key} is ${shown(now)}, and ${shown(planned)} in the plan`);
}

function differencesOf(
  { name, inputs, removals, stale, lookedAt }: ReviewedGroup,
  one: Declared,
  show: (n: Digits) => string,
): string[] {
  const { ref, desired } = one;
  const since = `${name}: these are not other rosters, but another run has written removals of the group since, so whom the plan names is not known`;
  const account = [
    ...(stale === true && lookedAt ? [since] : []),
    ...(["group", "businessNumber", "custSpaceId"] as const).flatMap((key) =>
      inputs[key] === ref[key] || inputs[key] === UNKNOWN
        ? []
        : [`${name}: ${key} is ${ref[key]}, and ${String(inputs[key])} in the plan`],
    ),
  ];
  const masked = show("0") !== "0";
  const written = lookedAt && Object.keys(removals).some((number) => number.includes("~") !== masked);
  if (written) return [...account, `${name}: the plan was made with another rollcall:display`];
  if (isSecret(inputs.members) || masked) {
    const mark = inputs[ROSTER_MARK];
    // State of the first release has no digest. A plan that leaves the group as it was has none either.
    const same = mark === rosterMark(desired.members, show) || (!lookedAt && mark === undefined);
    return same
      ? account
      : [...account, `${name}: other people are declared, or the key of masked numbers is another one`];
  }
  const then = new Map(Object.entries(readRecord(inputs.members)));
  const people = (some: ReadonlyMap<Digits, string>, others: ReadonlyMap<Digits, string>): string =>
    [...some]
      .filter(([number, called]) => others.get(number) !== called)
      .map(([number, called]) => `${called} (${show(number)})`)
      .join(", ");
  const [added, dropped] = [people(desired.members, then), people(then, desired.members)];
  return [
    ...account,
    ...(added === "" ? [] : [`${name}: declared now, and not in the plan: ${added}`]),
    ...(dropped === "" ? [] : [`${name}: declared in the plan, and not now: ${dropped}`]),
  ];
}
