import * as pulumi from "@pulumi/pulumi";
import { SUSPICIOUS, type Verdict } from "../membership/guards";
import type { GroupPlan, Person } from "../membership/types";
import type { ReportedGroup, Summary } from "../report/summary";
import type { Survey } from "./survey";

/** The plans of a survey, for reports. Groups without a whole listing have none. */
export function reported(seen: Survey): readonly ReportedGroup[] {
  return seen.groups.flatMap(({ verdict }) =>
    verdict.plan === undefined ? [] : [{ plan: verdict.plan, held: verdict.kind === "held" }],
  );
}

/**
 * The stack's outputs: what this run saw, by resource name and number. They are what the next run knows of this one.
 *
 * A preview leaves them open. Who is in a group changes by the hour, and `up --plan` fails, without a word, when outputs
 * differ from those of the preview.
 */
export function outputsOf(seen: Survey, summary: Summary, show: (number: string) => string): Record<string, unknown> {
  const people = <P extends Person>(of: (plan: GroupPlan) => readonly P[], note: (person: P) => string) =>
    Object.fromEntries(
      seen.groups
        .flatMap(({ verdict }) => (verdict.plan === undefined || saysNothing(verdict) ? [] : [verdict.plan]))
        .filter((plan) => of(plan).length > 0)
        .map((plan) => [plan.name, Object.fromEntries(of(plan).map((person) => [show(person.number), note(person)]))]),
    );
  const outputs = {
    summary,
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
    spared: people(
      (plan) => plan.spared,
      ({ because }) => because,
    ),
  };
  if (!pulumi.runtime.isDryRun()) return outputs;
  return Object.fromEntries(Object.keys(outputs).map((key) => [key, pulumi.output(Promise.resolve(pulumi.unknown))]));
}

/** Whether a group's listing is not believed: there was none, or it lacks suspiciously many people. */
function saysNothing(verdict: Verdict): boolean {
  return (
    verdict.kind === "held" && (verdict.plan === undefined || verdict.refusals.some(({ rule }) => rule === SUSPICIOUS))
  );
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
