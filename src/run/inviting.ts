/** What the steps of planning invitations hand to each other. */
import type { CamsReader, GroupInfo, MessageReader } from "../cams";
import type { Invitation, InviteWish } from "../invitations/types";
import type { Show } from "../membership/guards";
import type { Digits, GroupPlan } from "../membership/types";
import type { Release } from "../roster";
import type { LastRun } from "./last-run";
import type { PlannedGroup } from "./plan-run";

export interface PlanInvitationsOptions {
  readonly reader: Pick<CamsReader, "listGroups"> & MessageReader;
  readonly last: LastRun | undefined;
  readonly releases: readonly Release[];
  readonly show: Show;
  readonly limits: { readonly maxInvitationsPerRun: number };
  /**
   * By resource name, people whom a reviewed plan still declares, but whose day came since it was made; undefined when nobody
   * can tell.
   */
  readonly dayCame: ReadonlyMap<string, ReadonlySet<Digits>> | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly warn: (message: string) => Promise<void> | void;
}

/** A group whose people were looked at, and in which people are to be invited. */
export interface InvitingGroup {
  readonly one: PlannedGroup;
  readonly wish: InviteWish;
  readonly plan: GroupPlan;
  readonly invited: ReadonlyMap<Digits, Invitation>;
  /** Set when what is on record of the group's invitations can't be read, so that nobody knows who was written to. */
  readonly unread?: true | undefined;
  /** CAMS's row of the group; undefined when there is none, or when nobody needs it. */
  readonly row: GroupInfo | undefined;
}
