/** Groups that a run lets go: the state knows them, and no roster declares them any more. */
import type { LetGo } from "../report/summary";
import type { Declared } from "./desired";
import type { LastRun } from "./last-run";

/**
 * The groups that are let go, by the names of their resources, sorted. A resource is deleted, or stands for another
 * group from now on. Pulumi forgets what is known of the group; nobody is removed from it.
 * @param last undefined when the state could not be read: then no group is known, and the list is empty
 */
export function letGo(declared: readonly Declared[], last: Pick<LastRun, "names"> | undefined): readonly LetGo[] {
  const groups = new Set(declared.map(({ ref }) => ref.group));
  return [...(last?.names ?? [])]
    .map(([name, group]) => ({ name, group }))
    .filter(({ group }) => !groups.has(group))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
