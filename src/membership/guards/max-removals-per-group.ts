import { plural } from "../../text/plural";
import { nameAll, type GroupRule } from "./rule";

export const maxRemovalsPerGroup: GroupRule = {
  rule: "max-removals-per-group",
  refuse: ({ desired, plan }, show) => {
    const counted = plan.remove.filter((person) => !desired.released.has(person.number));
    if (counted.length <= desired.maxRemovals) return undefined;
    return (
      `${plural(counted.length, "removal")} (${nameAll(counted, show)}), ` +
      `more than this group's limit of ${desired.maxRemovals}. To permit it, set maxRemovals: ${counted.length} in ` +
      `${desired.file}, or rollcall:maxRemovalsPerGroup for every group, or release these people in releases.yaml`
    );
  },
};
