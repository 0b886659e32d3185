/**
 * The program of `pulumi up`: settings → rosters → roll call → plan → guards → one resource per group → outputs.
 *
 * Everything is looked at and judged before the first resource is registered. A refusal of the whole run registers
 * nothing, which Pulumi takes as a failed program: nothing is deleted. A refusal of one group registers that group as
 * it was, lets the others go on, and ends `up` in failure; a preview only warns, so that the rest can be reviewed.
 */
import * as pulumi from "@pulumi/pulumi";
import { join } from "node:path";
import * as ambient from "./ambient";
import { CamsError, createClient, openTransport } from "./cams";
import { display } from "./provider/display";
import { summarise, summaryText } from "./report/summary";
import { describeProblems, loadRosters } from "./roster";
import { declare } from "./run/desired";
import { exportLastRun } from "./run/export";
import { outputsOf, reported } from "./run/outputs";
import { progressOf } from "./run/progress";
import { registerGroups } from "./run/register";
import { allRefusals, survey, type Survey } from "./run/survey";
import { parseSettings } from "./settings";

/**
 * The exit code with which a Pulumi program says that its error has been told already
 * (`nodeJSProcessExitedAfterLoggingUserActionableMessage` of `@pulumi/pulumi/cmd/run`). An error that is thrown instead
 * keeps the CLI waiting for some 15 seconds.
 */
const ALREADY_TOLD = 32;

async function fail(message: string): Promise<void> {
  await pulumi.log.error(message);
  process.exitCode = ALREADY_TOLD;
}

async function program(): Promise<Record<string, unknown> | undefined> {
  const root = ambient.projectRoot(process.cwd());
  const stack = pulumi.getStack();

  const parsed = parseSettings(settingsOf(pulumi.runtime.allConfig()));
  if (parsed.kind === "invalid")
    return void (await fail(`wrong settings of stack ${stack}:\n${parsed.problems.join("\n")}`));
  const { settings } = parsed;
  const show = display(settings, ambient.passphrase());

  const folder = join(root, settings.rosters ?? join("stacks", stack));
  const loaded = await loadRosters(folder, { root, today: ambient.today() });
  const warnings = loaded.problems.filter(({ severity }) => severity === "warning");
  if (warnings.length > 0) await pulumi.log.warn(describeProblems(warnings));
  if (loaded.kind === "invalid") return void (await fail(describeProblems(loaded.problems)));
  const account = declare(loaded.rosters, settings);
  if ("problems" in account) return void (await fail(account.problems.join("\n")));

  const last = await exportLastRun(stack, root);
  if (last === undefined) await pulumi.log.warn(STATE_UNREAD);

  const reader = createClient({
    send: openTransport({ ...settings, credential: ambient.defaultCredential() }),
    callsPerSecond: settings.callsPerSecond,
    clock: ambient.clock,
  });
  const seen = await survey(account.declared, {
    reader,
    show,
    last,
    limits: settings,
    concurrency: concurrencyFor(settings.callsPerSecond),
    onProgress: progressOf(ambient.clock, (text) => void pulumi.log.info(text, undefined, undefined, true)),
  });

  const summary = summarise(reported(seen), seen.groups.length, allRefusals(seen));
  await pulumi.log.info(summaryText(summary, reported(seen), show));
  if (seen.refusals.length > 0) return void (await fail(refusalText(seen)));

  registerGroups(seen, last);
  if (summary.refusals > 0) {
    if (pulumi.runtime.isDryRun()) await pulumi.log.warn(refusalText(seen));
    else await fail(refusalText(seen));
  }
  return outputsOf(seen, summary, show);
}

const STATE_UNREAD =
  "the stack's state could not be read (`pulumi stack export`), so every group counts as adopted: the stricter reading for the limits";

/** Listings under way at once: enough that answers of up to two seconds don't hold the pace up. */
function concurrencyFor(callsPerSecond: number): number {
  return Math.max(4, Math.ceil(callsPerSecond * 2));
}

function refusalText(seen: Survey): string {
  const refusals = allRefusals(seen);
  const scope =
    seen.refusals.length > 0 ? "The whole run is refused, nobody is removed" : "Nobody is removed from these groups";
  return [
    `${scope}. ${refusals.length} refused:`,
    ...refusals.map(({ rule, message }) => `  [${rule}] ${message}`),
  ].join("\n");
}

/** The keys of one namespace, without it. */
function settingsOf(config: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = "rollcall:";
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

export = async () => {
  try {
    return await program();
  } catch (error) {
    await fail(error instanceof CamsError || error instanceof Error ? error.message : String(error));
    return undefined;
  }
};
