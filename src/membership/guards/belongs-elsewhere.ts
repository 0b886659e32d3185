import type { Conflict, GroupRule } from "./rule";

/**
 * Two rosters have exchanged groups, one was copied over another, or two stacks declare one group: which people
 * are meant is not known. A roster that would take over the record of such a group is held with it, because the guards of the
 * group need that record.
 */
export const belongsElsewhere: GroupRule = {
  rule: "belongs-elsewhere",
  refuse: ({ desired, conflict }) => (conflict === undefined ? undefined : conflictText(conflict, desired.file)),
};

/** In words. @param file the roster */
export function conflictText(conflict: Conflict, file: string): string {
  switch (conflict.kind) {
    case "other resource":
      return (
        `the group belongs to the resource ${conflict.resource}, and there is a roster of that name for another group. ` +
        `Give the roster ${conflict.resource} back the group that it had, or rename it to a name that is not in use`
      );
    case "name taken":
      return (
        `the group belongs to the resource ${conflict.resource}, and the name of this roster to the group ${conflict.group}. ` +
        `Rename ${file} to ${conflict.resource}, or to a name that is not in use`
      );
    case "takes over":
      return (
        `the name of this roster belongs to the group ${conflict.group}, which the roster ${conflict.roster} declares now. ` +
        `Rename ${file} to a name that is not in use, or give it back that group`
      );
    case "other stack": {
      const { stack, file: other, sure } = conflict;
      const claim = sure
        ? `the stack ${stack} declares the group, too (${other})`
        : `the stack ${stack} may declare the group, too: ${other} has faults (\`rollcall validate\` tells which)`;
      return (
        `${claim}, and each stack would remove the people of the other one. ` +
        `Keep one roster for the group: ${file} or that one`
      );
    }
  }
}
