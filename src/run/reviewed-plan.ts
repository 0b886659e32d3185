/**
 * A plan that was reviewed (`pulumi preview --save-plan`) and is applied now (`ROLLCALL_PLAN`): exactly the people whom it
 * names are removed, less those who are gone already, whatever people did meanwhile.
 *
 * Pulumi compares each resource's inputs with those of the plan, so they have to be just these. A plan holds the
 * difference to the inputs that the state had then; together with the state it tells the whole. A group that was looked
 * at and approved has an unknown `lastLook` in it, which tells it from one that was left as it was.
 */
import { z } from "zod";
import { LAST_LOOK } from "../provider/last-look";
import { ROSTER_MARK, rosterMark } from "../provider/roster-mark";
import { HELD_INPUT, readRecord, type Bag, type Removals } from "../provider/shapes";
import type { Digits, Reason } from "../membership/types";
import { isSecret, resourceName, TYPE, type LastRun, type StackName } from "./last-run";
import type { Declared } from "./desired";

/** What a plan says of one group. */
export interface ReviewedGroup {
  readonly name: string;
  /** The inputs that the resource has to have. */
  readonly inputs: Bag;
  readonly removals: Removals;
  /** Whether the group was looked at and approved then; else the plan leaves it as it was. */
  readonly lookedAt: boolean;
  /** Whether a guard held it then; undefined when it was looked at, or when Pulumi was told to leave it out. */
  readonly held: boolean | undefined;
  /** Whether the plan lets Pulumi write the resource. */
  readonly writes: boolean;
  /** Set when the removals that the state has now may be others than those of which the plan says that they stay. */
  readonly stale?: true;
}

export interface ReviewedPlan {
  /** The day on which it was made, UTC: rosters are read as of that day. */
  readonly day: string;
  /** By resource name. */
  readonly groups: ReadonlyMap<string, ReviewedGroup>;
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
  readonly resources: ReadonlyMap<string, z.output<typeof resourcePlan>>;
}

/** Reads the file of `pulumi preview --save-plan`. */
export function readPlanText(text: string, { project, stack }: StackName): PlanText | PlanFault {
  const fault = (why: string): PlanFault => ({ kind: "fault", why });
  const parsed = planFile.safeParse(jsonOf(text));
  if (!parsed.success) return fault("it is no plan that `pulumi preview --save-plan` wrote");
  const time = new Date(parsed.data.manifest.time);
  if (Number.isNaN(time.getTime())) return fault("it does not say when it was made");
  const all = Object.entries(parsed.data.resourcePlans).filter(([, { goal }]) => goal?.type === TYPE);
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
    resources: new Map(all.map(([urn, one]) => [resourceName(urn), one])),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A plan together with the state: what the inputs of each resource have to be. */
export function readPlan(
  { day, time, resources }: PlanText,
  declared: readonly Declared[],
  last: LastRun,
): ReviewedPlan {
  const groupOf = new Map(declared.map(({ desired }) => [desired.name, desired.group]));
  const groups = [...resources].map(([name, { goal, steps = [] }]) => {
    const { adds = {}, updates = {}, deletes = [] } = goal?.inputDiff ?? {};
    const record = last.groups.get(last.names.get(name) ?? groupOf.get(name) ?? "");
    const base = record?.inputs ?? {};
    // What a plan does not tell is as it was in the state then. Another run may have written removals since.
    const silent = "removals" in base && ![...Object.keys({ ...adds, ...updates }), ...deletes].includes("removals");
    const stale = silent && record?.modified !== undefined && Date.parse(record.modified) > Date.parse(time);
    const kept = Object.entries(base).filter(([key]) => !deletes.includes(key));
    const inputs: Bag = { ...Object.fromEntries(kept), ...adds, ...updates };
    const planned: ReviewedGroup = {
      name,
      inputs,
      removals: readRecord(inputs.removals) as Record<string, Reason>,
      lookedAt: LAST_LOOK in adds || LAST_LOOK in updates,
      held: typeof inputs[HELD_INPUT] === "boolean" ? inputs[HELD_INPUT] : undefined,
      // What the plan makes is there when it is applied once more; Pulumi lets nobody write it then.
      writes: steps.some((step) => step !== "same" && !(step === "create" && last.names.has(name))),
      ...(stale ? { stale: true } : {}),
    };
    return [name, planned] as const;
  });
  return { day, groups: new Map(groups) };
}

/**
 * In what the rosters differ from those of which a plan was made, a line each; none when they are the same.
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
      if (planned !== undefined) return isBound(planned) ? differencesOf(planned, one, show) : [];
      const recorded = last.groups.get(one.desired.group)?.name;
      return recorded === undefined || recorded === one.desired.name
        ? [`${one.desired.name}: there is a roster, and the plan does not know it`]
        : [];
    }),
  ].sort();
}

/**
 * Whether the plan was made of the group's roster. Not when a guard held the group then, which the run tells
 * (`held-in-plan`), nor when Pulumi was told to leave it out (`--target`).
 */
const isBound = ({ lookedAt, held }: ReviewedGroup): boolean => lookedAt || held === false;

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
      inputs[key] === ref[key] ? [] : [`${name}: ${key} is ${ref[key]}, and ${String(inputs[key])} in the plan`],
    ),
  ];
  const masked = show("0") !== "0";
  const written = lookedAt && Object.keys(removals).some((number) => number.includes("~") !== masked);
  if (written) return [...account, `${name}: the plan was made with another rollcall:display`];
  if (isSecret(inputs.members) || masked) {
    const mark = inputs[ROSTER_MARK];
    // State of the first release has no digest, and where nobody was looked at the plan has none either.
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
