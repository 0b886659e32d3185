/** Groups that a run lets go: the state knows them, and no roster declares them any more. */
import type { LetGo } from "../report/summary";
import type { Declared } from "./desired";
import type { LastRun } from "./last-run";

/**
 * By the names of their resources, which are deleted, or stand for another group from now on; sorted. Pulumi deletes their resources and forgets what is known of them; nobody is removed from them.
 * @param last undefined when the state could not be read: then nobody can tell
 */
export function letGo(declared: readonly Declared[], last: Pick<LastRun, "names"> | undefined): readonly LetGo[] {
  const groups = new Set(declared.map(({ ref }) => ref.group));
  return [...(last?.names ?? [])]
    .map(([name, group]) => ({ name, group }))
    .filter(({ group }) => !groups.has(group))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
