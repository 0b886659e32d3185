import type { GroupRule } from "./rule";

/** Two rosters have exchanged groups, or one was copied over another: whose people are meant can't be told. */
export const belongsElsewhere: GroupRule = {
  rule: "belongs-elsewhere",
  refuse: ({ desired, elsewhere }) =>
    elsewhere === undefined
      ? undefined
      : `the group belongs to the resource ${elsewhere}, and there is a roster of that name for another group. ` +
        `Give ${desired.file} back the group that it had, or rename it to a name that is not in use`,
};
