/** A folder without any roster: normal for a new stack, but most likely a mistake for a stack that had groups. */
import type { LastRun } from "./last-run";

/** Most groups that the message names. */
const MOST_NAMES = 3;

/**
 * Why a run may not continue without any roster; undefined when it may, because the state knows no group.
 * @param folder the folder without rosters, as messages show it
 * @param last undefined when the state could not be read: it may know groups
 */
export function noRostersText(folder: string, last: Pick<LastRun, "names"> | undefined): string | undefined {
  const names = last === undefined ? undefined : [...last.names.keys()].sort();
  if (names?.length === 0) return undefined;
  return (
    `there are no rosters in ${folder}, and ${names === undefined ? UNREAD : known(names)}. Without rosters a run would delete the ` +
    "resources of all these groups, and forget what is known of them: who was there, and which removals were not completed. " +
    "Nobody would be removed. Nothing was done. Put the rosters back, or set rollcall:rosters to their folder; to give up all groups " +
    "of the stack, use `pulumi destroy`, which removes nobody either"
  );
}

const UNREAD = "the stack's state could not be read (`pulumi stack export`), so that it may know groups";

function known(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `the state knows ${names.length} group${names.length === 1 ? "" : "s"}: ${shown}${more}`;
}
