import { CamsError, unlessCams, type CamsReader, type GroupRef } from "../cams";
import type { Observed } from "../membership/types";

/** What may list a group. */
export type Lister = Pick<CamsReader, "listParticipants">;

/** Lists one group. A failure that would meet every group alike is thrown; any other is this group's. */
export async function observeGroup(reader: Lister, ref: GroupRef): Promise<Observed> {
  const seen = await listed(reader, ref);
  if (!(seen instanceof CamsError)) return seen;
  if (seen.kind === "access" || seen.kind === "unreachable") throw seen;
  return toObserved(seen);
}

/** A group's listing, or why CAMS gave none. */
export function listed(reader: Lister, ref: GroupRef): Promise<Observed | CamsError> {
  return reader.listParticipants(ref).catch(unlessCams);
}

/** What a failed listing says of its group. */
export function toObserved(error: CamsError): Observed {
  return error.kind === "unknown group"
    ? { kind: "unknown group", why: `CAMS does not know this group. ${error.message}` }
    : { kind: "doubtful", why: `the listing failed, so nobody is removed. ${error.message}` };
}
