import type { GroupInfo } from "../../cams/types";
import { clean, quote } from "../../text/clean";
import { plural } from "../../text/plural";
import { candidatesFor } from "../plan";
import type { GroupWish } from "../types";

/** What is known of earlier tries to make a group. */
export type Intent =
  /** Nobody asked for it before. */
  | "none"
  /** It was asked for, and it is not known whether it was made. */
  | "asked"
  /** The state could not be read. */
  | "unknown"
  /** The roster's group was asked for with another subject, and it is not known whether it was made. */
  | { readonly otherSubject: string };

/**
 * Refuses to make a group that may be there already. AddChatGroup returns no GroupId, so a group with the same subject
 * can't be told from one that was just made. If nobody asked for that group, it was made by hand, and its id is missing
 * in the roster.
 * @returns undefined when the group may be made, or is found by its subject alone
 */
export function ambiguousGroup(
  { name, file, subject = "" }: Pick<GroupWish, "name" | "file" | "subject">,
  groups: readonly GroupInfo[],
  intent: Intent,
): string | undefined {
  const found = candidatesFor(subject, groups);
  const ids = found.map(({ group, status }) => `${clean(group)} (${clean(status)})`).join(", ");
  if (intent === "unknown") {
    return (
      `${name}: the stack's state could not be read, so it is not known whether this group was made before, and it is not made. ` +
      "Make `pulumi stack export` work (log in, give the passphrase), and run again"
    );
  }
  if (typeof intent === "object") {
    return (
      `${name}: an earlier run asked for this group with the subject ${quote(intent.otherSubject)}, and it is not known whether it was made, so ` +
      `another one is not made. Set that subject in ${file} again and run pulumi up once; then change it`
    );
  }
  if (found.length === 0 || (found.length === 1 && intent === "asked")) return undefined;
  const what =
    intent === "asked"
      ? `this group was asked for, and ${plural(found.length, "group")} with the subject ${quote(subject)} are there: ${ids}`
      : `${plural(found.length, "group")} with the subject ${quote(subject)} ${found.length === 1 ? "is" : "are"} there already: ${ids}`;
  return (
    `${name}: ${what}. Another one is not made, since the two could not be told apart. ` +
    `Write \`group:\` with the id that is meant into ${file}, or give it another subject`
  );
}
