import * as pulumi from "@pulumi/pulumi";
import { SUSPICIOUS, type Verdict } from "../membership/guards";
import type { GroupPlan, Person } from "../membership/types";
import type { ReportedGroup, Summary } from "../report/summary";
import { markOf } from "./as-of";
import { sparedBefore, type LastRun } from "./last-run";
import type { Survey, Surveyed } from "./survey";

/** The plans of a survey, for reports. Groups without a whole listing have none. */
export function reported(seen: Survey): readonly ReportedGroup[] {
  return seen.groups.flatMap(({ verdict }) =>
    verdict.plan === undefined ? [] : [{ plan: verdict.plan, held: verdict.kind === "held" }],
  );
}

/**
 * The stack's outputs: what this run saw, by resource name and number. They are what the next run knows of this one;
 * `asOf` marks what they are about.
 *
 * A preview leaves them open. Who is in a group changes by the hour, and `up --plan` fails, without a word, when outputs
 * differ from those of the preview. A run that did not look at all groups leaves them as they were, for they tell of all.
 */
export function outputsOf(
  seen: Survey,
  summary: Summary,
  show: (number: string) => string,
  last: LastRun | undefined,
): Record<string, unknown> {
  const people = <P extends Person>(of: (plan: GroupPlan) => readonly P[], note: (person: P) => string) =>
    Object.fromEntries(
      seen.groups
        .flatMap(({ verdict }) => (verdict.plan === undefined || saysNothing(verdict) ? [] : [verdict.plan]))
        .filter((plan) => of(plan).length > 0)
        .map((plan) => [plan.name, Object.fromEntries(of(plan).map((person) => [show(person.number), note(person)]))]),
    );
  const told = {
    awaiting: {
      ...stillAwaited(seen, show),
      ...people(
        (plan) => plan.awaiting,
        ({ name }) => name,
      ),
    },
    left: people(
      (plan) => plan.left,
      ({ name }) => name,
    ),
    spared: {
      ...stillSpared(seen, show, last),
      ...people(
        (plan) => plan.spared,
        ({ because }) => because,
      ),
    },
  };
  const outputs = { summary, ...told, asOf: asOf(seen, Object.values(told), show, last) };
  if (!pulumi.runtime.isDryRun())
    return seen.groups.some(({ unasked }) => unasked) ? { ...last?.stackOutputs } : outputs;
  return Object.fromEntries(Object.keys(outputs).map((key) => [key, pulumi.output(Promise.resolve(pulumi.unknown))]));
}

/** Whether a group's listing is not believed: there was none, or it lacks suspiciously many people. */
function saysNothing(verdict: Verdict): boolean {
  return (
    verdict.kind === "held" && (verdict.plan === undefined || verdict.refusals.some(({ rule }) => rule === SUSPICIOUS))
  );
}

/**
 * Marks of the groups of which the outputs tell something, and of the people of those groups whose resource, as it
 * stands in state, does not tell the same: somebody joined since it was written.
 */
function asOf(
  seen: Survey,
  told: readonly Readonly<Record<string, unknown>>[],
  show: (number: string) => string,
  last: LastRun | undefined,
): string {
  const marks = seen.groups.flatMap((one) => {
    const { name, group, members } = one.desired;
    const inState = last?.groups.get(group);
    // An approved group has today's members in state after this run, a held one those of the last.
    const tells = (number: string): boolean =>
      inState?.participants.has(show(number)) === true &&
      (one.verdict.kind === "approved" || inState.members.has(number));
    const unwritten = one.history.kind !== "new" && !there(one).every(tells);
    if (!unwritten && !told.some((people) => name in people)) return [];
    return [markOf(name, group, show), ...(unwritten ? [markOf(name, group, show, members.keys())] : [])];
  });
  return marks.sort().join(" ");
}

/** Declared people who were there, as far as this run or the last one knows. */
function there({ history, verdict }: Surveyed): readonly string[] {
  if (verdict.plan !== undefined && !saysNothing(verdict)) return verdict.plan.present.map(({ number }) => number);
  return [...((history.kind === "adopted" ? history.last.present : undefined) ?? [])];
}

/** A group that could not be listed says nothing new: whoever was not there at the last run is awaited still. */
function stillAwaited(seen: Survey, show: (number: string) => string): Record<string, Record<string, string>> {
  const entries = seen.groups.flatMap(({ desired, history, verdict }) => {
    const present = history.kind === "adopted" ? history.last.present : undefined;
    if (!saysNothing(verdict) || present === undefined) return [];
    const absent = [...desired.members].filter(([number]) => !present.has(number));
    return [[desired.name, Object.fromEntries(absent.map(([number, name]) => [show(number), name]))] as const];
  });
  return Object.fromEntries(entries.filter(([, absent]) => Object.keys(absent).length > 0));
}

/** And whoever was spared in it is spared still. */
function stillSpared(
  seen: Survey,
  show: (number: string) => string,
  last: LastRun | undefined,
): Record<string, Record<string, string>> {
  const entries = seen.groups.flatMap(({ desired, verdict }) => {
    const spared = saysNothing(verdict) ? sparedBefore(desired, last, show) : undefined;
    return spared === undefined || spared.size === 0 ? [] : [[desired.name, Object.fromEntries(spared)] as const];
  });
  return Object.fromEntries(entries);
}
