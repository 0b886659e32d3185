import { isUsed } from "../invitations/memory";
import type { Standing } from "../invitations/types";
import type { Release } from "../roster";
import type { PlannedGroup, RunPlan } from "./plan-run";

/**
 * Releases that nothing needs any more: everybody they name is gone from their groups, or is declared, and nobody is
 * to be invited by them. Nothing is known of a group that could not be listed, so a release for it may still be in use.
 * @returns one line for each
 */
export function idleReleases(releases: readonly Release[], { groups }: RunPlan): readonly string[] {
  const inUse = (release: Release): boolean =>
    groups.some((one) => (release.groups?.includes(one.desired.name) ?? true) && needs(one, release));
  return releases
    .filter((release) => !inUse(release))
    .map(({ at, until }) => `${at}: this release (until ${until}) matches nothing any more, and can be deleted`);
}

function needs({ verdict: { plan }, invitations }: PlannedGroup, { people, until }: Release): boolean {
  if (plan === undefined) return true;
  if (plan.remove.some(({ number }) => people.includes(number))) return true;
  return people.some((number) => mayNeed(invitations?.standings.get(number), until));
}

/** Whether the release lets a message be sent, now or once something else does not keep it from being sent. */
function mayNeed(standing: Standing | undefined, until: string): boolean {
  if (standing?.kind === "to invite") return standing.purpose === "released";
  const state = standing?.invitation?.state;
  return (state === "failed" || state === "unknown" || state === "lapsed") && !isUsed(standing?.invitation, until);
}
