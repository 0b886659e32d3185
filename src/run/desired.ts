import type { GroupRef } from "../cams";
import type { Desired } from "../membership/types";
import type { Roster, Rosters } from "../roster";
import type { Settings } from "../settings";

/** One roster with the stack's settings folded in: where the group is, and what is wanted of it. */
export interface Declared {
  readonly ref: GroupRef;
  readonly desired: Desired;
}

/**
 * Folds settings into rosters.
 * @returns what is declared, or every roster that lacks an account
 */
export function declare(
  rosters: Rosters,
  settings: Settings,
): { readonly declared: readonly Declared[] } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const declared = rosters.rosters.map((roster): Declared => {
    const businessNumber = roster.businessNumber ?? settings.businessNumber ?? "";
    const custSpaceId = roster.custSpaceId ?? settings.custSpaceId ?? "";
    if (businessNumber === "") problems.push(lacks(roster, "businessNumber"));
    if (custSpaceId === "") problems.push(lacks(roster, "custSpaceId"));
    return {
      ref: { group: roster.group, businessNumber, custSpaceId, channelType: settings.channelType },
      desired: toDesired(roster, rosters, settings, businessNumber),
    };
  });
  return problems.length > 0 ? { problems } : { declared };
}

function lacks({ file }: Roster, key: string): string {
  return `${file}: there is no ${key}: neither the roster nor the setting rollcall:${key} gives one`;
}

function toDesired(roster: Roster, all: Rosters, settings: Settings, businessNumber: string): Desired {
  const members = new Map(roster.members.map(({ number, name }) => [number, name]));
  const former = new Map(roster.former.map(({ number, reason }) => [number, reason]));
  for (const number of all.offboarded) former.set(number, "offboarded");
  const released = all.releases.filter(({ groups }) => groups === undefined || groups.includes(roster.name));
  return {
    name: roster.name,
    file: roster.file,
    group: roster.group,
    members,
    former,
    names: new Map([...all.people, ...roster.former.map(({ number, name }) => [number, name] as const)]),
    protect: new Set([...settings.protect, ...roster.protect, businessNumber]),
    released: new Set(released.flatMap(({ people }) => people)),
    undeclared: roster.undeclared ?? settings.undeclared,
    onAdopt: settings.onAdopt,
    allowEmpty: roster.allowEmpty,
    maxRemovals: roster.maxRemovals ?? settings.maxRemovalsPerGroup,
  };
}
