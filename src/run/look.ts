/**
 * Everything of a run that only looks: settings → rosters → state → roll call → plan → guards. The program of `pulumi
 * up` and `rollcall plan` both begin with it, so that they can't disagree.
 */
import { join, resolve } from "node:path";
import { createClient, openTransport, type CamsReader, type Clock, type Credential } from "../cams";
import type { Digits } from "../membership/types";
import { display } from "../provider/display";
import { describeProblems, loadRosters, maskProblems, type Problem, type Rosters } from "../roster";
import { parseSettings, type Settings } from "../settings";
import { changedSince } from "./changed";
import { declare } from "./desired";
import { GitError } from "./git";
import type { LastRun } from "./last-run";
import { idleReleases } from "./releases";
import { survey, type Survey } from "./survey";

export interface LookOptions {
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  readonly stack: string;
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
}

export interface Look {
  readonly settings: Settings;
  readonly show: (number: Digits) => string;
  readonly last: LastRun | undefined;
  readonly seen: Survey;
  /** For further looks, at the same pace. */
  readonly reader: CamsReader;
}

/** What has to be mended before anything can be looked at. `kind` tells whose it is. */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(
    readonly kind: "settings" | "rosters",
    message: string,
  ) {
    super(message);
  }
}

/** Said when the last run is not known. */
export const STATE_UNREAD =
  "the stack's state could not be read (`pulumi stack export`), so every group counts as adopted: the stricter reading for the limits";

/**
 * Looks at a stack.
 * @throws InputError when settings or rosters are wrong, before any call; CamsError when CAMS can't be asked at all
 */
export async function look(options: LookOptions): Promise<Look> {
  const { root, stack } = options;
  const settings = checkSettings(stack, options.raw);
  const show = displayOf(settings, options.sharedSecret);

  const describe = (problems: readonly Problem[]): string =>
    describeProblems(settings.display === "masked" ? maskProblems(problems) : problems);

  const folder = rostersFolder(root, stack, settings);
  const loaded = await loadRosters(folder, { root, today: options.today });
  if (loaded.kind === "invalid") throw new InputError("rosters", describe(loaded.problems));
  if (loaded.problems.length > 0) await options.warn(describe(loaded.problems));
  const account = declare(loaded.rosters, settings);
  if ("problems" in account) throw new InputError("rosters", account.problems.join("\n"));

  const only = await concernedBy(options, folder, loaded.rosters);
  const reading = options.lastRun();
  const reader = connect(settings, options);
  const seen = await survey(account.declared, {
    reader,
    show,
    last: reading,
    only,
    limits: settings,
    concurrency: concurrencyFor(settings.callsPerSecond),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const last = await reading;
  if (last === undefined) await options.warn(STATE_UNREAD);
  const unknown = unknownText(seen);
  if (unknown !== "") await options.warn(unknown);
  const idle = only === undefined ? idleReleases(loaded.rosters.releases, seen) : [];
  if (idle.length > 0) await options.warn(idle.join("\n"));
  return { settings, show, last, seen, reader };
}

/**
 * The groups that a change concerns; undefined: all.
 * @throws InputError when git can't tell, for neither all nor none of the groups would be what was asked for
 */
async function concernedBy(options: LookOptions, folder: string, rosters: Rosters) {
  const { changedSince: reference, root, stack, today, warn } = options;
  if (reference === undefined) return undefined;
  try {
    const groups = await changedSince(reference, { root, stack, folder, rosters, today });
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
export function checkSettings(stack: string, raw: LookOptions["raw"]): Settings {
  const parsed = parseSettings(raw);
  if (parsed.kind === "ok") return parsed.settings;
  throw new InputError("settings", `wrong settings of stack ${stack}:\n${parsed.problems.join("\n")}`);
}

/** Says of how many groups the state holds numbers that can't be compared with today's; empty when of none. */
function unknownText({ groups }: Survey): string {
  const unknown = groups.filter(
    ({ unasked, history }) => unasked !== true && history.kind === "adopted" && history.last.present === undefined,
  );
  return unknown.length === 0
    ? ""
    : `who was there at the last run is not known in ${unknown.length} of ${groups.length} groups, since rollcall:display or the key of masked numbers was another one then: nobody counts as having left or joined them. An up that lists them mends it; to keep the key, set rollcall:maskKey`;
}

/** How many groups a survey left alone. */
export const leftAlone = ({ groups }: Survey): number => groups.filter(({ unasked }) => unasked).length;

/** Says so; empty when none. */
export function leftAloneText(seen: Survey, changedSince: string | undefined): string {
  const { groups } = seen;
  const left = leftAlone(seen);
  return left === 0
    ? ""
    : `${left} of ${groups.length} groups were not looked at, since no change since ${changedSince ?? ""} concerns them: nobody is removed from them, and no drift is seen`;
}

/** Where a stack's rosters are. */
export const rostersFolder = (root: string, stack: string, settings: Pick<Settings, "rosters">): string =>
  resolve(root, settings.rosters ?? join("stacks", stack));

/** CAMS as the settings say, for looking only. */
export function connect(
  settings: Settings,
  { clock, credential }: Pick<LookOptions, "clock" | "credential">,
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
