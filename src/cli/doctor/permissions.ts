import type { Declared } from "../../run/desired";

/** Writes that the rosters need, and that nothing tries: which permissions somebody has to look up. */
export function unproved(declared: readonly Declared[]): string {
  const more = [
    ...(declared.some(({ named }) => named === false) ? ["AddChatGroup"] : []),
    ...(declared.some(({ wish }) => wish?.subject !== undefined) ? ["UpdateChatGroup"] : []),
    ...(declared.some(({ wish }) => wish !== undefined && wish.link !== "keep") ? ["AddChatGroupInviteLink"] : []),
    ...(declared.some(({ wish }) => wish?.link === "while-awaited") ? ["DeleteChatGroupInviteLink"] : []),
  ];
  const invites = declared.some(({ invite }) => invite !== undefined);
  const permissions = ["DeleteChatGroupParticipants", ...more, ...(invites ? ["SendChatappMessage"] : [])]
    .map((operation) => `cams:${operation}`)
    .join(", ");
  if (invites) {
    const what = more.length === 0 ? "removed and invited" : "removed and invited, and groups and links changed,";
    return `whether people may be ${what} can't be tried without doing so, so look for ${permissions} in the policy`;
  }
  return more.length === 0
    ? `whether people may be removed can't be tried without removing somebody, so look for ${permissions} in the policy`
    : `whether people may be removed, and groups and links changed, can't be tried without doing so, so look for ${permissions} in the policy`;
}
