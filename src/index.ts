/**
 * The program of `pulumi up`: prepare (settings → rosters → roll call → plan → guards), then one resource per group, then
 * outputs.
 *
 * Everything is looked at and judged before the first resource is registered. A refusal of the whole run registers
 * nothing and fails the program, and Pulumi deletes nothing after a failed program. A refusal of one group registers
 * that group as it was, lets the others go on, and ends `up` in failure; a preview only warns, so that the rest can be
 * reviewed.
 */
import * as pulumi from "@pulumi/pulumi";
import { randomUUID } from "node:crypto";
import { isAbsolute } from "node:path";
import * as ambient from "./ambient";
import { refusalText } from "./report/refusals";
import { summarise, summaryText, type Summary } from "./report/summary";
import { wrongSettings } from "./run/clear-settings";
import { exportLastRun } from "./run/export";
import { laterText, leftAloneText, prepareRun } from "./run/prepare";
import { outputsOf, reported } from "./run/outputs";
import { progressOf } from "./run/progress";
import { endOf, leftOutText, registerGroups } from "./run/register";
import { allRefusals, type PlannedGroup } from "./run/plan-run";
import { withoutTraces } from "./run/traces";
import { ownSettings, parseConfig } from "./settings";

async function program(): Promise<Record<string, unknown>> {
  const root = rootDirectory();
  const stack = pulumi.getStack();
  const project = pulumi.getProject();
  const config = pulumi.runtime.allConfig();
  const checked = parseConfig(config, project);
  if (checked.kind === "invalid") throw new Error(wrongSettings(stack, checked.problems));
  const changedSince = ambient.changedSince();
  const { show, last, plan, letGo, later } = await prepareRun({
    root,
    stack,
    project,
    raw: ownSettings(config),
    today: ambient.today(),
    clock: ambient.clock,
    credential: ambient.defaultCredential,
    sharedSecret: () => ambient.sharedSecret(root),
    lastRun: () => exportLastRun(`${pulumi.getOrganization()}/${project}/${stack}`, { project, stack }, root),
    warn: (message) => pulumi.log.warn(message),
    changedSince,
    planFile: ambient.reviewedPlan(),
    onProgress: progressOf(ambient.clock, (text) => void pulumi.log.info(text, undefined, undefined, true)),
  });

  const refusals = allRefusals(plan);
  const summary = summarise(reported(plan), plan.groups.filter(({ skipped }) => skipped !== true).length, refusals);
  await pulumi.log.info(summaryText(summary, reported(plan), show, letGo));
  const leftAlone = leftAloneText(plan, changedSince);
  if (leftAlone !== "") await pulumi.log.info(leftAlone);
  if (later.length > 0) await pulumi.log.info(laterText(later));
  if (plan.refusals.length > 0) throw new Error(refusalText(refusals));

  withoutTraces();
  const run = randomUUID().slice(0, RUN_LENGTH);
  const registered = await registerGroups(plan, last, { root, run });
  if (refusals.length > 0) {
    if (pulumi.runtime.isDryRun()) await pulumi.log.warn(refusalText(refusals));
    else await fail(refusalText(refusals));
  }
  if (pulumi.runtime.isDryRun()) return outputsOf(plan, summary, show);

  const { failures, leftOut } = await endOf(registered, run);
  if (failures.length > 0) await fail(`Not everybody was removed:\n${failures.join("\n")}`);
  if (leftOut.length > 0) await pulumi.log.warn(leftOutText(leftOut, show));
  return outputsOf(plan, without(summary, leftOut), show);
}

/** Enough of a UUID to tell a run from the one before it. */
const RUN_LENGTH = 8;

/** The summary less those who were not removed, since Pulumi was told to leave their groups out. */
function without(summary: Summary, leftOut: readonly PlannedGroup[]): Summary {
  const people = leftOut.map(({ verdict }) => (verdict.kind === "approved" ? verdict.approved.remove.length : 0));
  return { ...summary, removals: people.reduce((left, count) => left - count, summary.removals) };
}

/**
 * The exit code with which a Pulumi program says that its error has been told already
 * (`nodeJSProcessExitedAfterLoggingUserActionableMessage` of `@pulumi/pulumi/cmd/run`). An error that is thrown out of
 * the program instead keeps the CLI waiting for some 15 seconds.
 */
const ALREADY_TOLD = 32;

async function fail(message: string): Promise<void> {
  await pulumi.log.error(message);
  process.exitCode = ALREADY_TOLD;
}

/** The folder of Pulumi.yaml. Older language hosts don't tell it; the program's folder is below it. */
function rootDirectory(): string {
  const told = pulumi.getRootDirectory();
  return isAbsolute(told) ? told : ambient.projectRoot(process.cwd());
}

export = async () => {
  try {
    return await program();
  } catch (error) {
    await fail(error instanceof Error ? error.message : String(error));
    return undefined;
  }
};
