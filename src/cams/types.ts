/**
 * What the other rooms know of CAMS. Reading and writing are different types, so that code that only reads can
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
 * The listing on which a removal stands: the very object that `listParticipants` gave, for the client knows when it asked for
 * it. A copy, another client's, or another group's allows nothing.
 */
export type Look = Extract<Listing, { readonly kind: "whole" }>;

/** All groups of an account. The very object that `listGroups` gave allows changes of groups, as a `Look` allows removals. */
export type GroupList = readonly GroupInfo[];

/** One row of `ListChatGroup`. */
export interface GroupInfo {
  readonly group: string;
  readonly subject: string;
  /** Empty when the group has none. */
  readonly description: string;
  /** `ACTIVE`, `INACTIVE`, `SUSPENDED`, `CREATING`, `DELETING` or `UPDATING`. */
  readonly status: string;
  /** `https://chat.whatsapp.com/…`, empty when the group has none. */
  readonly inviteLink: string;
}

/** Looks, and cannot write. Every method throws `CamsError`. */
export interface CamsReader {
  /** All groups of an account (`ListChatGroup`). */
  listGroups(account: Account): Promise<GroupList>;
  /** All participants of a group (`ListChatGroupParticipants`). */
  listParticipants(ref: GroupRef): Promise<Listing>;
}

/** A group's texts, as far as they are given. */
export interface GroupTexts {
  /** 1 to 128 characters. */
  readonly subject?: string | undefined;
  /** At most 2,048 characters. */
  readonly description?: string | undefined;
}

/** What CAMS answers to a write that it accepted. That is no outcome: what became of it shows in a listing. */
export interface Accepted {
  readonly requestId: string;
}

/**
 * Writes. Each request goes out only while the run's authority lasts; else `CamsError` says why it was not sent. It is sent
 * again only where CAMS said plainly that it did nothing because of throttling; any other failure throws `CamsError`, whose
 * `applied` tells whether the write may have happened all the same.
 */
export interface CamsWriter {
  /**
   * Asks CAMS once to remove people from a group (`DeleteChatGroupParticipants`), 1 to 8 unique digit strings.
   * @param look the listing by which these people are to go
   */
  removeParticipants(ref: GroupRef, numbers: readonly string[], look: Look): Promise<Accepted>;
}

/** Changes groups. All as with `CamsWriter`; the look is a listing of the account's groups. */
export interface GroupWriter {
  /** Asks CAMS once to make a group (`AddChatGroup`). The answer does not say which one it is. */
  addGroup(account: Account, texts: GroupTexts & { readonly subject: string }, look: GroupList): Promise<Accepted>;
  /** Asks CAMS once to change a group's texts (`UpdateChatGroup`). */
  updateGroup(ref: GroupRef, texts: GroupTexts, look: GroupList): Promise<Accepted>;
  /** Asks CAMS once for an invite link (`AddChatGroupInviteLink`). A group that has one gets another one, as far as is known. */
  addInviteLink(ref: GroupRef, look: GroupList): Promise<Accepted>;
  /** Asks CAMS once to end the group's invite link (`DeleteChatGroupInviteLink`). */
  deleteInviteLink(ref: GroupRef, look: GroupList): Promise<Accepted>;
}

/** A message that the business sent, as `ListChatappMessage` lists it. */
export interface MessageInfo {
  /** CAMS MessageId; empty when the row has none. */
  readonly id: string;
  /** Digits. */
  readonly to: string;
  readonly state: "accepted" | "delivered" | "read" | "failed";
  /** What CAMS says of a failure, masked; empty when there is none. `messageFailure` reads Meta's code in it. */
  readonly why: string;
  /** When it was sent, milliseconds since 1970; 0 when CAMS doesn't say. */
  readonly at: number;
  /** TemplateCode; empty when CAMS doesn't say. */
  readonly template: string;
  /** The message as CAMS lists it: may be text or JSON, and may hold a link; empty when it is not listed. It is not masked. */
  readonly text: string;
}

/** A template in one language (`GetChatappTemplateDetail`). */
export interface TemplateInfo {
  /** AuditStatus as CAMS says it. */
  readonly status: string;
  /** UTILITY, MARKETING, AUTHENTICATION, as CAMS says it. */
  readonly category: string;
  /**
   * CAMS documents it as a setting of the template: whether sending pauses when Meta files a UTILITY template as MARKETING. So
   * `true` does not say that it is paused now.
   */
  readonly categoryChangePaused: boolean;
  /** RED, YELLOW, GREEN, UNKNOWN; empty when CAMS says none. */
  readonly quality: string;
  /** Names of its variables `$(name)`, as its components show them; undefined when they can't be read. */
  readonly variables: readonly string[] | undefined;
}

/** The business number, as `QueryChatappPhoneNumbers` lists it. What CAMS doesn't say is empty or undefined. */
export interface NumberInfo {
  /** Digits. */
  readonly number: string;
  /** Whether it is an Official Business Account, which groups need. */
  readonly official: boolean | undefined;
  /** MessagingLimitTier as CAMS says it: how many people it may write to in 24 hours. */
  readonly tier: string;
  /** QualityRating as CAMS says it. */
  readonly quality: string;
  readonly status: string;
}

/** Looks at messages and at what sending them needs, and cannot write. Every method throws `CamsError`. */
export interface MessageReader {
  /**
   * Messages of a template to users since a time (`ListChatappMessage`), in any order; each MessageId once. The listing
   * may lag: a message that is not listed may have been sent.
   * @param query `since` in milliseconds since 1970; `to` in digits: only what was sent to this number
   */
  listMessages(
    account: Account,
    query: { readonly template: string; readonly since: number; readonly to?: string | undefined },
  ): Promise<readonly MessageInfo[]>;
  /** A template (`GetChatappTemplateDetail`); undefined when CAMS knows no such template in that language. */
  template(account: Account, code: string, language: string): Promise<TemplateInfo | undefined>;
  /** The business number (`QueryChatappPhoneNumbers`); undefined when CAMS does not list it. */
  businessNumber(account: Account): Promise<NumberInfo | undefined>;
}

/** A message by a template, to one person. */
export interface TemplateMessage {
  /** Digits with country code, no plus. */
  readonly to: string;
  /** TemplateCode. */
  readonly template: string;
  readonly language: string;
  /** The template's variables by their bare names. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Sends messages. All as with `CamsWriter`. A call that is repeated is a second message. */
export interface MessageWriter {
  /**
   * Asks CAMS once to send a template message (`SendChatappMessage`). Accepted means neither sent nor delivered: that shows
   * in `listMessages`. The `messageId` is empty when CAMS doesn't say one.
   * @param look the listing of the group by which the person is invited
   */
  sendMessage(ref: GroupRef, message: TemplateMessage, look: Look): Promise<Accepted & { readonly messageId: string }>;
}
