import { isSuspicious } from "../../../src/membership/guards";
import { strictMemory } from "../../../src/membership/memory";
import { planGroup } from "../../../src/membership/plan";
import type { Desired, History } from "../../../src/membership/types";
import { maskNumber } from "../../../src/text/mask";
import { adopted, ANA, BUDI, CITRA, desire, DEWI, EKO, fresh, members, remembered, unknown, whole } from "../world";
import { judged, rulesOf, without } from "./history";

describe("suspicious-listing", () => {
  const everybody = members(ANA, BUDI, CITRA, DEWI, EKO);
  const five = [ANA, BUDI, CITRA, DEWI, EKO] as const;
  const six = [...five, "628110000006"] as const;
  const known = adopted(...five);
  const imported: History = { kind: "new", memory: strictMemory(everybody) };
  const spared = new Map([BUDI, CITRA, DEWI].map((number) => [number, "adoption" as const]));

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["everybody is there", { members: everybody }, known, [ANA, BUDI, CITRA, DEWI, EKO]],
    ["two of five left", { members: everybody }, known, [ANA, BUDI, CITRA]],
    ["two of two left, which is less than three", { members: members(ANA, BUDI) }, adopted(ANA, BUDI), []],
    [
      "three of six left, which is not more than half",
      { members: members(...six) },
      adopted(...six),
      [ANA, BUDI, CITRA],
    ],
    ["three left, one of them released", { members: everybody, released: new Set([CITRA]) }, known, [ANA, BUDI]],
    ["three who are not declared any more are gone", { members: members(ANA, BUDI) }, known, [ANA, BUDI]],
    ["three who were never there are not there", { members: everybody }, adopted(ANA, BUDI), [ANA, BUDI]],
    [
      "three who had left before are not there",
      { members: everybody },
      without(five, { [CITRA]: "left", [DEWI]: "left", [EKO]: "left" }),
      [ANA, BUDI],
    ],
    [
      "three are gone whom the last run removed, and who are declared again",
      { members: everybody },
      remembered({
        declared: members(ANA, BUDI),
        removing: new Map([CITRA, DEWI, EKO].map((number) => [number, { name: "", reason: "dropped from roster" }])),
      }),
      [ANA, BUDI],
    ],
    ["a new group", { members: everybody }, fresh, [ANA]],
    ["the state could not be read", { members: everybody }, unknown, [ANA]],
  ])("passes: %s", (_, over, history, there) => {
    expect(rulesOf(judged(over, history, there))).not.toContain("suspicious-listing");
  });

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["three of five left", { members: everybody }, known, [ANA, BUDI]],
    ["three of three left", { members: members(ANA, BUDI, CITRA) }, adopted(ANA, BUDI, CITRA), []],
    ["four of six left", { members: members(...six) }, adopted(...six), [ANA, BUDI]],
    ["four left, one of them released", { members: everybody, released: new Set([CITRA]) }, known, [ANA]],
    ["three left, and somebody else came", { members: everybody }, known, [ANA, BUDI, "6591234567"]],
    ["three of four left, one had left before", { members: everybody }, without(five, { [EKO]: "left" }), [ANA]],
    ["everybody declared in a state that came from elsewhere", { members: everybody }, imported, [ANA]],
    [
      "three left who were spared at the last look, and are declared by now",
      { members: members(ANA, BUDI, CITRA, DEWI) },
      remembered({ declared: members(ANA), undeclared: spared }),
      [ANA],
    ],
  ])("holds: %s", (_, over, history, there) => {
    expect(rulesOf(judged(over, history, there))).toContain("suspicious-listing");
  });

  test("names roster, group, people, counts and what permits it, and nobody who had left before", () => {
    const history = without(six, { "628110000006": "left" });
    const [refusal] = judged({ members: members(...six), names: new Map() }, history, [ANA, BUDI]);
    expect(refusal).toMatchObject({ rule: "suspicious-listing", name: "jakarta/ops" });
    for (const word of [
      ...["jakarta/ops (EA93UU0042): ", "lacks 3 people", `(${CITRA}, ${DEWI}, ${EKO})`, "of the 5 who were there"],
      ...["take them out of stacks/main/jakarta/ops.yaml or release them in releases.yaml", "run again later"],
    ])
      expect(refusal?.message).toContain(word);
  });

  test("writes numbers as the settings want them", () => {
    const [refusal] = judged({ members: everybody }, known, [ANA, BUDI], undefined, maskNumber);
    expect(refusal?.message).not.toMatch(/\d{7}/);
  });

  test("whom state of the first release does not show counts as having been there, and is awaited", () => {
    const history = remembered({
      declared: members(ANA, BUDI, CITRA, DEWI),
      absent: new Map([BUDI, CITRA, DEWI].map((number) => [number, "unsure"] as const)),
    });
    expect(rulesOf(judged({ members: everybody }, history, [ANA]))).toEqual(["suspicious-listing"]);
    const plan = planGroup(desire({ members: everybody }), whole(ANA), history);
    expect([plan.left, plan.awaiting.map(({ number }) => number)]).toEqual([[], [BUDI, CITRA, DEWI, EKO]]);
  });

  test("without any memory nothing can be said", () => {
    const left = [BUDI, CITRA, DEWI].map((number) => ({ number, name: "" }));
    const plan = { left, awaiting: [], present: [{ number: ANA, name: "" }] };
    for (const nothing of [fresh, unknown]) expect(isSuspicious(plan, nothing, new Set())).toBe(false);
    expect(isSuspicious(plan, known, new Set())).toBe(true);
  });
});
