/**
 * Listings of an account's groups, shared by all who need one. One call lists a hundred groups. So all who wait for a
 * change of a group use the same listing.
 */
import type { Clock } from "./pace";
import type { Account, CamsReader, GroupList } from "./types";

interface Listing {
  /** When the listing was begun, by the clock, in milliseconds. */
  readonly at: number;
  readonly groups: Promise<GroupList>;
}

export class GroupLists {
  private readonly newest = new Map<string, Listing>();

  constructor(
    private readonly reader: Pick<CamsReader, "listGroups">,
    private readonly clock: Pick<Clock, "now">,
  ) {}

  /**
   * A listing that was begun at `since` or later. While an older listing is under way, this waits for its end; the next
   * listing then serves all who wait. Throws `CamsError`.
   */
  async list(account: Account, since: number): Promise<GroupList> {
    const key = accountKey(account);
    for (let known = this.newest.get(key); known !== undefined; known = this.newest.get(key)) {
      if (known.at >= since) return known.groups;
      await known.groups.catch(() => undefined);
      if (this.newest.get(key) === known) break;
    }
    const begun: Listing = { at: this.clock.now(), groups: this.reader.listGroups(account) };
    this.newest.set(key, begun);
    return begun.groups;
  }
}

/** Tells one account from another. */
export const accountKey = ({ businessNumber, custSpaceId, channelType }: Account): string =>
  JSON.stringify([businessNumber, custSpaceId, channelType]);
