import type { Message, Sender, Template } from "../messages/types";

/**
 * The world of the local CAMS: business numbers and their groups. A group is a value: the rules (`rules.ts`) make a new
 * one of it, and the world (`world.ts`) holds the newest.
 */

export const statuses = ["ACTIVE", "INACTIVE", "SUSPENDED", "CREATING", "DELETING", "UPDATING"] as const;
export type GroupStatus = (typeof statuses)[number];

/** WhatsApp's limits (https://developers.facebook.com/docs/whatsapp/cloud-api/groups). */
export const limits = { participants: 8, groups: 10_000, subject: 128, description: 2048 } as const;

/** Number of further reads after which something takes effect; `null`: never. */
export type Reads = number | null;

/**
 * One row of the participants' list: what stands in ParticipantNumber. Digits; or a business-scoped user id
 * (`US.13491208655302741918`) or nothing at all for people with a username whose number is not shown.
 */
export interface Member {
  readonly row: string;
  /** Set when the person was removed and CAMS still lists them: for so many more listings. */
  readonly leaving?: Reads;
}

export interface Group {
  readonly groupId: string;
  readonly subject: string;
  readonly description: string;
  readonly status: GroupStatus;
  readonly inviteLink: string | null;
  readonly profilePictureFile: string | null;
  /** In the order in which they joined. */
  readonly members: readonly Member[];
  /** Everybody who was ever removed: they cannot come back by link. */
  readonly removed: readonly string[];
  /** Time of the last change, in milliseconds since 1970. */
  readonly modified: number;
  /** A creation or deletion under way: takes effect after so many more readings of ListChatGroup. */
  readonly settling?: { readonly to: "ACTIVE" | "GONE"; readonly reads: Reads };
  /**
   * What ListChatGroup shows in place of what the group is, for so many more readings; `row` null: the group is not
   * listed. A creation or deletion under way waits as long.
   */
  readonly listedAs?: { readonly row: ListedText | null; readonly reads: Reads };
}

/** What AddChatGroup, UpdateChatGroup and the operations for links change of a group. */
export type ListedText = Pick<Group, "subject" | "description" | "inviteLink" | "profilePictureFile" | "modified">;

export interface Business {
  readonly number: string;
  readonly custSpaceId: string;
  /** By GroupId, in the order in which they were made. */
  readonly groups: Map<string, Group>;
  readonly sender: Sender;
  /** By code and language (`templateKey`), in the order of the seed. */
  readonly templates: Map<string, Template>;
  /** By MessageId, in the order in which they were accepted. */
  readonly messages: Map<string, Message>;
}

export const digits = /^[0-9]{5,15}$/;
/** A business-scoped user id: country code, dot, up to 128 letters and digits; the parent form has `ENT.` between. */
export const userId = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
