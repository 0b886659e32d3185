import type { GroupRef } from "../cams";
import type { Desired, Digits, FormerReason, Lookup } from "../membership/types";
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
):
  | { readonly kind: "ok"; readonly declared: readonly Declared[] }
  | { readonly kind: "invalid"; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const all = sharedBy(rosters);
  const declared = rosters.rosters.map((roster): Declared => {
    const businessNumber = roster.businessNumber ?? settings.businessNumber ?? "";
    const custSpaceId = roster.custSpaceId ?? settings.custSpaceId ?? "";
    if (businessNumber === "") problems.push(lacks(roster, "businessNumber"));
    if (custSpaceId === "") problems.push(lacks(roster, "custSpaceId"));
    return {
      ref: { group: roster.group, businessNumber, custSpaceId, channelType: settings.channelType },
      desired: toDesired(roster, all, settings, businessNumber),
    };
  });
  return problems.length > 0 ? { kind: "invalid", problems } : { kind: "ok", declared };
}

function lacks({ file }: Roster, key: string): string {
  return `${file}: there is no ${key}: neither the roster nor the setting rollcall:${key} gives one`;
}

/** What every roster of the stack shares. */
interface All extends Pick<Rosters, "releases"> {
  readonly offboarded: Lookup<"offboarded">;
  readonly changed: Lookup<"changed number">;
  /** A former number → the one that its owner has now. */
  readonly formerly: Lookup<Digits>;
  /** People by their numbers, and by their former ones. */
  readonly names: Lookup<string>;
}

function sharedBy({ people, offboarded, formerly, releases }: Rosters): All {
  return {
    releases,
    offboarded: { get: (number) => (offboarded.has(number) ? "offboarded" : undefined) },
    changed: { get: (number) => (formerly.has(number) ? "changed number" : undefined) },
    formerly: { get: (number) => formerly.get(number)?.number },
    names: { get: (number) => people.get(number) ?? formerly.get(number)?.name },
  };
}

/** The one, else the other. Thousands of groups share what all of them know, instead of a copy each. */
const either = <V>(one: Lookup<V>, other: Lookup<V>): Lookup<V> => ({
  get: (number) => one.get(number) ?? other.get(number),
});

function toDesired(roster: Roster, all: All, settings: Settings, businessNumber: string): Desired {
  const members = new Map(roster.members.map(({ number, name }) => [number, name]));
  const released = all.releases.filter(({ groups }) => groups === undefined || groups.includes(roster.name));
  return {
    name: roster.name,
    file: roster.file,
    group: roster.group,
    members,
    former: either<FormerReason>(
      all.offboarded,
      either<FormerReason>(new Map(roster.former.map(({ number, reason }) => [number, reason])), all.changed),
    ),
    formerly: all.formerly,
    names: either(new Map(roster.former.map(({ number, name }) => [number, name])), all.names),
    protect: new Set([...settings.protect, ...roster.protect, businessNumber]),
    released: new Set(released.flatMap(({ people }) => people)),
    undeclared: roster.undeclared ?? settings.undeclared,
    onAdopt: settings.onAdopt,
    allowEmpty: roster.allowEmpty,
    maxRemovals: roster.maxRemovals ?? settings.maxRemovalsPerGroup,
    named: undefined,
  };
}
