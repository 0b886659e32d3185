import { createHash } from "node:crypto";
import { templateKey } from "../messages/rules";
import type { Message, Template } from "../messages/types";
import type { Business, Group } from "./types";

/** All business numbers with what they have, and the counter that new ids come from. Nothing here is random: same calls, same ids. */
export class World {
  /** Grows with every change, so that who stores the world knows when to. */
  version = 0;

  constructor(
    readonly businesses: ReadonlyMap<string, Business>,
    private serial: number,
  ) {}

  get lastSerial(): number {
    return this.serial;
  }

  put(business: Business, group: Group): void {
    if (business.groups.get(group.groupId) === group) return;
    business.groups.set(group.groupId, group);
    this.version++;
  }

  drop(business: Business, groupId: string): void {
    if (business.groups.delete(groupId)) this.version++;
  }

  putTemplate(business: Business, template: Template): void {
    business.templates.set(templateKey(template), template);
    this.version++;
  }

  putMessage(business: Business, message: Message): void {
    if (business.messages.get(message.messageId) === message) return;
    business.messages.set(message.messageId, message);
    this.version++;
  }

  /** The group wherever it is: GroupIds are unique over all business numbers. */
  find(groupId: string): { business: Business; group: Group } | undefined {
    for (const business of this.businesses.values()) {
      const group = business.groups.get(groupId);
      if (group !== undefined) return { business, group };
    }
    return undefined;
  }

  newGroupId(): string {
    return `EA${this.next("group").hex.slice(0, 12).toUpperCase()}`;
  }

  newInviteLink(): string {
    return inviteLink(`link ${this.next("link").serial}`);
  }

  newUniqueCode(): string {
    return String(89_380_000_000 + this.next("code").serial);
  }

  /** The two ids of a message: the one of the answer, and the longer one that only ListChatappMessage tells. */
  newMessageIds(): { messageId: string; uniqueMessageId: string } {
    const { hex } = this.next("message");
    return { messageId: hex.slice(0, 24), uniqueMessageId: hex.slice(24, 60) };
  }

  private next(kind: string): { serial: number; hex: string } {
    this.serial++;
    this.version++;
    const serial = this.serial;
    return { serial, hex: createHash("sha256").update(`${kind} ${serial}`).digest("hex") };
  }
}

/** An invite link in WhatsApp's form, with 22 letters and digits that depend on `from` alone. */
export function inviteLink(from: string): string {
  const text = createHash("sha256")
    .update(`invite ${from}`)
    .digest("base64")
    .replaceAll(/[^A-Za-z0-9]/g, "");
  return `https://chat.whatsapp.com/${text.slice(0, 22)}`;
}
