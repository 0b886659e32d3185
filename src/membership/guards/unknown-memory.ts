import { plural } from "../../text/plural";
import { nameAll, type GroupRule } from "./rule";

/** Where nobody knows who was in the group before, no other guard can tell a wrong listing from a right one. */
export const unknownMemory: GroupRule = {
  rule: "unknown-memory",
  refuse: ({ plan, history }, show) =>
    history.kind !== "unknown" || plan.remove.length === 0
      ? undefined
      : `${plural(plan.remove.length, "removal")} (${nameAll(plan.remove, show)}), but who was there at the last look is not known, ` +
        `since the stack's state could not be read. Make \`pulumi stack export\` work (log in, give the passphrase), and run again`,
};
