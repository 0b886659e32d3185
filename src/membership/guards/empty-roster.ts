import type { GroupRule } from "./rule";

/** A roster that declares nobody is more often a broken template than a wish. */
export const emptyRoster: GroupRule = {
  rule: "empty-roster",
  refuse: ({ desired }) =>
    desired.members.size > 0 || desired.allowEmpty || desired.undeclared === "report"
      ? undefined
      : `the roster declares nobody. If the group really is to be emptied, set allowEmpty: true in ${desired.file}`,
};
