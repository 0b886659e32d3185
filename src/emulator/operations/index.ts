import { addChatGroup } from "./add-chat-group";
import type { Operation } from "./call";
import { deleteChatGroup } from "./delete-chat-group";
import { deleteChatGroupParticipants } from "./delete-chat-group-participants";
import { addChatGroupInviteLink, deleteChatGroupInviteLink } from "./invite-link";
import { listChatGroup } from "./list-chat-group";
import { listChatGroupParticipants } from "./list-chat-group-participants";
import { updateChatGroup } from "./update-chat-group";

/** The chat-group operations of CAMS, version 2020-06-06. */
export const operations = {
  AddChatGroup: addChatGroup,
  ListChatGroup: listChatGroup,
  UpdateChatGroup: updateChatGroup,
  DeleteChatGroup: deleteChatGroup,
  AddChatGroupInviteLink: addChatGroupInviteLink,
  DeleteChatGroupInviteLink: deleteChatGroupInviteLink,
  ListChatGroupParticipants: listChatGroupParticipants,
  DeleteChatGroupParticipants: deleteChatGroupParticipants,
} satisfies Record<string, Operation>;

export type Action = keyof typeof operations;

export const actions = Object.keys(operations) as Action[];

export function isAction(name: string): name is Action {
  return Object.hasOwn(operations, name);
}
