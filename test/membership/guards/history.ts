import { judgeGroup, type Candidate, type Conflict } from "../../../src/membership/guards";
import type { Desired, History, Refusal } from "../../../src/membership/types";
import { desire, full, judgeable, members, remembered, whole } from "../world";

/** What the tests share of the guards that look at what was known before. */

export function judged(
  over: Partial<Desired>,
  history: History,
  there: readonly string[],
  conflict?: Conflict,
  show = full,
) {
  const candidate: Candidate = {
    ...judgeable(desire({ maxRemovals: 8, ...over }), whole(...there), history),
    conflict,
  };
  const verdict = judgeGroup(candidate, show);
  return verdict.kind === "held" ? verdict.refusals : [];
}

export const rulesOf = (refusals: readonly Refusal[]): readonly string[] => refusals.map(({ rule }) => rule);

/** The last look saw everybody declared but these, each `awaiting` or `left`. */
export const without = (declared: readonly string[], absent: Readonly<Record<string, "awaiting" | "left">>): History =>
  remembered({ declared: members(...declared), absent: new Map(Object.entries(absent)) });
