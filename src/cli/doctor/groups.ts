/** What `doctor` finds in the declared groups: one line for each kind of trouble, however many have it. */
import { GROUP_SIZE, type GroupInfo } from "../../cams";
import { fail, type Finding, ok, subjectOf, warn } from "../../report/checkup";
import type { Declared } from "../../run/desired";
import type { Settings } from "../../settings";
import { plural } from "../../text/plural";

/** @param groups what the accounts have, by GroupId */
export function examineGroups(declared: readonly Declared[], groups: ReadonlyMap<string, GroupInfo>): Finding[] {
  const those = new Map<string, Declared[]>();
  for (const one of declared) {
    const state = stateOf(groups.get(one.ref.group));
    const others = those.get(state);
    if (others === undefined) those.set(state, [one]);
    else others.push(one);
  }
  const well = those.get("well")?.length ?? 0;
  those.delete("well");
  return [
    ...[...those].sort(([a], [b]) => (a < b ? -1 : 1)).map(([state, troubled]) => troubleOf(state, troubled)),
    ...(well > 0 ? [ok("groups", `${well} of ${declared.length} are ACTIVE and can be joined`)] : []),
  ];
}

/** A status that CAMS gives, which is in capitals, or one of ours. */
function stateOf(info: GroupInfo | undefined): string {
  if (info === undefined) return "absent";
  if (info.status !== "ACTIVE") return info.status;
  return info.inviteLink === "" ? "unlinked" : "well";
}

function troubleOf(state: string, troubled: readonly Declared[]): Finding {
  const names = troubled.map(({ ref, desired }) => `${desired.name} (${ref.group})`);
  const [who, one] = [subjectOf(names, "groups"), troubled.length === 1];
  const where = one ? (troubled[0]?.desired.file ?? "") : "each roster";
  switch (state) {
    case "absent":
      return fail(
        "group",
        `${who} ${one ? "is" : "are"} not in the account`,
        `check the group of ${where}: GroupIds are case-sensitive`,
      );
    case "unlinked":
      return warn(
        "group",
        `${who} ${one ? "has" : "have"} no invite link`,
        "nobody can join until AddChatGroupInviteLink made one",
      );
    default:
      return warn(
        "group",
        `${who} ${one ? "is" : "are"} ${state}`,
        `nobody can be removed until ${one ? "it is" : "they are"} ACTIVE; see the CAMS console`,
      );
  }
}

export function examineLimits(declared: readonly Declared[], { callsPerSecond }: Settings): Finding[] {
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
    ok(
      "limits",
      `a roll call of ${plural(declared.length, "group")} takes about ${seconds} s at ${callsPerSecond} calls a second`,
    ),
  ];
}
