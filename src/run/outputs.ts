import * as pulumi from "@pulumi/pulumi";
import type { Digits, GroupPlan, Person } from "../membership/types";
import type { ReportedGroup, Summary } from "../report/summary";
import type { RunPlan, PlannedGroup } from "./plan-run";

/** The plans of a run, for reports. Groups without a whole listing have none. */
export function reported(seen: RunPlan): readonly ReportedGroup[] {
  return seen.groups.flatMap(({ verdict }) =>
    verdict.plan === undefined ? [] : [{ plan: verdict.plan, held: verdict.kind === "held" }],
  );
}

type Show = (number: Digits) => string;

const KINDS = ["awaiting", "left", "spared"] as const;

/** What the outputs tell of one group: number, as `display` writes it → name, or why they stayed. */
type Told = Readonly<Record<(typeof KINDS)[number], Readonly<Record<string, string>>>>;

/**
 * The stack's outputs, by resource name and number: who was awaited, had left or stayed undeclared at the last look at
 * each group. They are for people only; what runs decide by is each resource's own memory. The summary is this run's
 * own, and counts what it looked at.
 *
 * A preview leaves them open. Who is in a group changes by the hour, and `up --plan` fails, without a word, when outputs
 * differ from those of the preview.
 */
export function outputsOf(seen: RunPlan, summary: Summary, show: Show): Record<string, unknown> {
  const groups = seen.groups.map((one) => {
    const { plan } = one.verdict;
    return { name: one.desired.name, told: plan === undefined ? toldBefore(one, show) : toldNow(plan, show) };
  });
  const people = KINDS.map((kind) => {
    const told = groups.map(({ name, told }) => [name, told[kind]] as const);
    return [kind, Object.fromEntries(told.filter(([, people]) => Object.keys(people).length > 0))] as const;
  });
  const outputs = { summary, ...Object.fromEntries(people) };
  if (!pulumi.runtime.isDryRun()) return outputs;
  return Object.fromEntries(Object.keys(outputs).map((key) => [key, pulumi.output(Promise.resolve(pulumi.unknown))]));
}

function toldNow({ awaiting, left, spared }: GroupPlan, show: Show): Told {
  const people = <P extends Person>(all: readonly P[], note: (person: P) => string) =>
    Object.fromEntries(all.map((person) => [show(person.number), note(person)]));
  return {
    awaiting: people(awaiting, ({ name }) => name),
    left: people(left, ({ name }) => name),
    spared: people(spared, ({ because }) => because),
  };
}

/** Nothing was seen in this run, so what the last look saw is told, as far as it is about people who are declared today. */
function toldBefore({ desired, history }: PlannedGroup, show: Show): Told {
  const memory = history.memory;
  const absent = (what: "awaiting" | "left") =>
    [...desired.members].filter(([number]) => memory?.absent.get(number) === what);
  const stayed = [...(memory?.undeclared ?? [])].filter(([number]) => !desired.members.has(number));
  const shown = (entries: readonly (readonly [Digits, string])[]) =>
    Object.fromEntries(entries.map(([number, note]) => [show(number), note]));
  return { awaiting: shown(absent("awaiting")), left: shown(absent("left")), spared: shown(stayed) };
}
