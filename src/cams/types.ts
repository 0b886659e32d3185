/**
 * What the rest of the house knows of CAMS. Reading and writing are different types, so that whoever only looks can
 * be given something that cannot write.
 */

/** Which WhatsApp business account a group belongs to. */
export interface Account {
  /** Digits with country code, no plus. */
  readonly businessNumber: string;
  /** CAMS instance id or sub-customer SpaceId, such as `cams-8c8e`. */
  readonly custSpaceId: string;
  /** `WHATSAPP`, the only documented value. */
  readonly channelType: string;
}

/** One group of an account. */
export interface GroupRef extends Account {
  /** CAMS GroupId: opaque, case-sensitive. */
  readonly group: string;
}

/** All participants of a group, or why the listing can't be trusted. Rows that are no plain number are counted only. */
export type Listing =
  | { readonly kind: "whole"; readonly participants: readonly string[]; readonly unidentified: number }
  | { readonly kind: "doubtful"; readonly why: string };

/**
 * The listing on which a write stands: the very object that `listParticipants` gave, for the client knows when it asked for
 * it. A copy, another client's, or another group's allows nothing.
 */
export type Look = Extract<Listing, { readonly kind: "whole" }>;

/** One row of `ListChatGroup`. */
export interface GroupInfo {
  readonly group: string;
  readonly subject: string;
  /** `ACTIVE`, `INACTIVE`, `SUSPENDED`, `CREATING`, `DELETING` or `UPDATING`. */
  readonly status: string;
  /** `https://chat.whatsapp.com/…`, empty when the group has none. */
  readonly inviteLink: string;
}

/** Looks, and cannot write. Every method throws `CamsError`. */
export interface CamsReader {
  /** All groups of an account (`ListChatGroup`). */
  listGroups(account: Account): Promise<readonly GroupInfo[]>;
  /** All participants of a group (`ListChatGroupParticipants`). */
  listParticipants(ref: GroupRef): Promise<Listing>;
}

/** Writes. Each request goes out only while the run's authority lasts; else `CamsError` says why it was not sent. */
export interface CamsWriter {
  /**
   * Asks CAMS once to remove people from a group (`DeleteChatGroupParticipants`), 1 to 8 unique digit strings.
   * Resolving means that the request was accepted, not that anybody is gone. It is sent again only where CAMS said
   * plainly that it did nothing because of throttling; any other failure throws `CamsError`, whose `applied` tells
   * whether the removal may have happened all the same.
   * @param look the listing by which these people are to go
   */
  removeParticipants(ref: GroupRef, numbers: readonly string[], look: Look): Promise<{ readonly requestId: string }>;
}
