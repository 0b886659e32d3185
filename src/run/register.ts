import type * as pulumi from "@pulumi/pulumi";
import { ChatGroupParticipants, type RolledArgs } from "../provider/resource";
import { ROLL_CALL, type RollCall } from "../provider/shapes";
import type { LastRun } from "./last-run";
import type { Survey, Surveyed } from "./survey";

/**
 * Registers one resource per group. A group that a guard holds is registered as it was; when it is new it is not
 * registered at all, so that it is adopted only once it could be looked at.
 */
export function registerGroups(seen: Survey, last: LastRun | undefined, root: string): Promise<void> {
  const renamed = renamedGroups(seen, last);
  // Pulumi writes the stack of each registration's callers into state: half a kilobyte a group, if there are callers.
  return new Promise((done) => {
    setImmediate(() => {
      for (const one of seen.groups) registerGroup(one, renamed.get(one.desired.group), root);
      done();
    });
  });
}

function registerGroup(one: Surveyed, was: string | undefined, root: string): void {
  if (one.verdict.kind === "held" && one.history.kind === "new") return;
  const options: pulumi.CustomResourceOptions = was === undefined ? {} : { aliases: [{ name: was }] };
  new ChatGroupParticipants(one.desired.name, argsOf(one, root), options);
}

/** The names under which the state knows groups whose roster was renamed since, unless another roster goes by it now. */
function renamedGroups(seen: Survey, last: LastRun | undefined): ReadonlyMap<string, string> {
  const names = new Set(seen.groups.map(({ desired }) => desired.name));
  return new Map(
    seen.groups.flatMap(({ desired }) => {
      const was = last?.groups.get(desired.group)?.name;
      return was === undefined || was === desired.name || names.has(was) ? [] : [[desired.group, was] as const];
    }),
  );
}

function argsOf({ ref, desired, history, observed, verdict }: Surveyed, root: string): RolledArgs {
  const roll: RollCall = {
    name: desired.name,
    file: desired.file,
    root,
    held: verdict.kind === "held",
    participants: observed.kind === "whole" ? observed.participants : [],
    unidentified: observed.kind === "whole" ? observed.unidentified : 0,
    removals:
      verdict.kind === "approved"
        ? Object.fromEntries(verdict.approved.remove.map(({ number, name, reason }) => [number, { name, reason }]))
        : {},
    released: [...desired.released],
    adopted: history.kind === "unknown" ? undefined : history.kind === "adopted",
    undeclared: desired.undeclared,
    onAdopt: desired.onAdopt,
    allowEmpty: desired.allowEmpty,
    maxRemovals: desired.maxRemovals,
    protect: [...desired.protect],
  };
  return {
    group: ref.group,
    businessNumber: ref.businessNumber,
    custSpaceId: ref.custSpaceId,
    members: Object.fromEntries(desired.members),
    [ROLL_CALL]: JSON.stringify(roll),
  };
}
