import { CamsError, type CamsReader, type GroupRef } from "../cams";
import type { Observed } from "../membership/types";
import { toObserved } from "./roll-call";

/** Lists one group. A failure that would meet every group alike is thrown; any other is this group's. */
export async function observeGroup(
  { cams }: { readonly cams: Pick<CamsReader, "listParticipants"> },
  ref: GroupRef,
): Promise<Observed> {
  try {
    return await cams.listParticipants(ref);
  } catch (error) {
    if (error instanceof CamsError && error.kind !== "access" && error.kind !== "unreachable") return toObserved(error);
    throw error;
  }
}
