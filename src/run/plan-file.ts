/** The file of a reviewed plan (`ROLLCALL_PLAN`), held against the rosters that it is to be applied to. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Digits } from "../membership/types";
import type { Declared } from "./desired";
import { InputError } from "./input-error";
import type { LastRun, StackName } from "./last-run";
import { differences, readPlan, readPlanText, type PlanText, type ReviewedPlan } from "./reviewed-plan";

/** What a plan's file says. */
export interface PlanFile extends PlanText {
  /** As it was named. */
  readonly file: string;
}

/**
 * Reads a plan's file.
 * @param file relative to the project root
 * @throws InputError when it is no plan of this stack
 */
export function readPlanFile(file: string, { root, ...own }: StackName & { readonly root: string }): PlanFile {
  const read = readPlanText(contentsOf(resolve(root, file), file), own);
  if (read.kind === "fault") throw refused(file, read.why);
  return { ...read, file };
}

function contentsOf(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw refused(file, `it can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The plan, which has to be of these rosters.
 * @throws InputError when it is of others, with all that differs
 */
export function planFor(
  plan: PlanFile,
  declared: readonly Declared[],
  last: LastRun | undefined,
  show: (number: Digits) => string,
): ReviewedPlan {
  const { file } = plan;
  if (last === undefined) throw refused(file, "the stack's state could not be read (`pulumi stack export`)");
  const reviewed = readPlan(plan, declared, last);
  const differ = differences(reviewed, declared, last, show);
  if (differ.length > 0) throw refused(file, ["it was made of other rosters:", ...differ].join("\n  "));
  return reviewed;
}

const refused = (file: string, why: string): InputError =>
  new InputError(
    "plan",
    `the plan ${file} is not applied, and nothing is done: ${why}\n` +
      "Make a new plan (`pulumi preview --save-plan`) and have it reviewed",
  );
