import { ANA, BUDI, CITRA } from "../world";
import { nobody, testGroupRule } from "./tables";

testGroupRule({
  rule: "removes-everybody",
  passes: [
    ["one declared person stays", {}, ANA, BUDI],
    ["one protected person stays", { protect: new Set([CITRA]) }, BUDI, CITRA],
    ["everybody goes, as allowed", { allowEmpty: true }, BUDI],
    ["nobody is there", {}],
    ["the roster declares nobody, which another guard tells", { members: nobody }, BUDI],
  ],
  held: [
    ["everybody who is there goes", {}, BUDI, CITRA],
    ["the only one there goes", {}, BUDI],
    ["everybody is released", { released: new Set([BUDI]) }, BUDI],
  ],
  names: [BUDI, CITRA, "2 removals", "allowEmpty: true in stacks/main/jakarta/ops.yaml"],
});
