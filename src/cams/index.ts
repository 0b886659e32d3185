export { authorityOf, type Authority, type Engine } from "./authority";
export { createClient, GROUP_SIZE } from "./client";
export { parseEndpoint, type Endpoint } from "./endpoint";
export { CamsError, mask, type CamsErrorKind } from "./errors";
export type { Clock } from "./pace";
export { openTransport, type Credential } from "./transport";
export type { Account, CamsReader, CamsWriter, GroupInfo, GroupRef, Listing, Look } from "./types";
