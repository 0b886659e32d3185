/** A prepared run → who is in which group. */
import type { Digits, Person } from "../../membership/types";
import { SUSPICIOUS } from "../../membership/guards/suspicious-listing";
import { byNumber } from "../../membership/plan";
import { entriesOf } from "../../report/who/entries";
import type { IsTheirs, Seen, WhoGroup, WhoReport } from "../../report/who/types";
import type { AccountsSeen } from "../../run/list-accounts";
import type { PlannedGroup } from "../../run/plan-run";
import { STATE_UNREAD, type PreparedRun } from "../../run/prepare";
import { subjectIn } from "./known";
import type { Meant } from "./meant";
import { shownSubject } from "./shown";

/** @param meant whom or what was asked for; undefined: all groups */
export function whoOf(
  stack: string,
  { plan, show, last, now }: Pick<PreparedRun, "plan" | "show" | "last" | "now">,
  accounts: AccountsSeen,
  meant: Exclude<Meant, { kind: "unclear" }> | undefined,
): WhoReport {
  const groups = plan.groups
    .filter(({ skipped }) => skipped !== true)
    .map((one): WhoGroup => {
      const { desired, ref, make, wish, invitations } = one;
      const subject = make === undefined ? subjectIn(one, accounts) : wish?.subject;
      return {
        name: desired.name,
        group: ref.group,
        subject: subject === undefined ? undefined : shownSubject(subject, show),
        seen: seenIn(one),
        invitations: invitations === undefined ? undefined : { ...invitations, now },
      };
    });
  return {
    stack,
    about: meant?.about,
    groups: groups.filter((one) => isMeant(one, meant)),
    nameless: meant?.kind === "person" ? namelessFor(meant.about.is, groups) : undefined,
    notes: [
      ...(last === undefined ? [STATE_UNREAD] : []),
      ...(plan.inviteRefusals ?? []).map(({ message }) => message),
    ],
    now,
    show,
  };
}

function seenIn({ verdict, observed, make, desired }: PlannedGroup): Seen {
  const refusals = verdict.kind === "held" ? verdict.refusals : [];
  if (verdict.plan !== undefined) {
    const doubt = refusals.find(({ rule }) => rule === SUSPICIOUS)?.message;
    return { kind: "known", plan: verdict.plan, create: make !== undefined, doubt };
  }
  const declared = [...desired.members].map(([number, name]): Person => ({ number, name })).sort(byNumber);
  const why = observed.kind === "whole" ? refusals.map(({ message }) => message).join(". ") : observed.why;
  return { kind: "not known", why, declared };
}

/** Of a group that is not known, nobody can say that somebody is not in it. */
function isMeant(one: WhoGroup, meant: Meant | undefined): boolean {
  if (meant?.kind === "group") return one.name === meant.group.name;
  return meant?.kind !== "person" || one.seen.kind === "not known" || hasAnybody(one, meant.about.is);
}

const hasAnybody = (one: WhoGroup, is: IsTheirs): boolean => entriesOf(one, "dated").some(({ number }) => is(number));

/** Rows without a number in groups where somebody was not seen: one of the rows may be theirs. */
function namelessFor(is: IsTheirs, groups: readonly WhoGroup[]): WhoReport["nameless"] {
  const rows = groups.flatMap(({ seen }) => {
    if (seen.kind === "not known") return [];
    const { present, remove, spared, unidentified } = seen.plan;
    return unidentified === 0 || [...present, ...remove, ...spared].some(({ number }) => is(number))
      ? []
      : [unidentified];
  });
  return { rows: rows.reduce((sum, count) => sum + count, 0), groups: rows.length };
}

/** Whether somebody is declared or present in any of the groups. */
export const isAnywhere = ({ groups }: WhoReport, is: IsTheirs): boolean => groups.some((one) => hasAnybody(one, is));

/** Numbers of everybody who was seen or is declared. */
export const numbersIn = (plan: PreparedRun["plan"]): readonly Digits[] => [
  ...new Set(
    plan.groups.flatMap(({ desired, verdict: { plan: seen } }) => [
      ...desired.members.keys(),
      ...[...(seen?.remove ?? []), ...(seen?.spared ?? [])].map(({ number }) => number),
    ]),
  ),
];
