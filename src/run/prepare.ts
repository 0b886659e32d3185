/**
 * Everything of a run that only looks: settings → rosters → state → roll call → plan → guards. The program of `pulumi
 * up` and `rollcall plan` both begin with it, so that they can't disagree.
 */
import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { createClient, openTransport, type CamsReader, type Clock, type Credential } from "../cams";
import type { Digits } from "../membership/types";
import { nameOf } from "../membership/guards";
import { display } from "../provider/display";
import type { LetGo } from "../report/summary";
import { describeProblems, loadRosters, maskProblems, type Problem, type Rosters, type Tree } from "../roster";
import { parseSettings, settingsDoubts, type Settings } from "../settings";
import { changedSince } from "./changed";
import { checkoutOf, lacksText } from "./checkout";
import { declare, type Declared } from "./desired";
import { GitError } from "./git";
import type { LastRun } from "./last-run";
import { InputError } from "./input-error";
import { letGo } from "./let-go";
import { noRostersText } from "./no-rosters";
import { groupsOfOtherStacks } from "./other-stacks";
import { readPlanFile, planFor } from "./plan-file";
import { idleReleases } from "./releases";
import { planRun, type RunPlan } from "./plan-run";

export interface PrepareOptions {
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  readonly stack: string;
  /** The project's name, as Pulumi.yaml says it. */
  readonly project: string;
  /** Settings as texts, without the namespace. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The day on which dates in rosters are judged, `YYYY-MM-DD`, UTC. */
  readonly today: string;
  readonly clock: Clock;
  readonly credential: () => Credential;
  /** What keys the digests of masked numbers, where no setting does. */
  readonly sharedSecret: () => string | undefined;
  readonly lastRun: () => Promise<LastRun | undefined>;
  /** Told what a person should know although it stops nothing. */
  readonly warn: (message: string) => Promise<void> | void;
  readonly onProgress?: (done: number, of: number) => void;
  /** A git revision: only groups are looked at whose rosters differ from it. Without it, all are. */
  readonly changedSince?: string | undefined;
  /** The file of the reviewed plan that is applied, relative to the root. Without it, none is. */
  readonly planFile?: string | undefined;
}

export interface PreparedRun {
  readonly settings: Settings;
  readonly show: (number: Digits) => string;
  readonly last: LastRun | undefined;
  readonly plan: RunPlan;
  /** Groups that the state knows and no roster declares. */
  readonly letGo: readonly LetGo[];
  /** For further looks, at the same pace. */
  readonly reader: CamsReader;
  /** People whose day came since the reviewed plan was made: they stay until the next one. A line each. */
  readonly later: readonly string[];
}

/** Said when the last run is not known. */
export const STATE_UNREAD =
  "the stack's state could not be read (`pulumi stack export`), so who was there before is not known, and nobody is removed";

/**
 * Prepares a run of a stack, up to what it would do.
 * @throws InputError when settings, rosters or the reviewed plan are wrong, before any call; CamsError when CAMS can't be
 *   asked at all
 */
export async function prepareRun(options: PrepareOptions): Promise<PreparedRun> {
  const { root, stack, today } = options;
  const settings = checkSettings(stack, options.raw);
  const show = displayOf(settings, options.sharedSecret);
  const folder = rostersFolder(root, stack, settings);
  const file = options.planFile === undefined ? undefined : readPlanFile(options.planFile, options);
  const doubts = settingsDoubts(settings);
  if (doubts.length > 0) await options.warn(doubts.join("\n"));

  // A plan is applied to the rosters as of its day: whose day came since stays until the next one.
  const day = file === undefined || file.day > today ? today : file.day;
  const { rosters, tree, declared } = await declaredOn(day, folder, settings, options);
  const only = file === undefined ? await concernedBy(options, folder, rosters, tree) : undefined;
  const reading = options.lastRun();
  if (declared.length === 0) refuseNoRosters(root, folder, await reading);
  const reviewed = file === undefined ? undefined : planFor(file, declared, await reading, show);
  const { endpoint } = settings;
  const elsewhere = groupsOfOtherStacks(
    declared.map(({ ref, desired }) => ({ group: ref.group, businessNumber: ref.businessNumber, file: desired.file })),
    { root, stack, folder, endpoint, today: day },
  );
  const reader = connect(settings, options);
  const plan = await planRun(declared, {
    reader,
    show,
    last: reading,
    elsewhere,
    only,
    reviewed,
    limits: settings,
    concurrency: concurrencyFor(settings.callsPerSecond),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const last = await reading;
  if (last === undefined) await options.warn(STATE_UNREAD);
  const idle = only === undefined && reviewed === undefined ? idleReleases(rosters.releases, plan) : [];
  if (idle.length > 0) await options.warn(idle.join("\n"));
  const later = day === today ? [] : await dayCame(declared, folder, settings, show, options);
  return { settings, show, last, plan, letGo: letGo(declared, last), reader, later };
}

/** The rosters of a day, with the settings folded in, and the files that say so. */
async function declaredOn(
  day: string,
  folder: string,
  settings: Settings,
  { root, warn }: PrepareOptions,
): Promise<{ readonly rosters: Rosters; readonly tree: Tree; readonly declared: readonly Declared[] }> {
  const describe = (problems: readonly Problem[]): string =>
    describeProblems(settings.display === "masked" ? maskProblems(problems) : problems);
  const loaded = await loadRosters(folder, { root, today: day });
  const { tree } = loaded;
  const rosters = loaded.kind === "ok" ? loaded.rosters.rosters : [];
  const groups = new Set(rosters.map(({ group }) => group));
  const checkout = existsSync(folder) ? await checkoutOf(folder, { tree, groups, today: day }) : WHOLE;
  if (checkout.kind === "unknown") await warn(`git can't tell whether rosters are missing: ${checkout.why}`);
  const missing = checkout.kind === "lacks" ? [lacksText(shownFolder(root, folder), checkout.files)] : [];
  // What is missing may be why something is wrong with the rest.
  if (loaded.kind === "invalid") throw new InputError("rosters", [...missing, describe(loaded.problems)].join("\n\n"));
  if (missing.length > 0) throw new InputError("rosters", missing.join(""));
  if (loaded.problems.length > 0) await warn(describe(loaded.problems));
  const account = declare(loaded.rosters, settings);
  if (account.kind === "invalid") throw new InputError("rosters", account.problems.join("\n"));
  return { rosters: loaded.rosters, tree, declared: account.declared };
}

const WHOLE = { kind: "whole" } as const;

const shownFolder = (root: string, folder: string): string => relative(root, folder).split(sep).join("/");

/** Who was declared then, and is not today by a date, a line each. */
async function dayCame(
  then: readonly Declared[],
  folder: string,
  settings: Settings,
  show: (number: Digits) => string,
  { root, today }: PrepareOptions,
): Promise<readonly string[]> {
  const loaded = await loadRosters(folder, { root, today });
  if (loaded.kind === "invalid") return [];
  const now = declare(loaded.rosters, settings);
  if (now.kind === "invalid") return [];
  const members = new Map(now.declared.map(({ desired }) => [desired.group, desired.members]));
  return then.flatMap(({ desired }) =>
    [...desired.members]
      .filter(([number]) => members.get(desired.group)?.has(number) === false)
      .map(([number, name]) => `${desired.name}: ${nameOf({ number, name }, show)}`),
  );
}

/** Names those whose day came since the plan was made. */
export const laterText = (later: readonly string[]): string =>
  ["Their day came since the plan was made, so they stay until the next one:", ...later.map((one) => `  ${one}`)].join(
    "\n",
  );

/** @throws InputError when the state knows, or may know, groups */
function refuseNoRosters(root: string, folder: string, last: LastRun | undefined): void {
  const refused = noRostersText(shownFolder(root, folder), last);
  if (refused !== undefined) throw new InputError("rosters", refused);
}

/**
 * The groups that a change concerns; undefined: all.
 * @throws InputError when git can't tell, for neither all nor none of the groups would be what was asked for
 */
async function concernedBy(options: PrepareOptions, folder: string, rosters: Rosters, tree: Tree) {
  const { changedSince: reference, root, stack, today, warn } = options;
  if (reference === undefined) return undefined;
  try {
    const groups = await changedSince(reference, { root, stack, folder, rosters, tree, today });
    if (!("all" in groups)) return groups;
    await warn(`all groups are looked at: ${groups.all}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new InputError(
      "settings",
      `what changed since ${reference} can't be told, so nothing was looked at: ${error.message}`,
    );
  }
}

/** @throws InputError with everything that is wrong */
export function checkSettings(stack: string, raw: PrepareOptions["raw"]): Settings {
  const parsed = parseSettings(raw);
  if (parsed.kind === "ok") return parsed.settings;
  throw new InputError("settings", `wrong settings of stack ${stack}:\n${parsed.problems.join("\n")}`);
}

/** How many groups a run leaves alone. */
export const leftAlone = ({ groups }: RunPlan): number => groups.filter(({ skipped }) => skipped).length;

/** Says so; empty when none. */
export function leftAloneText(plan: RunPlan, changedSince: string | undefined): string {
  const { groups, reviewed } = plan;
  const left = leftAlone(plan);
  if (left === 0) return "";
  return reviewed !== undefined
    ? `${left} of ${groups.length} groups were not looked at, since the reviewed plan leaves them as they are: nobody is removed from them`
    : `${left} of ${groups.length} groups were not looked at, since no change since ${changedSince ?? ""} concerns them: nobody is removed from them, and no drift is seen`;
}

/** Where a stack's rosters are. */
export const rostersFolder = (root: string, stack: string, settings: Pick<Settings, "rosters">): string =>
  resolve(root, settings.rosters ?? join("stacks", stack));

/** CAMS as the settings say, for looking only. */
export function connect(
  settings: Settings,
  { clock, credential }: Pick<PrepareOptions, "clock" | "credential">,
): CamsReader {
  return createClient({
    send: openTransport({ ...settings, credential }),
    callsPerSecond: settings.callsPerSecond,
    clock,
  });
}

function displayOf(settings: Settings, sharedSecret: () => string | undefined): (number: Digits) => string {
  try {
    return display(settings, sharedSecret);
  } catch (error) {
    throw new InputError("settings", error instanceof Error ? error.message : String(error));
  }
}

/** Connections that one process keeps open at most: more only wait in a machine's queues until they time out. */
const MOST_AT_ONCE = 400;

/** Listings under way at once: enough that answers of up to two seconds don't hold a pace of up to 200 up. */
export function concurrencyFor(callsPerSecond: number): number {
  return Math.min(MOST_AT_ONCE, Math.max(4, Math.ceil(callsPerSecond * 2)));
}
