import type { Conflict } from "../membership/guards";
import type { Declared } from "./desired";
import type { LastRun } from "./last-run";
import type { OtherRoster } from "./other-stacks";

/**
 * Which rosters are perhaps not the only ones of their group, or would take over the record of another group. The
 * guards know a group only by its record. So a roster that would take over a record is held, together with the record's
 * owner.
 * @returns GroupId → why
 */
export function conflictsOf(
  declared: readonly Declared[],
  last: LastRun | undefined,
  elsewhere: ReadonlyMap<string, OtherRoster>,
): ReadonlyMap<string, Conflict> {
  const rosters = new Map(declared.map(({ desired }) => [desired.group, desired.name]));
  const inUse = new Set(rosters.values());
  return new Map(
    declared.flatMap(({ desired: { group, name } }) => {
      const conflict = conflictOf(group, name);
      return conflict === undefined ? [] : [[group, conflict] as const];
    }),
  );

  function conflictOf(group: string, name: string): Conflict | undefined {
    const other = elsewhere.get(group);
    if (other !== undefined) return { kind: "other stack", ...other };
    const resource = last?.groups.get(group)?.name;
    if (resource === name) return undefined;
    const own = last?.names.get(name);
    if (resource !== undefined && inUse.has(resource)) return { kind: "other resource", resource };
    // A run that could not read the state may have made a second record of the group, under the roster's new name.
    if (own === undefined || own === group) return undefined;
    if (resource !== undefined) return { kind: "name taken", resource, group: own };
    const roster = rosters.get(own);
    return roster === undefined ? undefined : { kind: "takes over", group: own, roster };
  }
}
