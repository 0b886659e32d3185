/**
 * One write to a group: an audit line, the call, another audit line. Then listings are read until they show the change.
 */
import { CamsError, unlessCams, type Accepted, type GroupInfo, type GroupList } from "../../cams";
import { note } from "../note";
import { poll } from "../poll";
import type { Keeper, UpkeepEntry, Where } from "./types";

/** A write that is decided by a listing of the account's groups. */
export interface Ask extends Omit<UpkeepEntry, "event" | "outcome" | "detail" | "roster"> {
  readonly write: (look: GroupList) => Promise<Accepted>;
}

export interface Answered {
  readonly kind: "accepted" | "refused" | "unknown";
  /** The listing by which the write was decided. */
  readonly look: GroupList;
  readonly detail: string;
}

/** Greatest age of a listing by which a write is decided. The client refuses a write whose listing is too old. */
const FRESH_MS = 3_000;
/** Most listings that one write may use, one after the other, while it is throttled. */
const MOST_LOOKS = 12;

/** A listing that is fresh enough to write by. Throws `CamsError`. */
export const lookNow = ({ lists, clock }: Pick<Keeper, "lists" | "clock">, { account }: Where): Promise<GroupList> =>
  lists.list(account, clock.now() - FRESH_MS);

/**
 * Sends a write once. It is sent again only if it was not sent because its listing had become too old. Then it uses a
 * new listing, if this still allows the write.
 * @param allows says why a newer listing does not allow the write any more; undefined when it does
 */
export async function ask(
  first: GroupList,
  { write, ...entry }: Ask,
  where: Where,
  keeper: Keeper,
  allows: (look: GroupList) => string | undefined,
): Promise<Answered> {
  const line = { ...entry, roster: where.name };
  try {
    keeper.auditUpkeep({ ...line, event: "attempt" });
  } catch (error) {
    return { kind: "refused", look: first, detail: `nothing was asked for: ${String(error)}` };
  }
  const answered = await send();
  noteUpkeep({ ...line, event: "answer", outcome: answered.kind, detail: answered.detail }, keeper);
  return answered;

  async function send(): Promise<Answered> {
    let look = first;
    for (let looks = 1; ; looks++) {
      try {
        const { requestId } = await write(look);
        return { kind: "accepted", look, detail: requestId };
      } catch (error) {
        if (!(error instanceof CamsError)) throw error;
        const kind = error.applied === "no" ? "refused" : "unknown";
        if (error.kind !== "look too old" || looks === MOST_LOOKS) return { kind, look, detail: error.message };
        const newer = await lookNow(keeper, where).catch(unlessCams);
        if (newer instanceof CamsError) return { kind: "refused", look, detail: newer.message };
        look = newer;
        const why = allows(look);
        if (why !== undefined) return { kind: "refused", look, detail: why };
      }
    }
  }
}

/** Writes a line about a call that was already sent. */
export const noteUpkeep = (entry: UpkeepEntry, keeper: Keeper): void => note(() => keeper.auditUpkeep(entry), keeper);

/**
 * Lists the account's groups until they are as wanted, or the time is up. A listing that fails is ignored.
 * @param isDone whether a listing shows what was asked for
 * @returns the last listing that could be read, if there was one
 */
export async function lookUntil(
  isDone: (groups: readonly GroupInfo[]) => boolean,
  { account }: Where,
  keeper: Keeper,
): Promise<readonly GroupInfo[] | undefined> {
  let last: readonly GroupInfo[] | undefined;
  await poll(async () => {
    const groups = await keeper.lists.list(account, keeper.clock.now()).catch(unlessCams);
    if (groups instanceof CamsError) return undefined;
    last = groups;
    return isDone(groups) ? groups : undefined;
  }, keeper);
  return last;
}
