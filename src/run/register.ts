import * as pulumi from "@pulumi/pulumi";
import { ChatGroupParticipants, type RolledArgs } from "../provider/resource";
import { ROLL_CALL, type RollCall } from "../provider/shapes";
import type { LastRun } from "./last-run";
import type { Survey, Surveyed } from "./survey";

/**
 * Registers one resource per group. A group that a guard holds, or that was not looked at, is registered as it was.
 *
 * When a held group has no resource to leave as it was, it is not registered at all: a new group is adopted only once it
 * could be looked at, and a group that belongs to another roster's resource stays there. When the state could not be
 * read, nobody knows which held group is new, and `up` registers none of them. That loses nothing: a run with a held
 * group ends in failure, after which Pulumi deletes no resource. A preview, which ends well, would show deletions that
 * never come, and so registers them. A group that was not looked at holds nothing up, so it has to be registered, and
 * the survey leaves only those alone that have a resource of their own.
 *
 * @returns the resources of approved groups: what any other says of failures is of an earlier run
 */
export async function registerGroups(
  seen: Survey,
  last: LastRun | undefined,
  root: string,
): Promise<readonly ChatGroupParticipants[]> {
  const renamed = renamedGroups(seen, last);
  const registered = seen.groups.filter(({ desired: { name, group }, history, verdict }) => {
    if (verdict.kind === "approved") return true;
    if (history.kind === "unknown") return pulumi.runtime.isDryRun();
    return history.kind === "adopted" && (last?.names.has(name) === true || renamed.has(group));
  });
  const resources = await inTurn(registered, (one) => registerGroup(one, renamed.get(one.desired.group), root));
  return resources.filter((_, index) => registered[index]?.verdict.kind === "approved");
}

/** Registrations under way at once: Pulumi checks one after the other, and each waits with some 100 kB of memory. */
const UNDER_WAY = 500;

/** Registers one after the other, each at the bottom of the call stack: Pulumi writes all callers of a registration into state. */
function inTurn(
  all: readonly Surveyed[],
  register: (one: Surveyed) => ChatGroupParticipants,
): Promise<readonly ChatGroupParticipants[]> {
  const resources: ChatGroupParticipants[] = [];
  let settled = 0;
  return new Promise((done) => {
    const next = (): void => {
      const one = all[resources.length];
      if (one === undefined) return;
      const resource = register(one);
      resources.push(resource);
      resource.urn.apply(() => {
        if (++settled === all.length) done(resources);
        else setImmediate(next);
      });
    };
    if (all.length === 0) done(resources);
    for (let i = 0; i < Math.min(UNDER_WAY, all.length); i++) setImmediate(next);
  });
}

function registerGroup(one: Surveyed, was: string | undefined, root: string): ChatGroupParticipants {
  const options: pulumi.CustomResourceOptions = was === undefined ? {} : { aliases: [{ name: was }] };
  return new ChatGroupParticipants(one.desired.name, argsOf(one, root), options);
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

/** Waits for every group to be done, and says which removals did not come to their end. Not for previews. */
export async function failuresOf(resources: readonly ChatGroupParticipants[]): Promise<readonly string[]> {
  const failures = await Promise.all(
    resources.map(({ failed }) => new Promise<string | undefined>((told) => failed.apply(told))),
  );
  return failures.filter((failure) => failure !== undefined).sort();
}
