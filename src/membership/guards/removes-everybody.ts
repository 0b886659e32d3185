import { plural } from "../../text/plural";
import { nameAll, type GroupRule } from "./rule";

/**
 * Nobody known would stay. Rows without a number do not count as somebody who stays. A roster that declares nobody is
 * told of by `empty-roster`, whose remedy is the same.
 */
export const removesEverybody: GroupRule = {
  rule: "removes-everybody",
  refuse: ({ desired, plan }, show) =>
    plan.remove.length === 0 ||
    plan.present.length + plan.spared.length > 0 ||
    desired.members.size === 0 ||
    desired.allowEmpty
      ? undefined
      : `${plural(plan.remove.length, "removal")} (${nameAll(plan.remove, show)}) would take out everybody who is in the group. ` +
        `If that is meant, set allowEmpty: true in ${desired.file}`,
};
