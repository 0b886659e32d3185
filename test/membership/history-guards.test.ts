import { isSuspicious, judgeGroup, type Candidate } from "../../src/membership/guards";
import { maskNumber } from "../../src/membership/mask";
import { planGroup } from "../../src/membership/plan";
import type { Desired, History, Refusal } from "../../src/membership/types";
import { adopted, ANA, BUDI, CITRA, desire, DEWI, EKO, fresh, full, members, removal, unknown, whole } from "./world";

/** The guards that look at what was known before. */

function judged(over: Partial<Desired>, history: History, there: readonly string[], elsewhere?: string, show = full) {
  const desired = desire({ maxRemovals: 8, ...over });
  const candidate: Candidate = { desired, plan: planGroup(desired, whole(...there), history), history, elsewhere };
  const verdict = judgeGroup(candidate, show);
  return verdict.kind === "held" ? verdict.refusals : [];
}

const rulesOf = (refusals: readonly Refusal[]): readonly string[] => refusals.map(({ rule }) => rule);

describe("suspicious-listing", () => {
  const everybody = members(ANA, BUDI, CITRA, DEWI, EKO);
  const six = [ANA, BUDI, CITRA, DEWI, EKO, "628110000006"] as const;
  const known = adopted(ANA, BUDI, CITRA, DEWI, EKO);
  const untold: History = { kind: "adopted", last: { name: "jakarta/ops", members: everybody, present: undefined } };

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
    ["a new group", { members: everybody }, fresh, [ANA]],
    ["the state could not be read", { members: everybody }, unknown, [ANA]],
    ["the state does not tell who was there", { members: everybody }, untold, [ANA]],
  ])("passes: %s", (_, over, history, there) => {
    expect(rulesOf(judged(over, history, there))).not.toContain("suspicious-listing");
  });

  test.each<[string, Partial<Desired>, History, readonly string[]]>([
    ["three of five left", { members: everybody }, known, [ANA, BUDI]],
    ["three of three left", { members: members(ANA, BUDI, CITRA) }, adopted(ANA, BUDI, CITRA), []],
    ["four of six left", { members: members(...six) }, adopted(...six), [ANA, BUDI]],
    ["four left, one of them released", { members: everybody, released: new Set([CITRA]) }, known, [ANA]],
    ["three left, and somebody else came", { members: everybody }, known, [ANA, BUDI, "6591234567"]],
  ])("holds: %s", (_, over, history, there) => {
    expect(rulesOf(judged(over, history, there))).toContain("suspicious-listing");
  });

  test("names roster, group, people, counts and what permits it", () => {
    const [refusal] = judged({ members: everybody, names: new Map() }, known, [ANA, BUDI]);
    expect(refusal).toMatchObject({ rule: "suspicious-listing", name: "jakarta/ops" });
    for (const word of [
      ...["jakarta/ops (EA93UU0042): ", "lacks 3 people", `${CITRA}, ${DEWI}, ${EKO}`, "of the 5 who were there"],
      ...["take them out of stacks/main/jakarta/ops.yaml or release them in releases.yaml", "run again later"],
    ])
      expect(refusal?.message).toContain(word);
  });

  test("writes numbers as the settings want them", () => {
    const [refusal] = judged({ members: everybody }, known, [ANA, BUDI], undefined, maskNumber);
    expect(refusal?.message).not.toMatch(/\d{7}/);
  });

  test("without any history nothing can be said", () => {
    const left = [BUDI, CITRA, DEWI].map((number) => ({ number, name: "" }));
    for (const nothing of [undefined, fresh, unknown, untold])
      expect(isSuspicious({ left }, nothing, new Set())).toBe(false);
    expect(isSuspicious({ left }, known, new Set())).toBe(true);
  });
});

describe("belongs-elsewhere", () => {
  test("a group that is nobody else's passes", () => {
    expect(judged({}, adopted(ANA), [ANA])).toEqual([]);
  });

  test("a group that another roster's resource has is held, though nobody would go", () => {
    const [refusal, ...others] = judged({}, adopted(ANA), [ANA], "leads");
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ rule: "belongs-elsewhere", name: "jakarta/ops" });
    for (const word of [
      "jakarta/ops (EA93UU0042): ",
      "belongs to the resource leads",
      "Give stacks/main/jakarta/ops.yaml back",
    ])
      expect(refusal?.message).toContain(word);
  });
});

test("a removal that is released says so, and no other does", () => {
  const { remove } = planGroup(desire({ released: new Set([BUDI, DEWI]) }), whole(ANA, BUDI, CITRA), adopted(ANA));
  expect(remove).toEqual([{ ...removal(BUDI), released: true }, removal(CITRA)]);
});
