/** `import { ChatGroupParticipants } from "cams-rollcall"`: the resources, for somebody's own Pulumi program. */
export { ChatGroupParticipants, type ChatGroupParticipantsArgs } from "./provider/resource";
export {
  ChatGroup,
  type ChatGroupArgs,
  ChatGroupInviteLink,
  type ChatGroupInviteLinkArgs,
} from "./provider/upkeep-resources";
