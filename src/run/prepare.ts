/**
 * Everything in a run that only reads: settings → rosters → state → roll call → plan → guards. The program of `pulumi
 * up` and `rollcall plan` both begin with it, so that their results can't differ.
 */
import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { accountKey, type Account, type CamsReader, type Clock, type Credential } from "../cams";
import type { Digits } from "../membership/types";
import { nameOf } from "../membership/guards";
import { display } from "../provider/display";
import type { LetGo } from "../report/summary";
import {
  describeProblems,
  identityOf,
  loadRosters,
  maskProblems,
  type Problem,
  type Rosters,
  type Tree,
} from "../roster";
import { parseSettings, settingsDoubts, type Settings } from "../settings";
import { changedSince } from "./changed";
import { checkoutOf, lacksText } from "./checkout";
import { concurrencyFor, connect } from "./connect";
import { dayCame, NOBODY, numbersIn } from "./day-came";
import { declare, madeBefore, type Declared } from "./desired";
import { GitError } from "./git";
import type { LastRun } from "./last-run";
import { InputError } from "./input-error";
import { letGo } from "./let-go";
import { noRostersText } from "./no-rosters";
import { groupsOfOtherStacks } from "./other-stacks";
import { readPlanFile, planFor } from "./plan-file";
import { once } from "./once";
import { idleReleases } from "./releases";
import { planRun, type RunPlan } from "./plan-run";
import { planRunInvitations } from "./plan-invitations";
import { planUpkeep } from "./plan-upkeep";

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
  /** This moment, milliseconds since 1970. */
  readonly now: number;
  readonly clock: Clock;
  readonly credential: () => Credential;
  /** The secret that keys the digests of masked numbers, when no setting gives one. */
  readonly sharedSecret: () => string | undefined;
  readonly lastRun: () => Promise<LastRun | undefined>;
  /** Called with what people should know, though it does not stop the run. */
  readonly warn: (message: string) => Promise<void> | void;
  readonly onProgress?: (done: number, of: number) => void;
  /** A git revision: only groups whose rosters differ from it are looked at. Without it, all are. */
  readonly changedSince?: string | undefined;
  /**
   * Chooses GroupIds of the only groups to look at, before any group is looked at. Without it, or where it gives none, all
   * are. For commands that tell of some groups: what they get is no plan of the run.
   */
  readonly choose?: ((before: Before) => Promise<ReadonlySet<string> | undefined>) | undefined;
  /** The file of the reviewed plan that is applied, relative to the root. Without it, none is. */
  readonly planFile?: string | undefined;
}

/** What is known before any group is looked at. */
export interface Before {
  readonly rosters: Rosters;
  readonly declared: readonly Declared[];
  readonly show: (number: Digits) => string;
  readonly reader: Pick<CamsReader, "listGroups">;
  readonly last: LastRun | undefined;
}

export interface PreparedRun {
  readonly rosters: Rosters;
  readonly settings: Settings;
  readonly show: (number: Digits) => string;
  readonly last: LastRun | undefined;
  readonly plan: RunPlan;
  /** Groups that the state knows and no roster declares. */
  readonly letGo: readonly LetGo[];
  /** A reader for further looks. It keeps the same pace, and lists the groups of an account once. */
  readonly reader: CamsReader;
  /**
   * People who are not declared any more by a date after the reviewed plan: they stay until the next plan. A line each.
   */
  readonly later: readonly string[];
  /** The moment of the run, milliseconds since 1970. */
  readonly now: number;
}

/** The warning when the last run is not known. */
export const STATE_UNREAD =
  "the stack's state could not be read (`pulumi stack export`), so who was there before is not known, and nobody is removed or invited";

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

  // A plan is applied to the rosters as of its day. People whose date came later stay until the next plan.
  const day = file === undefined || file.day > today ? today : file.day;
  const reading = options.lastRun();
  const { rosters, tree, declared } = await declaredOn(day, folder, settings, reading, options);
  const only = file === undefined ? await concernedBy(options, folder, rosters, tree) : undefined;
  if (declared.length === 0) refuseNoRosters(root, folder, await reading);
  const reviewed = file === undefined ? undefined : planFor(file, declared, await reading, show);
  const { endpoint } = settings;
  const identities = new Map(rosters.rosters.map((roster) => [roster.name, identityOf(roster)]));
  const elsewhere = groupsOfOtherStacks(
    declared.map(({ ref, desired }) => {
      const identity = identities.get(desired.name) ?? ref.group;
      return { group: ref.group || identity, identity, businessNumber: ref.businessNumber, file: desired.file };
    }),
    { root, stack, folder, endpoint, today: day },
  );
  const reader = connect(settings, options);
  // Links, invitations and reports use the same listing of an account's groups.
  const shared = { ...reader, listGroups: once((account: Account) => reader.listGroups(account), accountKey) };
  const exactly = await options.choose?.({ rosters, declared, show, reader: shared, last: await reading });
  const there = declared.filter(({ make }) => make === undefined);
  const concerned =
    only === undefined
      ? undefined
      : new Set(
          there.filter(({ desired }) => only.has(identities.get(desired.name) ?? "")).map(({ ref }) => ref.group),
        );
  const looked = await planRun(there, {
    reader,
    show,
    last: reading,
    elsewhere,
    only: concerned,
    exactly,
    reviewed,
    limits: settings,
    concurrency: concurrencyFor(settings.callsPerSecond),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const last = await reading;
  const kept = await planUpkeep(looked, {
    ...{ reader: shared, last, elsewhere, show, limits: settings },
    toMake: declared.filter(({ make }) => make !== undefined),
    identityOf: ({ desired }) => identities.get(desired.name) ?? "",
  });
  const came = day === today ? NOBODY : await dayCame(declared, folder, settings, reading, options);
  const plan = await planRunInvitations(kept, {
    ...{ reader: shared, last, show, limits: settings, releases: rosters.releases, now: options.now },
    dayCame: came === undefined ? undefined : numbersIn(came),
    warn: options.warn,
  });
  if (last === undefined) await options.warn(STATE_UNREAD);
  const idle =
    only === undefined && exactly === undefined && reviewed === undefined ? idleReleases(rosters.releases, plan) : [];
  if (idle.length > 0) await options.warn(idle.join("\n"));
  const later = [...(came ?? NOBODY)].flatMap(([name, people]) =>
    people.map((person) => `${name}: ${nameOf(person, show)}`),
  );
  return { rosters, settings, show, last, plan, letGo: letGo(declared, last), reader: shared, later, now: options.now };
}

/** The rosters as of a day, combined with the settings, and the files that were read. */
async function declaredOn(
  day: string,
  folder: string,
  settings: Settings,
  reading: Promise<LastRun | undefined>,
  { root, warn }: Pick<PrepareOptions, "root" | "warn">,
): Promise<{ readonly rosters: Rosters; readonly tree: Tree; readonly declared: readonly Declared[] }> {
  const describe = (problems: readonly Problem[]): string =>
    describeProblems(settings.display === "masked" ? maskProblems(problems) : problems);
  const loaded = await loadRosters(folder, { root, today: day });
  const { tree } = loaded;
  const rosters = loaded.kind === "ok" ? loaded.rosters.rosters : [];
  const groups = new Set(rosters.map(identityOf));
  const checkout = existsSync(folder) ? await checkoutOf(folder, { tree, groups, today: day }) : WHOLE;
  if (checkout.kind === "unknown") await warn(`git can't tell whether rosters are missing: ${checkout.why}`);
  const missing = checkout.kind === "lacks" ? [lacksText(shownFolder(root, folder), checkout.files)] : [];
  // A missing file may be the cause of problems in other files.
  if (loaded.kind === "invalid") throw new InputError("rosters", [...missing, describe(loaded.problems)].join("\n\n"));
  if (missing.length > 0) throw new InputError("rosters", missing.join(""));
  if (loaded.problems.length > 0) await warn(describe(loaded.problems));
  const account = declare(loaded.rosters, settings, await madeBefore(rosters, reading));
  if (account.kind === "invalid") throw new InputError("rosters", account.problems.join("\n"));
  return { rosters: loaded.rosters, tree, declared: account.declared };
}

const WHOLE = { kind: "whole" } as const;

const shownFolder = (root: string, folder: string): string => relative(root, folder).split(sep).join("/");

/** @throws InputError when the state knows, or may know, groups */
function refuseNoRosters(root: string, folder: string, last: LastRun | undefined): void {
  const refused = noRostersText(shownFolder(root, folder), last);
  if (refused !== undefined) throw new InputError("rosters", refused);
}

/**
 * The groups that a change concerns; undefined means all.
 * @throws InputError when git can't tell: neither all groups nor none would be what was asked for
 */
async function concernedBy(options: PrepareOptions, folder: string, rosters: Rosters, tree: Tree) {
  const { changedSince: reference, root, stack, today, warn } = options;
  if (reference === undefined) return undefined;
  try {
    const concerned = await changedSince(reference, { root, stack, folder, rosters, tree, today });
    if (concerned.kind === "some groups") return concerned.groups;
    await warn(`all groups are looked at: ${concerned.why}`);
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

/** Where a stack's rosters are. */
export const rostersFolder = (root: string, stack: string, settings: Pick<Settings, "rosters">): string =>
  resolve(root, settings.rosters ?? join("stacks", stack));

function displayOf(settings: Settings, sharedSecret: () => string | undefined): (number: Digits) => string {
  try {
    return display(settings, sharedSecret);
  } catch (error) {
    throw new InputError("settings", error instanceof Error ? error.message : String(error));
  }
}
