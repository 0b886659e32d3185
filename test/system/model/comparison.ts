/** What the code plans and refuses, compared with the contract's opinion. */
import type { RunPlan } from "../../../src/run/plan-run";
import { numbersOf } from "../../membership/world";
import { recordOf, type Facts, type Opinion, type Verdict } from "./contract";
import { count, same } from "./tally";
import type { Reviewed, Run, World } from "./world";

/** A plan of other rosters, and a folder without rosters that the state knew, are refused before anything is done. */
export function isRefusedAsItOughtTo({ files }: World, { refused, facts, seen }: Run, reviewed?: Reviewed): void {
  if (refused !== undefined) same(seen, undefined);
  if (files.present().length === 0) same(refused === "no rosters", facts.records.length > 0 || facts.stateUnread);
  else if (reviewed !== undefined) {
    const now = files.declarations();
    const differs = (group: string): boolean => now.get(group) !== reviewed.declarations.get(group);
    if ([...reviewed.facts.groups.keys()].some(differs)) same(refused, "plan");
    if (![...now.keys(), ...reviewed.declarations.keys()].some(differs)) same(refused, undefined);
    if (refused === "plan") count("plans of other rosters");
  } else same(refused, undefined);
}

/** The code's guards say what the contract says, of each group and of the run. */
export function judgedAlike(
  { cams }: Pick<World, "cams">,
  seen: RunPlan,
  facts: Facts,
  verdict: Verdict,
  tooManyInvited: boolean,
): void {
  for (const { desired, verdict: found, skipped } of seen.groups) {
    const { group } = desired;
    const opinion = verdict.groups.get(group)!;
    same(skipped === true, opinion.skipped, `${group} is not looked at`);
    if (skipped === true) {
      same(facts.listed.has(group), false);
      count("groups that were not looked at");
      continue;
    }
    const rules = found.kind === "held" ? found.refusals.map(({ rule }) => rule) : [];
    const known = rules.map((rule) => (/^(doubtful-listing|unknown-group)$/.test(rule) ? "no whole listing" : rule));
    for (const rule of known) count(rule);
    same(known.sort(), opinion.holds, `what holds ${group}`);
    same(numbersOf(found.plan?.remove ?? []), opinion.planned, `who goes from ${group}`);
    if (found.kind === "approved") same(found.approved.remove, found.plan.remove);
    if (found.plan === undefined || opinion.judged === undefined) continue;
    const { plan } = found;
    // Without the state nobody knows who was there.
    if (facts.stateUnread) continue;
    same(
      plan.unidentified,
      opinion.judged.nobody.length + (cams.groups.get(group)?.unidentified ?? 0),
      "rows of nobody",
    );
    if (opinion.judged.nobody.length > 0) count("digits that are nobody's number");
    same(numbersOf(plan.left), opinion.judged.left, `who left ${group}`);
    same(numbersOf(plan.awaiting), opinion.judged.awaiting, `who is awaited in ${group}`);
    const out = plan.awaiting.filter(({ removedBefore }) => removedBefore === true);
    same(numbersOf(out), opinion.judged.removedBefore, `who was removed from ${group} before`);
    const spared = plan.spared.map(({ number, because }) => `${number} ${because}`);
    same(spared, opinion.judged.spared, `who is spared in ${group}`);
    tell(group, opinion, facts);
  }
  same(
    [...new Set(seen.refusals.map(({ rule }) => rule))],
    [...verdict.run, ...(tooManyInvited ? ["max-invitations-per-run"] : [])],
    "what refuses the run",
  );
}

/** What makes the worlds worth their while. */
function tell(group: string, { judged, planned }: Opinion, facts: Facts): void {
  if (judged === undefined) return;
  const last = recordOf(facts, group)?.known;
  if (judged.left.length > 0) count("groups that people left");
  if (judged.left.some((number) => last?.left.has(number) === true)) count("groups that people left earlier");
  if (judged.removedBefore.length > 0) count("groups whose link does not let somebody in");
  if (judged.spared.some((one) => one.endsWith(" plan"))) count("groups in which a plan spares people");
  if (planned.some((number) => last?.asked.has(number) === true)) count("removals that are begun again");
}

/** A run that could not look, or is refused, touches nobody. */
export function touchesNobody({ cams, stack }: World, { before, facts, seen, refused }: Run): void {
  if (seen === undefined && refused === undefined) count("runs that could not look");
  same(cams.removals(), []);
  same(cams.sends(), []);
  same(stack.state.records(), facts.records);
  for (const [group, there] of before) same(cams.there(group), there);
}
