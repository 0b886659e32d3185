import { Refusal } from "../errors";
import { limits } from "../groups/types";
import type { Json } from "../wire/reply";
import { businessOf, type Call } from "./call";
import { descriptionOf, subjectOf } from "./subject";

/**
 * AddChatGroup. Nothing in the answer names the group: it comes up in ListChatGroup, CREATING at first, and an invite link is
 * made with it. UniqueCode belongs to the request; no later answer mentions it.
 */
export function addChatGroup(call: Call): Json {
  const business = businessOf(call);
  const subject = subjectOf(call);
  if (subject === undefined) throw new Refusal("InvalidParameter.SubjectInvalid", "There is no Subject.");
  const description = descriptionOf(call) ?? "";
  if (business.groups.size >= limits.groups) {
    throw new Refusal("131211", `${business.number} has ${business.groups.size}.`);
  }
  const { world, now } = call;
  const reads = call.manner.settlingReads;
  world.put(business, {
    groupId: world.newGroupId(),
    subject,
    description,
    inviteLink: world.newInviteLink(),
    profilePictureFile: null,
    members: [],
    removed: [],
    modified: now,
    ...(reads === 0 ? { status: "ACTIVE" } : { status: "CREATING", settling: { to: "ACTIVE", reads } }),
  });
  return { UniqueCode: world.newUniqueCode() };
}
