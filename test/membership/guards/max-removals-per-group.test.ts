import { ANA, BUDI, CITRA, DEWI, EKO } from "../world";
import { testGroupRule } from "./tables";

testGroupRule({
  rule: "max-removals-per-group",
  passes: [
    ["as many as the limit", { maxRemovals: 2 }, ANA, BUDI, CITRA],
    ["one more than the limit, one released", { maxRemovals: 1, released: new Set([CITRA]) }, ANA, BUDI, CITRA],
    ["none, with a limit of none", { maxRemovals: 0 }, ANA],
    ["one, with a limit of none, released", { maxRemovals: 0, released: new Set([BUDI]) }, ANA, BUDI],
  ],
  held: [
    ["one more than the limit", { maxRemovals: 2 }, ANA, BUDI, CITRA, DEWI],
    ["one, with a limit of none", { maxRemovals: 0 }, ANA, BUDI],
    ["somebody else is released", { maxRemovals: 0, released: new Set([EKO]) }, ANA, BUDI],
    ["offboarded people count in a group", { maxRemovals: 0, former: new Map([[BUDI, "offboarded"]]) }, ANA, BUDI],
  ],
  names: [
    ...[BUDI, CITRA, DEWI, "3 removals", "limit of 2", "maxRemovals: 3 in stacks/main/jakarta/ops.yaml"],
    ...["rollcall:maxRemovalsPerGroup", "releases.yaml"],
  ],
});
