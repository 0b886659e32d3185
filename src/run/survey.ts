/**
 * One look at everything, and the judgement on it: what a run would do. It only reads. The program registers what comes
 * out of it, and `rollcall plan` prints it, so that both say the same.
 */
import type { CamsReader } from "../cams";
import { approve, isSuspicious, type Candidate, type RunLimits, type Show, type Verdict } from "../membership/guards";
import { planGroup } from "../membership/plan";
import type { History, Observed, Refusal } from "../membership/types";
import { takeRoll, type RollCallOptions } from "../rollcall/roll-call";
import type { Declared } from "./desired";
import { historyOf, type LastRun } from "./last-run";

/** One group, looked at and judged. */
export interface Surveyed extends Declared {
  readonly history: History;
  readonly observed: Observed;
  readonly verdict: Verdict;
  /** Set when the group was not looked at, since the change that the run is about does not concern it. */
  readonly unasked?: true;
}

export interface Survey {
  /** In the order of the rosters, which is by name. */
  readonly groups: readonly Surveyed[];
  /** Refusals of the whole run: with any of them nothing may be registered. */
  readonly refusals: readonly Refusal[];
}

export interface SurveyOptions extends RollCallOptions {
  readonly reader: Pick<CamsReader, "listParticipants">;
  readonly limits: RunLimits;
  readonly show: Show;
  /** What the state knows; undefined when it could not be read. It may still be under way while groups are listed. */
  readonly last: LastRun | undefined | Promise<LastRun | undefined>;
  /** GroupIds; others are not looked at, unless they have to be (`mayStay`). Without it, all are. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Takes the roll of all groups, plans each and judges all. Throws `CamsError` when CAMS can't be asked at all. */
export async function survey(declared: readonly Declared[], options: SurveyOptions): Promise<Survey> {
  const roll = (some: readonly Declared[]) =>
    takeRoll(
      options.reader,
      some.map(({ ref }) => ref),
      options,
    );
  // Which groups are asked may depend on the state, but mostly all are, and then nobody waits for it.
  const [last, early] = await Promise.all([options.last, options.only === undefined ? roll(declared) : undefined]);
  const all = declared.map((one) => ({ ...one, history: historyOf(one.desired, last, options.show) }));
  const names = new Set(declared.map(({ desired }) => desired.name));
  const known = all.filter((one) => options.only?.has(one.ref.group) !== false || !mayStay(one, names, last));
  const observations = early ?? (await roll(known));
  const suspects = known.filter((one) => suspicious(one, observations.get(one.ref.group)));
  const again = await takeRoll(
    options.reader,
    suspects.map(({ ref }) => ref),
    { concurrency: options.concurrency, heard: true },
  );
  const seen = known.map((one) => {
    const { group } = one.ref;
    return { ...one, observed: again.get(group) ?? observations.get(group) ?? NOT_LISTED };
  });
  const candidates = seen.map(({ desired, observed, history }): Candidate => {
    if (observed.kind !== "whole") return { desired, observed };
    const was = history.kind === "adopted" ? history.last.name : desired.name;
    const elsewhere = was !== desired.name && names.has(was) ? was : undefined;
    return { desired, plan: planGroup(desired, observed, history), history, elsewhere };
  });
  const judgement = approve(candidates, options.limits, options.show);
  const judged = new Map(
    seen.flatMap((one, index): [string, Surveyed][] => {
      const verdict = judgement.groups[index];
      return verdict === undefined ? [] : [[one.ref.group, { ...one, verdict }]];
    }),
  );
  return { groups: all.map((one) => judged.get(one.ref.group) ?? leave(one)), refusals: judgement.run };
}

/**
 * Whether a group can be left as it is. Not one that the state does not know; not one whose last removal did not come to
 * its end, for nobody would tell of it any more; and not one whose old or new name is another group's, for which resource
 * is its own is the guards' to judge.
 */
function mayStay(
  { desired, history }: Declared & { readonly history: History },
  names: ReadonlySet<string>,
  last: LastRun | undefined,
): boolean {
  const was = last?.groups.get(desired.group);
  if (was === undefined || history.kind !== "adopted" || was.unfinished) return false;
  return was.name === desired.name || !(names.has(was.name) || last?.names.has(desired.name) === true);
}

/** A group that is not looked at stays as it is, which needs nobody's leave and is no refusal. */
function leave(one: Declared & { readonly history: History }): Surveyed {
  return { ...one, observed: NOT_LISTED, verdict: { kind: "held", plan: undefined, refusals: [] }, unasked: true };
}

const NOT_LISTED: Observed = { kind: "doubtful", why: "the group was not listed, so nobody is removed. Run again" };

/** A listing that lacks suspiciously many people is read a second time before it is judged. */
function suspicious(
  { desired, history }: Declared & { readonly history: History },
  observed: Observed | undefined,
): boolean {
  return observed?.kind === "whole" && isSuspicious(planGroup(desired, observed, history), history, desired.released);
}

/** Every refusal of a survey: those of the run first, then the groups' by name. */
export function allRefusals({ groups, refusals }: Survey): readonly Refusal[] {
  return [...refusals, ...groups.flatMap(({ verdict }) => (verdict.kind === "held" ? verdict.refusals : []))];
}
