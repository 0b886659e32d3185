import type { EndedInvitation, Invitation, Invitee, Standing } from "../invitations/types";
import type { Digits } from "../membership/types";

/** The invitations of one group, as planned. */
export interface PlannedInvitations {
  /** Sorted by number. */
  readonly invite: readonly Invitee[];
  /** Of everybody who is declared and not in the group. */
  readonly standings: ReadonlyMap<Digits, Standing>;
  /** What is on record. */
  readonly invited: ReadonlyMap<Digits, Invitation>;
  /** Invitations that ended since the last run. */
  readonly ended: readonly EndedInvitation[];
  /** Invitations that are in another state than at the last run. */
  readonly changed: ReadonlyMap<Digits, Invitation>;
  /** Set when the record can't be read. It stays as it is then. */
  readonly unread?: true | undefined;
}
