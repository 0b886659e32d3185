import { nameOf, type Show } from "../../membership/guards";
import { plural } from "../../text/plural";
import type { Invitee } from "../types";

/** People of one group who are to be sent a message. */
export interface GroupInvitees {
  /** The resource's name. */
  readonly name: string;
  readonly invite: readonly Invitee[];
}

/** A message can't be taken back, and costs money. So a run with a wrong folder must not write to hundreds. */
export function maxInvitationsPerRun(all: readonly GroupInvitees[], limit: number, show: Show): string | undefined {
  const count = all.reduce((sum, { invite }) => sum + invite.length, 0);
  if (count <= limit) return undefined;
  const groups = all
    .filter(({ invite }) => invite.length > 0)
    .map(({ name, invite }) => `${name}: ${invite.map((one) => nameOf(one, show)).join(", ")}`);
  return (
    `${plural(count, "invitation")} would be sent, more than the run's limit of ${limit}: ${groups.join("; ")}. ` +
    `To permit it, set rollcall:maxInvitationsPerRun to ${count}`
  );
}
