import type { Desired, History } from "../../../src/membership/types";
import { maskNumber } from "../../../src/text/mask";
import { adopted, ANA, BUDI, CITRA, fresh, unknown } from "../world";
import { judged, rulesOf } from "./history";

describe("unknown-memory", () => {
  test("holds a group of which nobody knows who was there, when somebody would be removed", () => {
    const refusals = judged({}, unknown, [ANA, BUDI, CITRA]);
    expect(rulesOf(refusals)).toEqual(["unknown-memory"]);
    for (const word of ["jakarta/ops (EA93UU0042): 2 removals", BUDI, CITRA, "not known", "`pulumi stack export`"])
      expect(refusals[0]?.message).toContain(word);
  });

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["nobody would be removed", {}, unknown, [ANA]],
    ["whoever is undeclared is protected", { protect: new Set([BUDI]) }, unknown, [ANA, BUDI]],
    ["the memory is known", {}, adopted(ANA), [ANA, BUDI]],
    ["the group is new", { onAdopt: "remove" }, fresh, [ANA, BUDI]],
  ])("passes: %s", (_, over, history, there) => {
    expect(judged(over, history, there)).toEqual([]);
  });

  test("a release does not settle it, and numbers are written as the settings want them", () => {
    const refusals = judged({ released: new Set([BUDI]) }, unknown, [ANA, BUDI], undefined, maskNumber);
    expect(rulesOf(refusals)).toEqual(["unknown-memory"]);
    expect(refusals[0]?.message).not.toMatch(/\d{7}/);
  });
});
