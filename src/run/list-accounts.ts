/** The groups of accounts, for what a run has to know of groups besides their people. */
import {
  accountKey,
  CamsError,
  unlessCams,
  type Account,
  type CamsReader,
  type GroupInfo,
  type GroupRef,
} from "../cams";
import type { GroupsSeen } from "../groups/types";
import type { Declared } from "./desired";

/** By `accountKey`. */
export type AccountsSeen = ReadonlyMap<string, GroupsSeen>;

/** Lists the account of each group once. */
export async function listAccounts(
  reader: Pick<CamsReader, "listGroups">,
  some: readonly Pick<Declared, "ref">[],
): Promise<AccountsSeen> {
  const accounts = new Map(some.map(({ ref }): [string, Account] => [accountKey(ref), ref]));
  const seen = [...accounts].map(async ([key, account]): Promise<[string, GroupsSeen]> => {
    const groups = await reader.listGroups(account).catch(unlessCams);
    if (groups instanceof CamsError) return [key, { kind: "not listed", why: groups.message }];
    return [key, { kind: "listed", groups, byId: new Map(groups.map((one) => [one.group, one])) }];
  });
  return new Map(await Promise.all(seen));
}

const NOT_LISTED: GroupsSeen = { kind: "not listed", why: "the account was not listed" };

/** CAMS's row of a group; undefined where its account does not list it, or could not be listed. */
export const rowIn = (seen: GroupsSeen, { group }: GroupRef): GroupInfo | undefined =>
  seen.kind === "listed" ? seen.byId.get(group) : undefined;

/** The groups of the account of one of these groups. */
export const seenOf = (seen: AccountsSeen, { ref }: Pick<Declared, "ref">): GroupsSeen =>
  seen.get(accountKey(ref)) ?? NOT_LISTED;
