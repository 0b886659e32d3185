import * as pulumi from "@pulumi/pulumi";
import { SUSPICIOUS, type Verdict } from "../membership/guards";
import type { Digits, GroupPlan, Person } from "../membership/types";
import { writtenMasked } from "../provider/display";
import type { ReportedGroup, Summary } from "../report/summary";
import { keyMark, markOf, unknownMark } from "./as-of";
import { toldBefore, type LastRun } from "./last-run";
import type { Survey, Surveyed } from "./survey";

/** The plans of a survey, for reports. Groups without a whole listing have none. */
export function reported(seen: Survey): readonly ReportedGroup[] {
  return seen.groups.flatMap(({ verdict }) =>
    verdict.plan === undefined ? [] : [{ plan: verdict.plan, held: verdict.kind === "held" }],
  );
}

type Show = (number: Digits) => string;

const KINDS = ["awaiting", "left", "spared"] as const;

/** What the outputs tell of one group: number, as `display` writes it → name, or why they stayed. */
type Told = Readonly<Record<(typeof KINDS)[number], Readonly<Record<string, string>>>>;

/**
 * The stack's outputs, by resource name and number: what was seen in each group when it was looked at last, which is in
 * this run, unless it was not looked at now or its listing is not believed. They are what the next run knows of this
 * one; `asOf` marks what they are about. The summary is this run's own, and counts what it looked at.
 *
 * A preview leaves them open. Who is in a group changes by the hour, and `up --plan` fails, without a word, when outputs
 * differ from those of the preview.
 */
export function outputsOf(
  seen: Survey,
  summary: Summary,
  show: Show,
  last: LastRun | undefined,
): Record<string, unknown> {
  const groups = seen.groups.map((one) => {
    const plan = believed(one.verdict);
    return { ...one, told: plan === undefined ? carriedOver(one, show, last) : toldNow(plan, show) };
  });
  const people = KINDS.map((kind) => {
    const told = groups.map(({ desired, told }) => [desired.name, told[kind]] as const);
    return [kind, Object.fromEntries(told.filter(([, people]) => Object.keys(people).length > 0))] as const;
  });
  const marks = [
    ...groups.flatMap((one) => marksOf(one, show, last)),
    ...(writtenMasked([show("0")]) === true ? [keyMark(show)] : []),
  ];
  const outputs = { summary, ...Object.fromEntries(people), asOf: marks.sort().join(" ") };
  if (!pulumi.runtime.isDryRun()) return outputs;
  return Object.fromEntries(Object.keys(outputs).map((key) => [key, pulumi.output(Promise.resolve(pulumi.unknown))]));
}

/** The plan of a listing that is believed: not when there was none, nor when it lacks suspiciously many people. */
function believed(verdict: Verdict): GroupPlan | undefined {
  const suspicious = verdict.kind === "held" && verdict.refusals.some(({ rule }) => rule === SUSPICIOUS);
  return suspicious ? undefined : verdict.plan;
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

const NOTHING: Told = { awaiting: {}, left: {}, spared: {} };

/** Nothing new is known: whoever was not there at the last look is not there still, and whoever was spared, is still. */
function carriedOver({ desired, history }: Surveyed, show: Show, last: LastRun | undefined): Told {
  const present = presentBefore(history);
  if (present === undefined) return NOTHING;
  const { left, spared } = toldBefore(desired, last, show);
  const absent = [...desired.members].filter(([number]) => !present.has(number));
  const awaiting = absent.map(([number, name]) => [show(number), name] as const);
  return {
    awaiting: Object.fromEntries(awaiting.filter(([number]) => !left.has(number))),
    left: Object.fromEntries(left),
    spared: Object.fromEntries(spared),
  };
}

const presentBefore = (history: Surveyed["history"]) => (history.kind === "adopted" ? history.last.present : undefined);

/**
 * A mark of a group of which the outputs tell something, and one of its people, if its resource, as it stands in state,
 * does not tell the same of them: somebody joined since it was written.
 */
function marksOf(one: Surveyed & { readonly told: Told }, show: Show, last: LastRun | undefined): readonly string[] {
  const { desired, history, verdict, told } = one;
  const { name, group, members } = desired;
  const there = believed(verdict)?.present.map(({ number }) => number) ?? presentBefore(history);
  if (there === undefined) return history.kind === "adopted" ? [unknownMark(group, show)] : [];

  const inState = last?.groups.get(group);
  // An approved group has today's members in state after this run, a held one those of the last.
  const tells = (number: Digits): boolean =>
    inState?.participants.has(show(number)) === true && (verdict.kind === "approved" || inState.members.has(number));
  const unwritten = history.kind !== "new" && ![...there].every(tells);
  if (!unwritten && KINDS.every((kind) => Object.keys(told[kind]).length === 0)) return [];
  return [markOf(name, group, show), ...(unwritten ? [markOf(name, group, show, members.keys())] : [])];
}
