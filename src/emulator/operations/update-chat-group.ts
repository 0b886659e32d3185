import type { Json } from "../wire/reply";
import { writableGroupOf, type Call } from "./call";
import { descriptionOf, subjectOf } from "./subject";

/** UpdateChatGroup: Subject, Description and ProfilePictureFile, each if given. The picture is kept as the text it came as. */
export function updateChatGroup(call: Call): Json {
  const { business, group } = writableGroupOf(call);
  const subject = subjectOf(call) ?? group.subject;
  const description = descriptionOf(call) ?? group.description;
  const profilePictureFile = call.params.get("ProfilePictureFile") ?? group.profilePictureFile;
  call.world.put(business, { ...group, subject, description, profilePictureFile, modified: call.now });
  return { Result: 1 };
}
