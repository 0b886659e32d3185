/**
 * The program of `pulumi up`: prepare (settings → rosters → roll call → plan → guards), then the groups that are made, then one
 * resource per group for its people, then links, then invitations, then outputs.
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
import type { ChatGroup } from "./provider/upkeep-resources";
import { refusalText } from "./report/refusals";
import { summarise, summaryText } from "./report/summary";
import { wrongSettings } from "./run/clear-settings";
import { exportLastRun } from "./run/export";
import { laterText } from "./run/day-came";
import { leftAloneText } from "./run/left-alone";
import { prepareRun } from "./run/prepare";
import { lessLeftOut, outputsOf, reported } from "./run/outputs";
import { progressOf } from "./run/progress";
import { valueOf } from "./run/in-turn";
import { auditInvitations } from "./run/audit-invitations";
import { carryOut, registerPreview } from "./run/carry-out";
import { leftOutText, type GroupOf } from "./run/register";
import { endOfUpkeep, registerChatGroups, type RegisteredUpkeep } from "./run/register-upkeep";
import { allRefusals } from "./run/plan-run";
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
  const { settings, show, last, plan, letGo, later, now } = await prepareRun({
    root,
    stack,
    project,
    raw: ownSettings(config),
    today: ambient.today(),
    now: Date.parse(ambient.now()),
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
  const groups = reported(plan, now);
  const summary = summarise(groups, plan.groups.filter(({ skipped }) => skipped !== true).length, refusals);
  await pulumi.log.info(summaryText(summary, groups, show, letGo));
  const leftAlone = leftAloneText(plan, changedSince);
  if (leftAlone !== "") await pulumi.log.info(leftAlone);
  if (later.length > 0) await pulumi.log.info(laterText(later));
  if (plan.refusals.length > 0) throw new Error(refusalText(refusals));

  withoutTraces();
  const run = randomUUID().slice(0, RUN_LENGTH);
  const options = { root, run, at: ambient.now(), show };
  const chatGroups = await registerChatGroups(plan, last, options);
  const groupOf = await groupsMade(chatGroups);
  if (pulumi.runtime.isDryRun()) {
    await registerPreview({ ...options, plan, last, groupOf });
    if (refusals.length > 0) await pulumi.log.warn(refusalText(refusals));
    return outputsOf(plan, summary, show, last);
  }

  const { failures, leftOut } = await carryOut({ ...options, plan, last, groupOf }, async () => {
    if (refusals.length > 0) await fail(refusalText(refusals));
    const unwritten = auditInvitations(plan, { root, show, auditLog: settings.auditLog });
    if (unwritten !== undefined) await pulumi.log.warn(unwritten);
  });
  const made = await endOfUpkeep(
    chatGroups,
    ({ upkeep }) => upkeep?.create === true || Object.keys(upkeep?.set ?? {}).length > 0,
    run,
  );
  const undone = [...made.failures, ...failures.links];
  if (failures.people.length > 0) await fail(`Not everybody was removed:\n${failures.people.join("\n")}`);
  if (undone.length > 0) await fail(`Not all was done for groups and links:\n${undone.join("\n")}`);
  if (failures.invitations.length > 0) await fail(`Not everybody was invited:\n${failures.invitations.join("\n")}`);
  if (leftOut.people.length > 0) await pulumi.log.warn(leftOutText(leftOut.people, show));
  const untouched = [...new Set([...made.leftOut, ...leftOut.links, ...leftOut.invitations])].sort();
  if (untouched.length > 0) await pulumi.log.warn(untouchedText(untouched));
  const notDone = { ...leftOut, groups: made.leftOut };
  return outputsOf(plan, lessLeftOut(summary, notDone, plan.groups), show, last);
}

/**
 * Where each group is. One that is made in this run is known once it is made: `up` waits for it, and leaves out the people of one
 * that was not made; a preview passes on that it is not known yet.
 */
async function groupsMade(chatGroups: readonly RegisteredUpkeep<ChatGroup>[]): Promise<GroupOf> {
  const isPreview = pulumi.runtime.isDryRun();
  const made = new Map(
    await Promise.all(
      chatGroups
        .filter(({ one }) => one.make !== undefined)
        .map(async ({ one, resource }) => {
          const isMade = isPreview || ((await valueOf(resource.group)) ?? "") !== "";
          return [one.desired.name, isMade ? resource.group : undefined] as const;
        }),
    ),
  );
  return ({ desired, ref, make }) => (make === undefined ? ref.group : made.get(desired.name));
}

const untouchedText = (names: readonly string[]): string =>
  [
    "Pulumi was told to leave these out (--target, --exclude), so their groups and links were not changed, and nobody was invited:",
    ...names.map((name) => `  ${name}`),
    "Run `pulumi up` without that to change them",
  ].join("\n");

/** Enough of a UUID to tell a run from the one before it. */
const RUN_LENGTH = 8;

/**
 * The exit code with which a Pulumi program says that its error was already reported
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
