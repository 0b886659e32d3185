import type { GroupInfo } from "../../cams";

/** Why a group can't be changed, as a listing shows it; undefined when it can. */
export function notThere(group: string, groups: readonly GroupInfo[]): string | undefined {
  const row = groups.find((one) => one.group === group);
  if (row === undefined) return "CAMS does not list the group";
  return row.status === "ACTIVE" ? undefined : `the group is ${row.status}. Run pulumi up again when it is ACTIVE`;
}
