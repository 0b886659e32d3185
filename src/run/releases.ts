import type { Release } from "../roster";
import type { RunPlan } from "./plan-run";

/**
 * Releases that take nothing out of the limits any more: everybody they name is gone from their groups, or declared. Of a
 * group that could not be listed nothing is known, so a release for it may be in use still.
 * @returns one line for each
 */
export function idleReleases(releases: readonly Release[], { groups }: RunPlan): readonly string[] {
  const inUse = (release: Release): boolean =>
    groups.some(
      ({ desired, verdict: { plan } }) =>
        (release.groups?.includes(desired.name) ?? true) &&
        (plan === undefined || plan.remove.some(({ number }) => release.people.includes(number))),
    );
  return releases
    .filter((release) => !inUse(release))
    .map(({ at, until }) => `${at}: this release (until ${until}) matches no removal any more, and can be deleted`);
}
