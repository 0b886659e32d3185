import { afterListing } from "../groups/rules";
import type { Json } from "../wire/reply";
import { groupOf, type Call } from "./call";
import { pageOf, slice } from "./page";

/**
 * ListChatGroupParticipants: one row a member, the business itself is not among them. Somebody who was removed a moment
 * ago may still be listed; every listing that starts at page 1 brings the end of that nearer, so that the pages of one
 * listing agree.
 */
export function listChatGroupParticipants(call: Call): Json {
  const { business, group } = groupOf(call);
  const page = pageOf(call);
  const list = slice(group.members, page).map(({ row }) => ({ ParticipantNumber: row }));
  const answer = { Data: { Total: group.members.length, List: list } };
  if (page.index === 1) call.world.put(business, afterListing(group));
  return answer;
}
