import { plural } from "../../text/plural";
import { nameAll, type GroupRule } from "./rule";

/** A roster that declares nobody is more often a broken template than a wish. */
export const emptyRoster: GroupRule = {
  rule: "empty-roster",
  refuse: ({ desired, plan }, show) => {
    if (desired.members.size > 0 || desired.allowEmpty || desired.undeclared === "report") return undefined;
    const who = plan.remove.length === 0 ? "" : ` (${nameAll(plan.remove, show)})`;
    return (
      `the roster declares nobody, which makes ${plural(plan.remove.length, "removal")}${who}. ` +
      `If the group really is to be emptied, set allowEmpty: true in ${desired.file}`
    );
  },
};
