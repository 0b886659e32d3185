import { addChatGroup } from "./add-chat-group";
import type { Operation } from "./call";
import { deleteChatGroup } from "./delete-chat-group";
import { deleteChatGroupParticipants } from "./delete-chat-group-participants";
import { getChatappTemplateDetail } from "./get-chatapp-template-detail";
import { addChatGroupInviteLink, deleteChatGroupInviteLink } from "./invite-link";
import { listChatGroup } from "./list-chat-group";
import { listChatGroupParticipants } from "./list-chat-group-participants";
import { listChatappMessage } from "./list-chatapp-message";
import { queryChatappPhoneNumbers } from "./query-chatapp-phone-numbers";
import { sendChatappMessage } from "./send-chatapp-message";
import { updateChatGroup } from "./update-chat-group";

/** The operations of CAMS that are played, version 2020-06-06: all for chat groups, and those for messages by template. */
export const operations = {
  AddChatGroup: addChatGroup,
  ListChatGroup: listChatGroup,
  UpdateChatGroup: updateChatGroup,
  DeleteChatGroup: deleteChatGroup,
  AddChatGroupInviteLink: addChatGroupInviteLink,
  DeleteChatGroupInviteLink: deleteChatGroupInviteLink,
  ListChatGroupParticipants: listChatGroupParticipants,
  DeleteChatGroupParticipants: deleteChatGroupParticipants,
  SendChatappMessage: sendChatappMessage,
  ListChatappMessage: listChatappMessage,
  GetChatappTemplateDetail: getChatappTemplateDetail,
  QueryChatappPhoneNumbers: queryChatappPhoneNumbers,
} satisfies Record<string, Operation>;

export type Action = keyof typeof operations;

export const actions = Object.keys(operations) as Action[];

export function isAction(name: string): name is Action {
  return Object.hasOwn(operations, name);
}
