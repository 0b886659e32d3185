export { authorityOf, type Authority, type Engine } from "./authority";
export { createClient } from "./client";
export { accountKey, GroupLists } from "./group-lists";
export { GROUP_SIZE, MOST_CHARACTERS } from "./limits";
export { parseEndpoint, type Endpoint } from "./endpoint";
export { CamsError, mask, unlessCams, type CamsErrorKind } from "./errors";
export { messageFailure, type MessageFailure } from "./failures";
export type { Clock } from "./pace";
export { openTransport, type Credential } from "./transport";
export type {
  Accepted,
  Account,
  CamsReader,
  CamsWriter,
  GroupInfo,
  GroupList,
  GroupRef,
  GroupTexts,
  GroupWriter,
  Listing,
  Look,
  MessageInfo,
  MessageReader,
  MessageWriter,
  NumberInfo,
  TemplateInfo,
  TemplateMessage,
} from "./types";
