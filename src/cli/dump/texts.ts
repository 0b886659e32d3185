import { MOST_CHARACTERS, type GroupInfo } from "../../cams";
import type { LiveGroup } from "../../report/roster-text";
import { safeLines, safeTitle } from "../../text/clean";

/** What is written of a group besides its people. */
export type Texts = Pick<LiveGroup, "group" | "subject" | "description" | "keys">;

/** @param subjects whether subject and description become keys, as far as a roster can say them */
export function textsOf(
  { group, subject, description }: Pick<GroupInfo, "group" | "subject" | "description">,
  subjects: boolean,
): Texts {
  if (!subjects) return { group, subject, description: "", keys: [] };
  const named = safeTitle(MOST_CHARACTERS.subject).test(subject);
  const described = description !== "" && safeLines(MOST_CHARACTERS.description).test(description);
  // A roster takes a description beside a subject only.
  const keys: Texts["keys"] = !named ? [] : described ? ["subject", "description"] : ["subject"];
  return { group, subject, description, keys };
}
