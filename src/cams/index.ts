export { authorityOf, type Authority, type Engine } from "./authority";
export { createClient } from "./client";
export { GROUP_SIZE } from "./limits";
export { parseEndpoint, type Endpoint } from "./endpoint";
export { CamsError, mask, type CamsErrorKind } from "./errors";
export type { Clock } from "./pace";
export { openTransport, type Credential } from "./transport";
export type { Account, CamsReader, CamsWriter, GroupInfo, GroupRef, Listing, Look } from "./types";
