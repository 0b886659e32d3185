import { CamsError, type CamsErrorKind, type Clock, type GroupRef, type Listing, type Look } from "../../src/cams";
import { judgeGroup } from "../../src/membership/guards";
import type { Desired, Digits } from "../../src/membership/types";
import type { AuditEntry, Executor, Task } from "../../src/execution/types";
import { adopted, BOT, desire, full, judgeable, whole } from "../membership/world";

/** A small CAMS in memory, whose failures are scripted, and what else the executor needs of the world. */

export const ref: GroupRef = {
  group: "EA93UU0042",
  businessNumber: BOT,
  custSpaceId: "cams-8c8e",
  channelType: "WHATSAPP",
};

export function failure(kind: CamsErrorKind, over: Partial<CamsError["failure"]> = {}): CamsError {
  return new CamsError({
    kind,
    operation: "Op",
    group: ref.group,
    code: "Code",
    metaCode: undefined,
    httpStatus: undefined,
    requestId: undefined,
    detail: "",
    ...over,
  });
}

/** Time that only passes by sleeping. */
export function fakeClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

/** How one call goes. `empty`: a whole listing of nobody, whoever is there. `lost` and `lost but done`: no answer came back. */
export type ListStep = "ok" | "empty" | "doubtful" | CamsErrorKind;
export type RemoveStep =
  | "ok"
  | "slow"
  | "ignored"
  | "lost"
  | "lost but done"
  | "refused"
  | "throttled"
  | "access"
  | "stopped"
  | "engine gone"
  | "look too old";

export interface Script {
  /** One step a listing; `ok` when they run out. */
  readonly lists?: readonly ListStep[];
  /** One step a removal; `ok` when they run out. */
  readonly removes?: readonly RemoveStep[];
  /** Calls that name one of these are refused whole. */
  readonly odd?: readonly Digits[];
  /** Listings that still show people after a `slow` removal. */
  readonly lag?: number;
  /** Who comes in by the link, by the number of the listing before which they do. */
  readonly joins?: Readonly<Record<number, Digits>>;
  /** Audit lines that can't be written, by their index. */
  readonly unwritable?: (entry: AuditEntry, index: number) => boolean;
}

export interface World extends Executor {
  /** Who is really there. */
  readonly there: Set<Digits>;
  /** Everything that happened, in order: `list`, `list: <failure>`, `attempt <n>`, `remove <n> <n>`, `answer …`, `outcome …`. */
  readonly log: string[];
  readonly listings: Extract<Listing, { kind: "whole" }>[];
  /** The look that each removal named. */
  readonly looks: Look[];
  readonly audited: AuditEntry[];
  readonly warnings: string[];
}

export function world(participants: readonly Digits[], script: Script = {}): World {
  const there = new Set(participants);
  const leaving = new Map<Digits, number>();
  const log: string[] = [];
  const listings: World["listings"] = [];
  const looks: Look[] = [];
  const audited: AuditEntry[] = [];
  const warnings: string[] = [];
  let listed = 0;
  let removed = 0;
  let lines = 0;

  const list = (): Listing => {
    const index = listed++;
    const joiner = script.joins?.[index];
    if (joiner !== undefined) there.add(joiner);
    const step = script.lists?.[index] ?? "ok";
    for (const [number, left] of leaving) {
      if (left > 0) leaving.set(number, left - 1);
      else there.delete(number);
    }
    if (step !== "ok") log.push(`list: ${step}`);
    if (step === "empty") return { kind: "whole", participants: [], unidentified: 0 };
    if (step === "doubtful") return { kind: "doubtful", why: "rows short of Total" };
    if (step !== "ok") throw failure(step);
    log.push("list");
    const listing = { kind: "whole" as const, participants: [...there].sort(), unidentified: 0 };
    listings.push(listing);
    return listing;
  };

  const remove = (numbers: readonly Digits[], look: Look): { requestId: string } => {
    looks.push(look);
    log.push(`remove ${numbers.join(" ")}`);
    const index = removed++;
    const scripted = script.removes?.[index] ?? "ok";
    const step = numbers.some((number) => script.odd?.includes(number)) ? "refused" : scripted;
    switch (step) {
      case "lost":
        throw failure("unknown outcome");
      case "refused":
      case "throttled":
      case "access":
      case "stopped":
      case "engine gone":
      case "look too old":
        throw failure(step, { detail: "no" });
      case "slow":
        for (const number of numbers) leaving.set(number, script.lag ?? 2);
        break;
      case "ok":
      case "lost but done":
        for (const number of numbers) there.delete(number);
        if (step === "lost but done") throw failure("unknown outcome");
        break;
      case "ignored":
    }
    return { requestId: `request-${removed}` };
  };

  return {
    there,
    log,
    listings,
    looks,
    audited,
    warnings,
    cams: {
      listParticipants: async () => Promise.resolve().then(list),
      removeParticipants: async (_, numbers, look) => Promise.resolve().then(() => remove(numbers, look)),
    },
    clock: fakeClock(),
    show: full,
    confirmTimeoutMs: 5_000,
    warn: (message) => warnings.push(message),
    audit: (entry) => {
      if (script.unwritable?.(entry, lines++) === true) throw new Error("no space left on device");
      audited.push(entry);
      log.push(`${entry.event} ${entry.number}${entry.outcome === undefined ? "" : ` ${entry.outcome}`}`);
    },
  };
}

/** A task whose removals the guards approved when `seen` were in the group. */
export function taskOf(seen: readonly Digits[], over: Partial<Desired> = {}): Task {
  const desired = desire({ maxRemovals: 20, ...over });
  const history = adopted();
  const observed = whole(...seen);
  const verdict = judgeGroup(judgeable(desired, observed, history), full);
  if (verdict.kind === "held") throw new Error(verdict.refusals.map(({ message }) => message).join("; "));
  return { ref, desired, history, observed, approved: verdict.approved };
}
