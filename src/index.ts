/**
 * The program of `pulumi up`: look (settings → rosters → roll call → plan → guards), then one resource per group, then
 * outputs.
 *
 * Everything is looked at and judged before the first resource is registered. A refusal of the whole run registers
 * nothing and fails the program, and Pulumi deletes nothing after a failed program. A refusal of one group registers
 * that group as it was, lets the others go on, and ends `up` in failure; a preview only warns, so that the rest can be
 * reviewed.
 */
import * as pulumi from "@pulumi/pulumi";
import { isAbsolute } from "node:path";
import * as ambient from "./ambient";
import { refusalText } from "./report/refusals";
import { summarise, summaryText } from "./report/summary";
import { exportLastRun } from "./run/export";
import { leftAloneText, look } from "./run/look";
import { outputsOf, reported } from "./run/outputs";
import { progressOf } from "./run/progress";
import { failuresOf, registerGroups } from "./run/register";
import { allRefusals } from "./run/survey";
import { withoutTraces } from "./run/traces";
import { ownSettings } from "./settings";

async function program(): Promise<Record<string, unknown>> {
  const root = rootDirectory();
  const stack = pulumi.getStack();
  const changedSince = ambient.changedSince();
  const { show, last, seen } = await look({
    root,
    stack,
    raw: ownSettings(pulumi.runtime.allConfig()),
    today: ambient.today(),
    clock: ambient.clock,
    credential: ambient.defaultCredential,
    sharedSecret: () => ambient.sharedSecret(root),
    lastRun: () => exportLastRun(`${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`, root),
    warn: (message) => pulumi.log.warn(message),
    changedSince,
    onProgress: progressOf(ambient.clock, (text) => void pulumi.log.info(text, undefined, undefined, true)),
  });

  const refusals = allRefusals(seen);
  const summary = summarise(reported(seen), seen.groups.filter(({ unasked }) => unasked !== true).length, refusals);
  await pulumi.log.info(summaryText(summary, reported(seen), show));
  const leftAlone = leftAloneText(seen, changedSince);
  if (leftAlone !== "") await pulumi.log.info(leftAlone);
  if (seen.refusals.length > 0) throw new Error(refusalText(refusals));

  withoutTraces();
  const resources = await registerGroups(seen, last, root);
  if (refusals.length > 0) {
    if (pulumi.runtime.isDryRun()) await pulumi.log.warn(refusalText(refusals));
    else await fail(refusalText(refusals));
  }
  const failures = pulumi.runtime.isDryRun() ? [] : await failuresOf(resources);
  if (failures.length > 0) await fail(`Not everybody was removed:\n${failures.join("\n")}`);
  return outputsOf(seen, summary, show, last);
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
