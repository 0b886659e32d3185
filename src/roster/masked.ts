/** Problems for stacks with `display: masked`: whatever in them looks like a number keeps its ends only. */

import type { Problem } from "./types";

/** Digits that stay readable at either end, as in plans and reports. */
const HEAD = 4;
const TAIL = 2;
/** Shorter runs of digits without a plus are days, limits, ids. */
const LEAST = 9;

export const maskProblems = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({
    ...problem,
    message: maskNumbers(problem.message),
    hint: maskNumbers(problem.hint),
    excerpt: problem.excerpt && { ...problem.excerpt, text: maskNumbers(problem.excerpt.text) },
  }));

/** Masks in place, sign by sign: nothing moves, so that carets and columns still fit. */
export function maskNumbers(text: string): string {
  return text.replace(/\+?[0-9(][0-9 ().-]*[0-9]/g, (run) => {
    const total = run.replace(/[^0-9]/g, "").length;
    if (total < LEAST && !run.startsWith("+")) return run;
    let seen = 0;
    return run.replace(/[0-9]/g, (digit) => {
      seen += 1;
      return seen <= HEAD || seen > total - TAIL ? digit : "•";
    });
  });
}
