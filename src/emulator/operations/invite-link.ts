import type { Json } from "../wire/reply";
import { writableGroupOf, type Call } from "./call";

/** AddChatGroupInviteLink: a new link each time; the one before leads nowhere from then on (Meta's `POST invite_link`). */
export function addChatGroupInviteLink(call: Call): Json {
  const { business, group } = writableGroupOf(call);
  const inviteLink = call.world.newInviteLink();
  call.world.put(business, { ...group, inviteLink, modified: call.now });
  return { InviteLink: inviteLink };
}

/** DeleteChatGroupInviteLink: nobody can join until there is a new link. Result is 0 when there was none. */
export function deleteChatGroupInviteLink(call: Call): Json {
  const { business, group } = writableGroupOf(call);
  if (group.inviteLink === null) return { Result: 0 };
  call.world.put(business, { ...group, inviteLink: null, modified: call.now });
  return { Result: 1 };
}
