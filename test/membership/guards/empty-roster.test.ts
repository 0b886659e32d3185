import { ANA, BUDI, members } from "../world";
import { nobody, testGroupRule } from "./tables";

testGroupRule({
  rule: "empty-roster",
  passes: [
    ["one person is declared", { members: members(ANA) }, ANA],
    ["nobody is declared, as allowed", { members: nobody, allowEmpty: true }, ANA],
    ["nobody is declared, in a group that reports", { members: nobody, undeclared: "report" }, ANA],
  ],
  held: [
    ["nobody is declared", { members: nobody }, ANA, BUDI],
    ["nobody is declared and nobody is there", { members: nobody }],
    ["nobody is declared and all are released", { members: nobody, released: new Set([ANA]) }, ANA],
  ],
  names: [ANA, BUDI, "2 removals", "allowEmpty: true in stacks/main/jakarta/ops.yaml"],
});
