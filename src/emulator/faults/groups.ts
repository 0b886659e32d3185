import { inStatus, join, leave, present } from "../groups/rules";
import type { GroupStatus } from "../groups/types";
import type { Fault, Strike } from "./strike";

/** Things that happen to a group while somebody works on it. They stay: the group really is changed. */
function becomes(status: GroupStatus): Fault {
  return {
    family: "groups",
    summary: `the group becomes ${status} before the call is carried out, and stays so`,
    changesGroup: true,
    strike: (strike) => {
      const found = find(strike);
      if (found !== undefined) strike.world.put(found.business, inStatus(found.group, status));
      return { kind: "reply", reply: strike.apply() };
    },
  };
}

function find({ world, groupId }: Strike) {
  return groupId === undefined ? undefined : world.find(groupId);
}

const participants = ["ListChatGroupParticipants"];

export const groupFaults = {
  "join-race": {
    family: "groups",
    summary: "somebody joins by link right after this listing (nobody does where the rules forbid it)",
    actions: participants,
    value: { meaning: "the number that joins", byDefault: "6590000001" },
    strike: (strike) => {
      const reply = strike.apply();
      const found = find(strike);
      const next = found === undefined ? "no-link" : join(found.group, String(strike.value));
      if (found !== undefined && typeof next !== "string") strike.world.put(found.business, next);
      return { kind: "reply", reply };
    },
  },
  "leave-race": {
    family: "groups",
    summary: "somebody leaves on their own right after this listing",
    actions: participants,
    value: { meaning: "the number that leaves; the last one of the list when empty", byDefault: "" },
    strike: (strike) => {
      const reply = strike.apply();
      const found = find(strike);
      if (found === undefined) return { kind: "reply", reply };
      const last = present(found.group).at(-1)?.row ?? "";
      const next = leave(found.group, strike.value === "" ? last : String(strike.value));
      if (next !== undefined) strike.world.put(found.business, next);
      return { kind: "reply", reply };
    },
  },
  "group-suspended": becomes("SUSPENDED"),
  "group-deleting": becomes("DELETING"),
  "group-inactive": becomes("INACTIVE"),
  "group-gone": {
    family: "groups",
    summary: "the group is deleted, by somebody else, before the call is carried out",
    changesGroup: true,
    strike: (strike) => {
      const found = find(strike);
      if (found !== undefined) strike.world.drop(found.business, found.group.groupId);
      return { kind: "reply", reply: strike.apply() };
    },
  },
} as const satisfies Record<string, Fault>;
