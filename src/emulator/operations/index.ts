import type { Operation } from "./call";
import { deleteChatGroupParticipants } from "./delete-chat-group-participants";
import { listChatGroup } from "./list-chat-group";
import { listChatGroupParticipants } from "./list-chat-group-participants";

/** The chat-group operations of CAMS, version 2020-06-06. */
export const operations = {
  ListChatGroup: listChatGroup,
  ListChatGroupParticipants: listChatGroupParticipants,
  DeleteChatGroupParticipants: deleteChatGroupParticipants,
} satisfies Record<string, Operation>;

export type Action = keyof typeof operations;

export const actions = Object.keys(operations) as Action[];

export function isAction(name: string): name is Action {
  return Object.hasOwn(operations, name);
}
