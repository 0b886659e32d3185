/** What is to be done for groups themselves: to make them, or to set their subject or description. */
import type { GroupInfo } from "../cams/types";
import type { GroupWish, Upkeep } from "./types";

/** The texts of a group that differ from the wish for it. */
export function textsToSet(
  { subject, description }: Pick<GroupWish, "subject" | "description">,
  live: Pick<GroupInfo, "subject" | "description">,
): Upkeep["set"] {
  return {
    ...(subject === undefined || subject === live.subject ? {} : { subject: { from: live.subject, to: subject } }),
    ...(description === undefined || description === live.description
      ? {}
      : { description: { from: live.description, to: description } }),
  };
}

/** Groups that may be the one that was to be made: the subject is the only sign that CAMS gives. */
export const candidatesFor = (subject: string, groups: readonly GroupInfo[]): readonly GroupInfo[] =>
  groups.filter((one) => one.subject === subject && one.status !== "DELETING");

/** Whether there is anything to do. */
export const isIdle = ({ create, set, link }: Upkeep): boolean =>
  !create && link === undefined && Object.keys(set).length === 0;
