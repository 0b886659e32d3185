import {
  CamsError,
  type Account,
  type CamsErrorKind,
  type Clock,
  type GroupInfo,
  type GroupList,
} from "../../../src/cams";
import type { Keeper, UpkeepEntry, Where } from "../../../src/execution/upkeep/types";
import { GroupLists } from "../../../src/cams";
import { BOT } from "../../membership/world";

/** The groups of one account in memory, with scripted failures, and what else the upkeep of groups needs of the world. */

export const account: Account = { businessNumber: BOT, custSpaceId: "cams-8c8e", channelType: "WHATSAPP" };
export const where: Where = { account, name: "jakarta/ops" };

export const LINK = "https://chat.whatsapp.com/first";

/** A group as CAMS lists it. */
export const row = (over: Partial<GroupInfo> = {}): GroupInfo => ({
  ...{ group: "EA93UU0042", subject: "Jakarta operations", description: "", status: "ACTIVE", inviteLink: LINK },
  ...over,
});

/** How one write goes. `slow`: it shows two listings later. `ignored`: it is accepted and has no effect. */
export type WriteStep = "ok" | "slow" | "ignored" | "lost" | "lost but done" | "broken" | CamsErrorKind;

export interface Script {
  /** One step a listing; `ok` when they run out. */
  readonly lists?: readonly ("ok" | CamsErrorKind)[];
  /** One step a write; `ok` when they run out. */
  readonly writes?: readonly WriteStep[];
  /** What others do just before the listing of that number. */
  readonly meanwhile?: Readonly<Record<number, (groups: Map<string, GroupInfo>) => void>>;
  /** The status in which a group is made, and stays. */
  readonly madeAs?: string;
  /** Audit lines that can't be written. */
  readonly unwritable?: (entry: UpkeepEntry) => boolean;
}

export interface World extends Keeper {
  /** What is really there, by GroupId. */
  readonly groups: Map<string, GroupInfo>;
  /** Everything that happened, in order: `list`, `list: <failure>`, `attempt <act>`, the operation, `answer …`, `outcome …`. */
  readonly log: string[];
  readonly audited: UpkeepEntry[];
  readonly warnings: string[];
  /** Listings that were given, in order. */
  readonly listings: GroupList[];
  /** The listing that each write named. */
  readonly looks: GroupList[];
  readonly list: () => Promise<GroupList>;
}

/** What a call takes. */
const CALL_MS = 10;

function failure(operation: string, kind: CamsErrorKind): CamsError {
  const none = { group: undefined, metaCode: undefined, httpStatus: undefined, requestId: undefined };
  return new CamsError({ ...none, operation, kind, code: "Code", detail: "no" });
}

/** Time that passes by sleeping, and by calls. */
function slowClock(): Clock & { pass(ms: number): void } {
  let now = 0;
  const pass = (ms: number): void => {
    now += ms;
  };
  const sleep = (ms: number): Promise<void> => {
    pass(ms);
    return Promise.resolve();
  };
  return { now: () => now, pass, sleep };
}

export function world(rows: readonly GroupInfo[], script: Script = {}): World {
  const groups = new Map(rows.map((one) => [one.group, one]));
  const clock = slowClock();
  const [log, audited, warnings]: [string[], UpkeepEntry[], string[]] = [[], [], []];
  const [listings, looks]: [GroupList[], GroupList[]] = [[], []];
  const late: { after: number; readonly effect: () => void }[] = [];
  const made = { listings: 0, writes: 0, groups: 0, links: 0 };

  const list = (): Promise<GroupList> => {
    const index = made.listings++;
    clock.pass(CALL_MS);
    script.meanwhile?.[index]?.(groups);
    for (const one of late) if (one.after-- === 0) one.effect();
    const step = script.lists?.[index] ?? "ok";
    log.push(step === "ok" ? "list" : `list: ${step}`);
    if (step !== "ok") return Promise.reject(failure("ListChatGroup", step));
    const listing = [...groups.values()];
    listings.push(listing);
    return Promise.resolve(listing);
  };

  const write = (
    operation: string,
    what: string,
    look: GroupList,
    effect: () => void,
  ): Promise<{ requestId: string }> => {
    const step = script.writes?.[made.writes] ?? "ok";
    made.writes++;
    clock.pass(CALL_MS);
    looks.push(look);
    log.push(what === "" ? operation : `${operation} ${what}`);
    switch (step) {
      case "ok":
      case "lost but done":
        effect();
        break;
      case "slow":
        late.push({ after: 2, effect });
        break;
      case "broken":
        return Promise.reject(new TypeError("a fault of this program"));
      case "ignored":
      case "lost":
        break;
      default:
        return Promise.reject(failure(operation, step));
    }
    if (step.startsWith("lost")) return Promise.reject(failure(operation, "unknown outcome"));
    return Promise.resolve({ requestId: `request-${made.writes}` });
  };

  const set = (group: string, over: Partial<GroupInfo>) => () => {
    const known = groups.get(group);
    if (known !== undefined) groups.set(group, { ...known, ...over });
  };
  const given = (texts: object): Partial<GroupInfo> =>
    Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));

  return {
    ...{ groups, log, audited, warnings, listings, looks, list, clock, confirmTimeoutMs: 5_000 },
    lists: new GroupLists({ listGroups: list }, clock),
    endedLinks: new Set(),
    warn: (message) => warnings.push(message),
    auditUpkeep: (entry) => {
      if (script.unwritable?.(entry) === true) throw new Error("no space left on device");
      audited.push(entry);
      log.push(`${entry.event} ${entry.act}${entry.outcome === undefined ? "" : ` ${entry.outcome}`}`);
    },
    cams: {
      addGroup: (_, texts, look) =>
        write("AddChatGroup", texts.subject, look, () => {
          const group = `MADE${++made.groups}`;
          groups.set(group, row({ group, inviteLink: "", status: script.madeAs ?? "ACTIVE", ...given(texts) }));
        }),
      updateGroup: ({ group }, texts, look) =>
        write("UpdateChatGroup", `${group} ${JSON.stringify(given(texts))}`, look, set(group, given(texts))),
      addInviteLink: ({ group }, look) =>
        write("AddChatGroupInviteLink", group, look, () =>
          set(group, { inviteLink: `https://chat.whatsapp.com/new${++made.links}` })(),
        ),
      deleteInviteLink: ({ group }, look) =>
        write("DeleteChatGroupInviteLink", group, look, set(group, { inviteLink: "" })),
    },
  };
}
