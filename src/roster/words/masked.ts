/** Problems for stacks with `display: masked`: whatever in them looks like a number keeps its ends only. */

import { maskNumbers } from "../../text/mask";
import type { Problem } from "../types";

export const maskProblems = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({
    ...problem,
    message: maskNumbers(problem.message),
    hint: maskNumbers(problem.hint),
    excerpt: problem.excerpt && { ...problem.excerpt, text: maskNumbers(problem.excerpt.text) },
  }));
