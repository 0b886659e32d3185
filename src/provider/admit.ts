/** What this process may write: every group that was prepared in it, judged together with all the others. */
import { judgeGroup, judgeRun, runCase, type RunCase } from "../membership/guards";
import type { Desired, GroupPlan, History } from "../membership/types";
import type { Whole } from "../rollcall/types";
import { HELD, type Prepared, type Session } from "./session";

/** A group of which there is a whole listing. */
export type Known = Pick<Prepared, "ref" | "desired" | "history" | "awaited"> & { readonly observed: Whole };

/**
 * The guards of the run see this group together with all that were prepared before it in this process, so that what a
 * process executes never grows beyond the run's limits, with a roll call or without. A group that is checked again, as
 * before a replacement, counts once.
 */
export function judge(session: Session, known: Known, plan: GroupPlan): Prepared | undefined {
  const verdict = judgeGroup({ desired: known.desired, plan, history: known.history }, session.show);
  // A process keeps every group, and the history only serves to judge removals once more.
  const removes = verdict.kind === "approved" && verdict.approved.remove.length > 0;
  const looked: Known = { ...known, history: removes ? lookedAt(known) : { kind: "unknown" } };
  if (verdict.kind === "held") return remember(session, { ...looked, approved: undefined, refusals: verdict.refusals });
  const { approved } = verdict;
  const refusals =
    approved.remove.length === 0
      ? []
      : judgeRun([...others(session, known), runCase(known.desired, approved)], session.settings, session.show);
  return remember(session, { ...looked, approved: refusals.length === 0 ? approved : undefined, refusals });
}

/** The removals that this process may execute already, as the guards of the run count them. */
function others(session: Session, { ref }: Known): readonly RunCase[] {
  return [...session.groups].flatMap(([group, one]) =>
    group === ref.group || one === HELD || one.approved === undefined || one.approved.remove.length === 0
      ? []
      : [runCase(one.desired, one.approved)],
  );
}

/**
 * Keeps what was prepared for `create` and `update`, in one go with judging it, so that whoever is judged next sees it.
 * Another resource of this program may declare the same group, each seeing the other's people as strangers. Pulumi may
 * check one resource twice, which then declares the same.
 * @returns undefined when they differ: then neither may be written any more
 */
export function remember(session: Session, prepared: Prepared): Prepared | undefined {
  const { group } = prepared.ref;
  const other = session.groups.get(group);
  if (other === HELD) return undefined;
  if (other !== undefined && wanted(other.desired) !== wanted(prepared.desired)) {
    session.groups.delete(group);
    return undefined;
  }
  session.groups.set(group, prepared);
  return prepared;
}

/** All that decides who goes, as text. */
function wanted({ members, protect, released, undeclared, onAdopt, allowEmpty, maxRemovals }: Desired): string {
  const people = [[...members.keys()], [...protect], [...released]].map((numbers) => numbers.sort());
  return JSON.stringify([people, undeclared, onAdopt, allowEmpty, maxRemovals]);
}

/** What `update` compares its own listing with: who was there in this look. */
function lookedAt({ desired, history, observed }: Known): History {
  if (history.kind !== "adopted") return history;
  const present = new Set(observed.participants.filter((number) => desired.members.has(number)));
  return { kind: "adopted", last: { ...history.last, present } };
}
