import * as pulumi from "@pulumi/pulumi";
import type { Digits, GroupPlan, Person } from "../membership/types";
import { settled } from "../invitations/memory";
import { datedInvitationText, datedStandingText } from "../invitations/words";
import type { Invitation } from "../invitations/types";
import { countInvitations } from "../report/invitations";
import type { ReportedGroup, Summary } from "../report/summary";
import type { LastRun } from "./last-run";
import { removalsIn, type PlannedGroup, type RunPlan } from "./plan-run";

/**
 * The plans of a run, for reports. Groups without a whole listing have none.
 * @param now milliseconds since 1970
 */
export function reported(seen: RunPlan, now: number): readonly ReportedGroup[] {
  return seen.groups.flatMap(({ verdict: { plan, kind }, wish, upkeep, invitations }) => {
    if (plan === undefined) return [];
    const told = { plan, held: kind === "held", subject: wish?.subject, upkeep };
    return invitations === undefined ? [told] : [{ ...told, invitations: { ...invitations, now } }];
  });
}

/** What Pulumi left out, because of `--target` or `--exclude`. */
export interface NotDone {
  readonly people: readonly PlannedGroup[];
  /** Names of resources. */
  readonly groups: readonly string[];
  readonly links: readonly string[];
  /** Names of groups in which somebody was to be invited. A name may be there twice. */
  readonly invitations: readonly string[];
}

/** The summary without the people who were not removed or not invited, and without the changes that were not made. */
export function lessLeftOut(
  summary: Summary,
  { people, groups, links, invitations }: NotDone,
  planned: readonly PlannedGroup[],
): Summary {
  const stay = people.map((one) => removalsIn(one).length);
  const unmade = planned.filter(({ desired, upkeep }) => upkeep?.create === true && groups.includes(desired.name));
  const uninvited = planned.filter(({ desired }) => invitations.includes(desired.name));
  return {
    ...summary,
    removals: stay.reduce((left, count) => left - count, summary.removals),
    newGroups: summary.newGroups - unmade.length,
    links: summary.links - links.length,
    invitations: summary.invitations - countInvitations(uninvited),
  };
}

type Show = (number: Digits) => string;

const KINDS = ["awaiting", "left", "spared"] as const;

/** What the outputs tell of one group: number, as `display` writes it → the person's name, or why the person stayed. */
type Told = Readonly<Record<(typeof KINDS)[number], Readonly<Record<string, string>>>>;

/**
 * The stack's outputs, by resource name and number: who was awaited, had left or stayed undeclared at the last look at
 * each group. They are for people only; runs decide by the memory of each resource. The summary counts only what this
 * run looked at.
 *
 * In a preview the outputs are unknown. Who is in a group changes by the hour, and `up --plan` fails without a message
 * when outputs differ from those of the preview. So which outputs there are follows from the settings and rosters alone:
 * there are `invitations` where people are to be invited.
 */
export function outputsOf(
  seen: RunPlan,
  summary: Summary,
  show: Show,
  last: LastRun | undefined,
): Record<string, unknown> {
  const groups = seen.groups.map((one) => {
    const { plan } = one.verdict;
    return { name: one.desired.name, told: plan === undefined ? toldBefore(one, show) : toldNow(plan, show) };
  });
  const people = KINDS.map((kind) => {
    const told = groups.map(({ name, told }) => [name, told[kind]] as const);
    return [kind, Object.fromEntries(told.filter(isTold))] as const;
  });
  const inviting = seen.groups.filter(({ invite }) => invite !== undefined);
  const ends = new Map([...(last?.invitations.values() ?? [])].map(({ group, end }) => [group, end]));
  const invitations = inviting.map((one) => {
    const { invitations: memory } = last?.groups.get(one.ref.group) ?? {};
    const before = memory === undefined ? NONE : settled(memory, ends.get(one.ref.group));
    return [one.desired.name, invitationsIn(one, before, show)] as const;
  });
  const outputs = {
    ...{ summary, ...Object.fromEntries(people) },
    ...(inviting.length === 0 ? {} : { invitations: Object.fromEntries(invitations.filter(isTold)) }),
  };
  if (!pulumi.runtime.isDryRun()) return outputs;
  return Object.fromEntries(Object.keys(outputs).map((key) => [key, pulumi.output(Promise.resolve(pulumi.unknown))]));
}

const NONE: ReadonlyMap<Digits, Invitation> = new Map();

const isTold = ([, people]: readonly [string, Readonly<Record<string, string>>]): boolean =>
  Object.keys(people).length > 0;

/**
 * How it stood with the invitations of awaited people: number, as `display` writes it → words that stay true later.
 * @param before what is on record, for a group that was not looked at
 */
function invitationsIn(
  one: PlannedGroup,
  before: ReadonlyMap<Digits, Invitation>,
  show: Show,
): Readonly<Record<string, string>> {
  const { invitations, verdict, desired, history } = one;
  const told = (entries: readonly (readonly [Digits, string])[]) =>
    Object.fromEntries(entries.map(([number, text]) => [show(number), text]));
  if (invitations !== undefined) {
    return told(
      (verdict.plan?.awaiting ?? []).flatMap(({ number }) => {
        const standing = invitations.standings.get(number);
        if (standing === undefined) return [];
        return [[number, standing.kind === "to invite" ? TO_INVITE : datedStandingText(standing)]];
      }),
    );
  }
  const record = [...before].filter(
    ([number]) => desired.members.has(number) && history.memory?.absent.get(number) === "awaiting",
  );
  return told(record.map(([number, invitation]) => [number, datedInvitationText(invitation)]));
}

/** What became of a message of this run is not known when the outputs are written. */
const TO_INVITE = "to be invited by this run: the next run tells what became of it";

function toldNow({ awaiting, left, spared }: GroupPlan, show: Show): Told {
  const people = <P extends Person>(all: readonly P[], note: (person: P) => string) =>
    Object.fromEntries(all.map((person) => [show(person.number), note(person)]));
  return {
    awaiting: people(awaiting, ({ name }) => name),
    left: people(left, ({ name }) => name),
    spared: people(spared, ({ because }) => because),
  };
}

/** The group was not seen in this run. So the outputs repeat what the last look saw, by who is declared today. */
function toldBefore({ desired, history }: PlannedGroup, show: Show): Told {
  const memory = history.memory;
  const absent = (what: "awaiting" | "left") =>
    [...desired.members].filter(([number]) => memory?.absent.get(number) === what);
  const stayed = [...(memory?.undeclared ?? [])].filter(([number]) => !desired.members.has(number));
  const shown = (entries: readonly (readonly [Digits, string])[]) =>
    Object.fromEntries(entries.map(([number, note]) => [show(number), note]));
  return { awaiting: shown(absent("awaiting")), left: shown(absent("left")), spared: shown(stayed) };
}
