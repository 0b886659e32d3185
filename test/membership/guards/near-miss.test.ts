import { judgeGroup } from "../../../src/membership/guards";
import { planGroup } from "../../../src/membership/plan";
import type { Desired } from "../../../src/membership/types";
import { adopted, ANA, BUDI, candidate, CITRA, desire, DEWI, EKO, full, members, whole } from "../world";
import { refusalOf, rulesOf, testGroupRule } from "./tables";

/** Ana, written without Indonesia's country code and with its trunk zero. */
const ANA_AT_HOME = "08110000001";

/** Budi's number was somebody's who has another one now. */
const changedTo = (now: string): Partial<Desired> => ({
  former: new Map([[BUDI, "changed number"]]),
  formerly: new Map([[BUDI, now]]),
});

/** Citra is declared, and Dewi is protected. */
const lookAlike = (over: Partial<Desired> = {}): Partial<Desired> => ({
  members: members(CITRA),
  protect: new Set([DEWI]),
  ...over,
});

testGroupRule({
  rule: "near-miss",
  passes: [
    ["another number", { members: members(ANA, CITRA) }, ANA, CITRA, BUDI],
    ["a look-alike, released", { members: members(ANA, CITRA), released: new Set([ANA_AT_HOME]) }, CITRA, ANA_AT_HOME],
    ["a look-alike, protected", { members: members(ANA, CITRA), protect: new Set([ANA_AT_HOME]) }, CITRA, ANA_AT_HOME],
    ["one digit off somebody protected", { members: members(ANA), protect: new Set([CITRA]) }, ANA, BUDI],
    ["the former number of somebody with a new one", { members: members(ANA, CITRA), ...changedTo(CITRA) }, ANA, BUDI],
    ["a look-alike of somebody who is not declared", { members: members(CITRA) }, CITRA, ANA_AT_HOME],
    [
      "a look-alike of somebody protected, in a group that reports",
      lookAlike({ undeclared: "report" }),
      CITRA,
      "6208110000004",
    ],
  ],
  held: [
    [
      "a look-alike",
      {
        members: new Map([
          [ANA, "Ana"],
          [CITRA, ""],
        ]),
      },
      CITRA,
      ANA_AT_HOME,
    ],
    ["a look-alike beside the person", { members: members(ANA, CITRA) }, ANA, CITRA, ANA_AT_HOME],
    ["a look-alike, somebody else released", { members: members(ANA), released: new Set([BUDI]) }, ANA, ANA_AT_HOME],
    ["a look-alike of somebody protected", lookAlike(), CITRA, "6208110000004"],
    ["a look-alike of the business number", { members: members(CITRA) }, CITRA, "86013800000000"],
    ["one digit off somebody declared who is not there", { members: members(ANA, CITRA) }, ANA, BUDI],
    ["an old number of a plan that grew", { members: members(ANA, "2290197123456") }, ANA, "22997123456"],
    [
      "a former number that is like another person's",
      { members: members(ANA, "629110000002"), ...changedTo(ANA) },
      ANA,
      BUDI,
    ],
    ["a look-alike, offboarded", { former: new Map([[ANA_AT_HOME, "offboarded"]]) }, ANA, ANA_AT_HOME],
  ],
  names: [
    ANA_AT_HOME,
    `Ana (${ANA})`,
    "country code",
    "1 of 1 removal ",
    "none of these is permitted",
    "stacks/main/jakarta/ops.yaml",
    "releases.yaml",
    "protect",
  ],
});

test("every look-alike is named, with all whom they look like", () => {
  const desired = {
    members: members(ANA, "658110000001"),
    names: new Map([[CITRA, "Citra"]]),
    protect: new Set([CITRA]),
  };
  const there = [ANA, "08110000001", "6208110000003", EKO, "658110000001"];
  expect(refusalOf(candidate({ ...desired, maxRemovals: 3 }, ...there), "near-miss")).toBe(
    "jakarta/ops (EA93UU0042): 2 of 3 removals may be of declared or protected people, written in another way, and none " +
      "of these is permitted: 08110000001 looks like 628110000001: the same number without its country code, " +
      "and like 658110000001: the same number without its country code; " +
      "6208110000003 looks like Citra (628110000003): the same number with a trunk zero. If it is the same person, write the " +
      "number in stacks/main/jakarta/ops.yaml or people.yaml as CAMS lists it, with asListed: true beside 08110000001, " +
      "6208110000003, which no country's plan knows; if not, keep the number with protect, or, where a plan knows it, " +
      "release the removal in releases.yaml",
  );
});

test("a look-alike whom a plan knows is to be declared as it is, or released", () => {
  expect(refusalOf(candidate({ members: members(ANA, CITRA) }, ANA, BUDI), "near-miss")).toMatch(
    /as CAMS lists it; if not, release the removal in releases\.yaml, or keep the number with protect$/,
  );
});

test("in a program, which has no releases, the remedies are arguments", () => {
  const file = "the resource's arguments";
  const known = refusalOf(candidate({ members: members(ANA, CITRA), file }, ANA, BUDI), "near-miss");
  expect(known).toMatch(
    /write the number in the resource's arguments as CAMS lists it; if not, keep the number with protect$/,
  );
  const unknown = refusalOf(candidate({ file }, ANA, ANA_AT_HOME), "near-miss");
  expect(unknown).toMatch(
    /as CAMS lists it, and name 08110000001, which no country's plan knows, in asListed; if not, keep the number with protect$/,
  );
  expect(known + unknown).not.toMatch(/yaml/);
});

test("Budi makes way for Hadi, whose number is the next one of the company's", () => {
  const judged = (name: string) => {
    const desired = desire({ members: new Map([...members(ANA), [CITRA, name]]), names: new Map([[BUDI, "Budi"]]) });
    const history = adopted(ANA, BUDI);
    return rulesOf(judgeGroup({ desired, plan: planGroup(desired, whole(ANA, BUDI), history), history }, full));
  };
  expect(judged("Hadi")).toEqual([]);
  expect(judged(" budi ")).toEqual(["near-miss"]);
});
