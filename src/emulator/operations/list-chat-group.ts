import { missing } from "../errors";
import { afterGroupListing, listed } from "../groups/rules";
import type { Business, Group } from "../groups/types";
import type { Json } from "../wire/reply";
import { businessOf, type Call } from "./call";
import { pageOf, slice } from "./page";

/**
 * ListChatGroup: the groups of a business number in the order in which they were made, filtered by GroupStatus (equal)
 * and Subject (contained; whether CAMS compares so is not documented). GroupLink and GroupType are Telegram's.
 */
export function listChatGroup(call: Call): Json {
  const business = businessOf(call);
  if (!call.params.has("Page")) throw missing("Page");
  const page = pageOf(call);
  const status = call.params.get("GroupStatus") ?? "";
  const subject = call.params.get("Subject") ?? "";
  const rows = [...business.groups.values()]
    .flatMap((group) => listed(group) ?? [])
    .filter((group) => (status === "" || group.status === status) && group.subject.includes(subject));
  const answer = { Data: { Total: rows.length, List: slice(rows, page).map((group) => rowOf(business, group)) } };
  if (page.index === 1) settle(call, business);
  return answer;
}

function rowOf(business: Business, group: Group): Json {
  return {
    BusinessNumber: business.number,
    BusinessRole: "ADMIN",
    Description: group.description,
    GmtModifier: group.modified,
    GroupId: group.groupId,
    GroupStatus: group.status,
    ...(group.inviteLink === null ? {} : { InviteLink: group.inviteLink }),
    ...(group.profilePictureFile === null ? {} : { ProfilePictureFile: group.profilePictureFile }),
    Subject: group.subject,
    TotalParticipantCount: group.members.length,
  };
}

/** Every reading that starts at page 1 brings creations, deletions and what lags nearer to their end. */
function settle(call: Call, business: Business): void {
  for (const group of business.groups.values()) {
    const next = afterGroupListing(group);
    if (next === undefined) call.world.drop(business, group.groupId);
    else call.world.put(business, next);
  }
}
