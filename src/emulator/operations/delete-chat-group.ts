import type { Json } from "../wire/reply";
import { writableGroupOf, type Call } from "./call";

/** DeleteChatGroup: everybody is out at once; the group itself is listed as DELETING for a while. There is no way back. */
export function deleteChatGroup(call: Call): Json {
  const { business, group } = writableGroupOf(call);
  const reads = call.manner.settlingReads;
  if (reads === 0) call.world.drop(business, group.groupId);
  else {
    const settling = { to: "GONE", reads } as const;
    call.world.put(business, {
      ...group,
      status: "DELETING",
      inviteLink: null,
      members: [],
      modified: call.now,
      settling,
    });
  }
  return { Result: 1 };
}
