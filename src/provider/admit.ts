/** What this process may write. Every group that was prepared in it is judged together with all the others. */
import { judgeGroup, judgeRun, runCase, type RunCase } from "../membership/guards";
import { remember } from "../membership/memory";
import type { Desired, GroupPlan, History } from "../membership/types";
import type { Whole } from "../execution/types";
import { HELD, type Prepared, type Session } from "./session";
import type { Removals } from "./shapes";

/** A group of which there is a whole listing. */
export type Known = Omit<Prepared, "observed" | "approved" | "refusals" | "named"> & {
  readonly observed: Whole;
  /** What the inputs have to name, where a reviewed plan binds the run. */
  readonly planned: Removals | undefined;
};

/**
 * The guards of the run see this group together with all groups that were prepared before it in this process. So what a
 * process executes never exceeds the run's limits, with a roll call or without. A group that is checked again, as
 * before a replacement, counts once.
 */
export function judge(session: Session, { planned, ...known }: Known, plan: GroupPlan): Prepared | undefined {
  const verdict = judgeGroup({ desired: known.desired, plan, history: known.history }, session.show);
  // Only removals are judged once more, and only that needs the history. It is kept for those groups only.
  const removes = verdict.kind === "approved" && verdict.approved.remove.length > 0;
  const history: History = removes
    ? { kind: "adopted", memory: remember(known.desired, plan, known.history) }
    : { kind: "unknown" };
  const looked = { ...known, history, named: planned ?? {} };
  if (verdict.kind === "held") return keep(session, { ...looked, approved: undefined, refusals: verdict.refusals });
  const { approved } = verdict;
  const refusals =
    approved.remove.length === 0
      ? []
      : judgeRun([...others(session, known), runCase(known.desired, approved)], session.settings, session.show);
  if (refusals.length > 0) return keep(session, { ...looked, approved: undefined, refusals });
  const own = Object.fromEntries(approved.remove.map(({ number, reason }) => [session.show(number), reason]));
  return keep(session, { ...looked, approved, refusals, named: planned ?? own });
}

/** The removals that this process may already execute, as the guards of the run count them. */
function others(session: Session, { ref }: Pick<Known, "ref">): readonly RunCase[] {
  return [...session.groups].flatMap(([group, one]) =>
    group === ref.group || one === HELD || one.approved === undefined || one.approved.remove.length === 0
      ? []
      : [runCase(one.desired, one.approved)],
  );
}

/**
 * Keeps what was prepared for `create` and `update`. It happens in one step with the judging, so that the judging of
 * the next group sees it. Another resource of this program may declare the same group; then each sees the other's
 * people as strangers. Pulumi may also check one resource twice, and then both declare the same.
 * @returns undefined when they differ: then neither may be written any more
 */
export function keep(session: Session, prepared: Prepared): Prepared | undefined {
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

/** Everything that decides who is removed, as text. A field that is forgotten here does not compile. */
function wanted(desired: Desired): string {
  const sorted = (numbers: Iterable<string>): readonly string[] => [...numbers].sort();
  const decides: { readonly [K in keyof Desired]: unknown } = {
    members: sorted(desired.members.keys()),
    protect: sorted(desired.protect),
    released: sorted(desired.released),
    named: desired.named === undefined ? null : sorted(desired.named),
    undeclared: desired.undeclared,
    onAdopt: desired.onAdopt,
    allowEmpty: desired.allowEmpty,
    maxRemovals: desired.maxRemovals,
    ...{ name: null, file: null, group: null, former: null, formerly: null, names: null },
  };
  return JSON.stringify(decides);
}
