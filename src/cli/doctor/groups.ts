/** What `doctor` finds in the declared groups: one line for each kind of trouble, however many have it. */
import { accountKey, GROUP_SIZE, type GroupInfo } from "../../cams";
import { ambiguousGroup, type Intent } from "../../groups/guards/ambiguous-group";
import { textsToSet } from "../../groups/plan";
import { fail, type Finding, ok, subjectOf, warn } from "../../report/checkup";
import type { Declared } from "../../run/desired";
import type { Settings } from "../../settings";
import { plural } from "../../text/plural";

/** The groups of one account, by GroupId. */
export type Listed = ReadonlyMap<string, GroupInfo>;

/** @param listed by `accountKey` */
export function examineGroups(declared: readonly Declared[], listed: ReadonlyMap<string, Listed>): Finding[] {
  const those = new Map<string, Declared[]>();
  const [ambiguous, different]: [Finding[], Declared[]] = [[], []];
  for (const one of declared) {
    const groups = listed.get(accountKey(one.ref)) ?? new Map<string, GroupInfo>();
    const message = ambiguity(one, [...groups.values()]);
    if (message !== undefined) {
      ambiguous.push(fail("group", message, ""));
      continue;
    }
    const info = groups.get(one.ref.group);
    if (info !== undefined && Object.keys(textsToSet(one.wish ?? NO_TEXTS, info)).length > 0) different.push(one);
    const state = one.make === undefined ? stateOf(one, info) : toMakeAs(one.make.intent);
    const others = those.get(state);
    if (others === undefined) those.set(state, [one]);
    else others.push(one);
  }
  const well = those.get("well")?.length ?? 0;
  those.delete("well");
  const kept = declared.filter(({ wish }) => wish !== undefined && wish.link !== "keep").length;
  return [
    ...ambiguous,
    ...[...those].sort(([a], [b]) => (a < b ? -1 : 1)).map(([state, some]) => findingOf(state, some)),
    ...(different.length > 0 ? [differenceOf(different)] : []),
    ...(well > 0 ? [ok("groups", `${well} of ${declared.length} are ACTIVE and can be joined`)] : []),
    ...(kept > 0 ? [ok("links", `those of ${plural(kept, "group")} of ${declared.length} are kept by Rollcall`)] : []),
  ];
}

const NO_TEXTS = { subject: undefined, description: undefined };

/** Groups that are still to be made, by what is known of earlier tries. */
const TO_MAKE = { none: "to make", asked: "asked for", unknown: "perhaps made" } as const;

const toMakeAs = (intent: Intent): string => (typeof intent === "object" ? TO_MAKE.asked : TO_MAKE[intent]);

/** Why a group is not made although it is to be. That the state can't be read is said of all such groups at once. */
function ambiguity({ make, wish }: Declared, groups: readonly GroupInfo[]): string | undefined {
  if (make === undefined || wish === undefined || make.intent === "unknown") return undefined;
  return ambiguousGroup(wish, groups, make.intent);
}

/** A status that CAMS gives, which is in capitals, or one of ours. */
function stateOf({ named, wish }: Declared, info: GroupInfo | undefined): string {
  if (info === undefined) return named === false ? "gone" : "absent";
  if (info.status !== "ACTIVE") return info.status;
  return info.inviteLink === "" ? UNLINKED[wish?.link ?? "keep"] : "well";
}

/** Groups without a link, by who keeps it. */
const UNLINKED = { keep: "unlinked", open: "to link", "while-awaited": "linked while awaited" } as const;

/** Groups by name, with their ids where they have one. */
function whoOf(some: readonly Declared[]): string {
  const names = some.map(({ ref, desired }) => (ref.group === "" ? desired.name : `${desired.name} (${ref.group})`));
  return subjectOf(names, "groups");
}

function findingOf(state: string, some: readonly Declared[]): Finding {
  const [who, one] = [whoOf(some), some.length === 1];
  const where = one ? (some[0]?.desired.file ?? "") : "each roster";
  const [is, was, has, it] = one ? ["is", "was", "has", "it"] : ["are", "were", "have", "them"];
  switch (state) {
    case "absent":
      return fail(
        "group",
        `${who} ${is} not in the account`,
        `check the group of ${where}: GroupIds are case-sensitive`,
      );
    case "gone":
      return fail(
        "group",
        `${who} ${was} made by Rollcall, and ${is} not in the account any more`,
        `see in the CAMS console what became of ${it}; ${where} can name another one with group:`,
      );
    case "to make":
      return ok("group", `${who} ${is} still to be made, which the next \`pulumi up\` does`);
    case "asked for":
      return warn(
        "group",
        `${who} ${was} asked for, and it is not known what became of that`,
        `\`pulumi up\` looks for ${it}, and makes no second one`,
      );
    case "perhaps made":
      return warn(
        "group",
        `${who} ${one ? "names" : "name"} no GroupId, and without the state it is not known whether ${one ? "it was" : "they were"} made`,
        "none is made until `pulumi stack export` works",
      );
    case "unlinked":
      return warn(
        "group",
        `${who} ${has} no invite link`,
        "nobody can join until AddChatGroupInviteLink made one, which `pulumi up` calls where inviteLink is open",
      );
    case "to link":
      return warn("group", `${who} ${has} no invite link`, "the next `pulumi up` makes one, as inviteLink: open says");
    case "linked while awaited":
      return ok("group", `${who} ${has} no invite link; \`pulumi up\` makes one while somebody is awaited`);
    default:
      return warn(
        "group",
        `${who} ${is} ${state}`,
        `nobody can be removed until ${one ? "it is" : "they are"} ACTIVE; see the CAMS console`,
      );
  }
}

const differenceOf = (some: readonly Declared[]): Finding =>
  warn(
    "group",
    `${whoOf(some)} ${some.length === 1 ? "has" : "have"} another subject or description than declared`,
    "the next `pulumi up` sets it",
  );

export function examineLimits(
  declared: readonly Declared[],
  { callsPerSecond, maxNewGroupsPerRun }: Settings,
): Finding[] {
  const toMake = declared.filter(({ make }) => make !== undefined).length;
  const full = declared.filter(({ desired }) => desired.members.size >= GROUP_SIZE).map(({ desired }) => desired.name);
  const who = subjectOf(full, "rosters");
  const seconds = Math.ceil(declared.length / callsPerSecond);
  return [
    ...(full.length === 0
      ? []
      : [
          warn(
            "limits",
            `${who} ${full.length === 1 ? "declares" : "declare"} ${GROUP_SIZE} people, all that WhatsApp allows`,
            "nobody else fits in",
          ),
        ]),
    ...(toMake <= maxNewGroupsPerRun
      ? []
      : [
          warn(
            "limits",
            `${plural(toMake, "group")} are to be made, more than the run's limit of ${maxNewGroupsPerRun}`,
            `to permit it, set rollcall:maxNewGroupsPerRun to ${toMake}`,
          ),
        ]),
    ok(
      "limits",
      `a roll call of ${plural(declared.length, "group")} takes about ${seconds} s at ${callsPerSecond} calls a second`,
    ),
  ];
}
