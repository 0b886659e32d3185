/** `import { ChatGroupParticipants } from "cams-rollcall"`: the resource, for somebody's own Pulumi program. */
export { ChatGroupParticipants, type ChatGroupParticipantsArgs } from "./provider/resource";
