import { missing, Refusal } from "../errors";
import type { Business, Group, Reads } from "../groups/types";
import type { World } from "../groups/world";
import type { Json } from "../wire/reply";

/** How removals, creations and messages behave: a setting of the emulator, which a fault may change for one call. */
export interface Manner {
  /** A removed person stays listed for so many more listings; `null`: for ever. */
  readonly removalReads: Reads;
  /** At most so many of a delete list are removed, though all are acknowledged. */
  readonly removeAtMost: number;
  /** A new group is CREATING, a deleted one DELETING for so many readings of ListChatGroup; `null`: for ever. */
  readonly settlingReads: Reads;
  /** Largest page that may be asked for. */
  readonly pageLimit: number;
  /** ListChatappMessage lists a message so many milliseconds after it was accepted; `null`: never. */
  readonly messageLagMs: number | null;
  /** A message is delivered, or fails, so many milliseconds after it was accepted; `null`: it is never delivered. */
  readonly deliveryMs: number | null;
  /** Meta's code with which an accepted message fails; `null`: it doesn't. */
  readonly messageFailsWith: string | null;
  /** Whether an accepted message is sent at all. */
  readonly messagesSent: boolean;
}

/** One call of an operation: checked for who it is from, not yet for what it says. */
export interface Call {
  readonly action: string;
  readonly params: ReadonlyMap<string, string>;
  readonly world: World;
  readonly manner: Manner;
  /** The time of the call in milliseconds. */
  readonly now: number;
}

/** An operation returns the fields that it adds to an OK answer, or throws a Refusal. */
export type Operation = (call: Call) => Json;

export function required(call: Call, name: string): string {
  const value = call.params.get(name);
  if (value === undefined || value === "") throw missing(name);
  return value;
}

/** A parameter that may be left out; an empty one counts as left out. */
export function optional(call: Call, name: string): string | undefined {
  const value = call.params.get(name);
  return value === "" ? undefined : value;
}

/** The business number that a call is made for. */
export function businessOf(call: Call): Business {
  const number = required(call, "BusinessNumber");
  const custSpaceId = required(call, "CustSpaceId");
  if (!/^[0-9]+$/.test(number)) throw new Refusal("InvalidParameter.FromOnlyNumeric");
  const channelType = call.params.get("ChannelType") ?? "WHATSAPP";
  if (channelType !== "WHATSAPP")
    throw new Refusal("InvalidParameter.ChannelTypeNotSupport", `It reads "${channelType}".`);
  const business = call.world.businesses.get(number);
  if (business?.custSpaceId !== custSpaceId) throw new Refusal("Authentication.NoAuth");
  return business;
}

/** The group that a call is about, in whatever status it is. */
export function groupOf(call: Call): { business: Business; group: Group } {
  const business = businessOf(call);
  const groupId = required(call, "GroupId");
  const group = business.groups.get(groupId);
  if (group === undefined) throw new Refusal("131041", `GroupId ${groupId}.`);
  return { business, group };
}

/** The group that a call wants to change: it must be in a status that allows it. */
export function writableGroupOf(call: Call): { business: Business; group: Group } {
  const found = groupOf(call);
  const { groupId, status } = found.group;
  if (status === "SUSPENDED") throw new Refusal("131207", `GroupId ${groupId}.`);
  if (status !== "ACTIVE") throw new Refusal("131041", `GroupId ${groupId} is ${status}.`);
  return found;
}
