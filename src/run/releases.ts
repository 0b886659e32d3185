import type { Release } from "../roster";
import type { Survey } from "./survey";

/**
 * Releases that take nothing out of the limits any more: everybody they name is gone from their groups, or declared.
 * @returns one line for each
 */
export function idleReleases(releases: readonly Release[], { groups }: Survey): readonly string[] {
  const removed = groups.flatMap(({ desired, verdict }) =>
    (verdict.plan?.remove ?? []).map(({ number }) => ({ name: desired.name, number })),
  );
  return releases
    .filter(
      (release) =>
        !removed.some(
          ({ name, number }) => release.people.includes(number) && (release.groups?.includes(name) ?? true),
        ),
    )
    .map(({ at, until }) => `${at}: this release (until ${until}) matches no removal any more, and can be deleted`);
}
