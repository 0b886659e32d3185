import type { Account, GroupRef } from "../cams";
import type { Intent } from "../groups/guards/ambiguous-group";
import type { GroupWish } from "../groups/types";
import type { InviteWish } from "../invitations/types";
import type { Desired, Digits, FormerReason, Lookup } from "../membership/types";
import type { Roster, Rosters } from "../roster";
import type { Settings } from "../settings";
import { quote } from "../text/clean";
import { inviteWishOf, withConsent } from "./invite-wish";
import type { LastRun, LastUpkeep } from "./last-run";

/** One roster together with the stack's settings: which group it is about, and what is wanted of it. */
export interface Declared {
  /** Its GroupId is empty for a group that is to be made. */
  readonly ref: GroupRef;
  readonly desired: Desired;
  /** What is wanted of the group itself; undefined when nothing is. */
  readonly wish?: GroupWish | undefined;
  /** What is wanted for its invitations; undefined when nobody is to be invited. */
  readonly invite?: InviteWish | undefined;
  /** Whether the roster itself gives the GroupId. */
  readonly named?: boolean;
  /** Set for a group that is not known to be there. */
  readonly make?: ToMake | undefined;
}

/** A group that is to be made. */
export interface ToMake {
  /** What is known of earlier tries. */
  readonly intent: Intent;
}

/** What the state knows of groups that Rollcall made. */
export type MadeBefore = LastRun["chatGroups"] | "not read";

/** What the state knows of groups that Rollcall made. It waits for the state only when a roster names no group. */
export async function madeBefore(
  rosters: Rosters["rosters"],
  reading: Promise<LastRun | undefined>,
): Promise<MadeBefore> {
  if (rosters.every(({ group }) => group !== undefined)) return new Map();
  return (await reading)?.chatGroups ?? "not read";
}

/**
 * Combines each roster with the settings.
 * @param made what the state knows, for rosters that name no group
 * @returns what is declared, or a problem for every roster that lacks an account or contradicts the settings
 */
export function declare(
  rosters: Rosters,
  settings: Settings,
  made: MadeBefore = new Map(),
):
  | { readonly kind: "ok"; readonly declared: readonly Declared[] }
  | { readonly kind: "invalid"; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const all = sharedBy(rosters);
  const names = new Set(rosters.rosters.map(({ name }) => name));
  const subjects = new Map<string, string>();
  const groups = new Map<string, Roster>();
  const standard = inviteWishOf(settings);
  const declared = rosters.rosters.map((roster): Declared => {
    const businessNumber = roster.businessNumber ?? settings.businessNumber ?? "";
    const custSpaceId = roster.custSpaceId ?? settings.custSpaceId ?? "";
    if (businessNumber === "") problems.push(lacks(roster, "businessNumber"));
    if (custSpaceId === "") problems.push(lacks(roster, "custSpaceId"));
    const account = { businessNumber, custSpaceId, channelType: settings.channelType };
    const before = roster.group === undefined ? recordOf(roster, account, names, made) : undefined;
    const group = roster.group ?? before?.group ?? "";
    const wish = toWish(roster, group, account, settings);
    if (wish?.link === "keep" && wish.linkRevision !== undefined) problems.push(idleRevision(roster));
    if (roster.invite === true && standard === undefined) problems.push(noTemplate(roster));
    const invite = standard === undefined || roster.invite === false ? undefined : withConsent(standard, roster);
    const owner = group === "" ? undefined : groups.get(group);
    if (owner !== undefined && (owner.group === undefined || roster.group === undefined))
      problems.push(oneGroup(roster, owner, group));
    groups.set(group, roster);
    const heir = before === undefined ? undefined : heirOf(before, roster, account, rosters, settings);
    if (heir !== undefined) problems.push(nameTaken(roster, heir));
    const subject = `${businessNumber} ${custSpaceId} ${roster.subject ?? ""}`;
    if (roster.group === undefined) {
      const twin = subjects.get(subject);
      if (twin !== undefined) problems.push(twins(roster, twin));
      subjects.set(subject, roster.file);
    }
    return {
      ref: { group, ...account },
      desired: toDesired(roster, group, all, settings, businessNumber),
      ...(wish === undefined ? {} : { wish, named: roster.group !== undefined }),
      ...(invite === undefined ? {} : { invite }),
      ...(group === "" ? { make: { intent: intentOf(roster, before, made) } } : {}),
    };
  });
  return problems.length > 0 ? { kind: "invalid", problems } : { kind: "ok", declared };
}

function lacks({ file }: Roster, key: string): string {
  return `${file}: there is no ${key}: neither the roster nor the setting rollcall:${key} gives one`;
}

const idleRevision = ({ file }: Roster): string =>
  `${file}: linkRevision does nothing while inviteLink is keep: set inviteLink to open or while-awaited, here or as rollcall:inviteLink`;

const noTemplate = ({ file }: Roster): string =>
  `${file}: invite is true, and there is no template to invite people with: set rollcall:invitationTemplate, or delete invite`;

const twins = ({ file, subject = "" }: Roster, other: string): string =>
  `${file}: ${other} makes a group with the subject ${quote(subject)}, too, and CAMS could not tell the two apart. Give one of the two another subject`;

const oneGroup = ({ file }: Roster, { file: other }: Roster, group: string): string =>
  `${file}: ${other} is about the group ${group}, too, as the state knows it, and each would remove the people of the other. ` +
  "Take one of them out; a new group may not go by the name of a roster that was renamed in the same run: give it another name";

const nameTaken = ({ name, file }: Roster, { file: other, subject = "" }: Roster): string =>
  `${file}: the state knows the group of ${name} as ${quote(subject)}, and ${other} has that subject now, so it can't be told which of ` +
  "the two keeps that group and its people. Give the new one a name that no roster had before, or run pulumi up without it first";

/**
 * Another roster that perhaps keeps the group of a record. This is so when a roster was renamed while a new one took
 * its old name. The other roster names no group and has the subject with which the group was made. The roster that has
 * the old name now has another subject.
 */
function heirOf(
  { inputs }: LastUpkeep,
  { name, subject }: Roster,
  { businessNumber, custSpaceId }: Account,
  { rosters }: Rosters,
  settings: Settings,
): Roster | undefined {
  if (inputs.subject === subject) return undefined;
  return rosters.find(
    (one) =>
      one.name !== name &&
      one.group === undefined &&
      one.subject === inputs.subject &&
      (one.businessNumber ?? settings.businessNumber) === businessNumber &&
      (one.custSpaceId ?? settings.custSpaceId) === custSpaceId,
  );
}

/**
 * The record of a group that Rollcall made: under the roster's name or, after a rename, under a name that no roster
 * has.
 */
function recordOf(
  { name, subject }: Roster,
  { businessNumber, custSpaceId }: Account,
  names: ReadonlySet<string>,
  made: MadeBefore,
): LastUpkeep | undefined {
  if (made === "not read") return undefined;
  const own = made.get(name);
  if (own !== undefined) return own;
  const isSame = ({ inputs }: LastUpkeep): boolean =>
    inputs.subject === subject && inputs.businessNumber === businessNumber && inputs.custSpaceId === custSpaceId;
  return [...made].find(([was, record]) => !names.has(was) && isSame(record))?.[1];
}

function intentOf({ subject }: Roster, before: LastUpkeep | undefined, made: MadeBefore): Intent {
  if (made === "not read") return "unknown";
  if (before?.pending !== true) return "none";
  return before.inputs.subject === subject ? "asked" : { otherSubject: String(before.inputs.subject) };
}

function toWish(roster: Roster, group: string, account: Account, settings: Settings): GroupWish | undefined {
  const link = roster.inviteLink ?? settings.inviteLink;
  const { name, file, subject, description, linkRevision } = roster;
  if (subject === undefined && link === "keep" && linkRevision === undefined) return undefined;
  return {
    ...{ name, file, account, subject, description, link, linkRevision },
    group: group === "" ? undefined : group,
  };
}

/** What every roster of the stack shares. */
interface All extends Pick<Rosters, "releases"> {
  readonly offboarded: Lookup<"offboarded">;
  readonly changed: Lookup<"changed number">;
  /** A former number → the number that its owner has now. */
  readonly formerly: Lookup<Digits>;
  /** Names of people, by their numbers and by their former ones. */
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

/** Looks a number up in `one`, then in `other`. So thousands of groups share common data instead of a copy each. */
const either = <V>(one: Lookup<V>, other: Lookup<V>): Lookup<V> => ({
  get: (number) => one.get(number) ?? other.get(number),
});

function toDesired(roster: Roster, group: string, all: All, settings: Settings, businessNumber: string): Desired {
  const members = new Map(roster.members.map(({ number, name }) => [number, name]));
  const released = all.releases.filter(({ groups }) => groups === undefined || groups.includes(roster.name));
  return {
    name: roster.name,
    file: roster.file,
    group,
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
