import { limits, type Group, type GroupStatus, type Member, type Reads } from "./types";

/**
 * What WhatsApp lets happen to a group: pure functions from a group to the next.
 *
 * The one that matters: who was removed can't come back through an invite link, not even a new one, and no operation
 * lets them back in (Meta, "Group management", note under "Remove group participants"). Who left on their own can.
 */

/** Why somebody can't join by link. */
export type JoinRefusal = "removed" | "full" | "no-link" | "old-link" | "not-active";

/** Why a number change can't be played in a group. */
export type NumberChangeRefusal = "not-a-member" | "already-a-member" | "removed";

/** Those who are in the group, whatever CAMS still lists. */
export function present(group: Group): Member[] {
  return group.members.filter((member) => member.leaving === undefined);
}

/**
 * Joins by invite link: by `link`, or by the group's own when it isn't given. Somebody who is in the group already stays
 * in it, as WhatsApp just opens the chat.
 */
export function join(group: Group, row: string, link = group.inviteLink): Group | JoinRefusal {
  if (link !== group.inviteLink) return "old-link";
  const members = present(group);
  if (row !== "" && members.some((member) => member.row === row)) return group;
  if (group.status !== "ACTIVE") return "not-active";
  if (group.inviteLink === null) return "no-link";
  if (group.removed.includes(row)) return "removed";
  if (members.length >= limits.participants) return "full";
  return { ...group, members: [...group.members, { row }] };
}

/** Leaves on their own; undefined when there is no such participant. */
export function leave(group: Group, row: string): Group | undefined {
  const index = group.members.findIndex((member) => member.row === row && member.leaving === undefined);
  if (index < 0) return undefined;
  return { ...group, members: group.members.toSpliced(index, 1) };
}

/**
 * Somebody changes their number in WhatsApp: their membership moves, and their place in the list stays. That is no
 * joining and no leaving, so neither status, link nor limit counts, and the old number is not barred.
 */
export function changeNumber(group: Group, from: string, to: string): Group | NumberChangeRefusal {
  const members = present(group);
  if (!members.some((member) => member.row === from)) return "not-a-member";
  if (members.some((member) => member.row === to)) return "already-a-member";
  if (group.removed.includes(to)) return "removed";
  const moved = ({ row, leaving }: Member): boolean => row === from && leaving === undefined;
  return { ...group, members: group.members.map((member) => (moved(member) ? { row: to } : member)) };
}

/** Removes those of `rows` who are in the group; they stay listed for `reads` more listings. Tells who was removed. */
export function remove(group: Group, rows: readonly string[], reads: Reads): { group: Group; removed: string[] } {
  const gone = new Set(present(group).flatMap(({ row }) => (rows.includes(row) ? [row] : [])));
  const members = group.members.flatMap((member): Member[] => {
    if (member.leaving !== undefined || !gone.has(member.row)) return [member];
    return reads === 0 ? [] : [{ row: member.row, leaving: reads }];
  });
  const removed = [...new Set([...group.removed, ...gone])];
  return { group: { ...group, members, removed }, removed: [...gone] };
}

/** The group after one more listing: who was still listed has one reading less to go. */
export function afterListing(group: Group): Group {
  if (!group.members.some((member) => typeof member.leaving === "number")) return group;
  const members = group.members.flatMap((member): Member[] => {
    if (typeof member.leaving !== "number") return [member];
    return member.leaving <= 1 ? [] : [{ row: member.row, leaving: member.leaving - 1 }];
  });
  return { ...group, members };
}

/** The group in another status, for good: a creation or deletion under way is off. */
export function inStatus(group: Group, status: GroupStatus): Group {
  const { settling, ...rest } = group;
  return settling === undefined && group.status === status ? group : { ...rest, status };
}

/** The group as ListChatGroup shows it now; undefined: not at all. */
export function listed(group: Group): Group | undefined {
  if (group.listedAs === undefined) return group;
  return group.listedAs.row === null ? undefined : { ...group, ...group.listedAs.row };
}

/** The group after a change that ListChatGroup shows only after `reads` more readings; no `before`: it was made. */
export function lagging(group: Group, before: Group | undefined, reads: Reads): Group {
  if (reads === 0) return group;
  const shown = before === undefined ? undefined : listed(before);
  if (shown === undefined) return { ...group, listedAs: { row: null, reads } };
  const { subject, description, inviteLink, profilePictureFile, modified } = shown;
  return { ...group, listedAs: { row: { subject, description, inviteLink, profilePictureFile, modified }, reads } };
}

/** The group after one more reading of the list of groups: what lags or settles comes nearer; undefined: gone. */
export function afterGroupListing(group: Group): Group | undefined {
  const { settling, listedAs, ...rest } = group;
  if (listedAs !== undefined) {
    if (listedAs.reads === null) return group;
    const still = listedAs.reads > 1 ? { listedAs: { row: listedAs.row, reads: listedAs.reads - 1 } } : {};
    return { ...rest, ...(settling === undefined ? {} : { settling }), ...still };
  }
  if (settling === undefined || settling.reads === null) return group;
  if (settling.reads > 1) return { ...rest, settling: { to: settling.to, reads: settling.reads - 1 } };
  return settling.to === "GONE" ? undefined : { ...rest, status: "ACTIVE" };
}
