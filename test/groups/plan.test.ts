import type { GroupInfo } from "../../src/cams";
import { candidatesFor, isIdle, textsToSet } from "../../src/groups/plan";
import type { Upkeep } from "../../src/groups/types";

const row = (group: string, subject: string, status = "ACTIVE"): GroupInfo => ({
  ...{ group, subject, status, description: "", inviteLink: "" },
});

describe("the texts that a group is given", () => {
  test.each<[string, Parameters<typeof textsToSet>[0], Upkeep["set"]]>([
    ["none are wished for", { subject: undefined, description: undefined }, {}],
    ["it has them", { subject: "Ops", description: "Shifts" }, {}],
    ["another subject", { subject: "Night", description: "Shifts" }, { subject: { from: "Ops", to: "Night" } }],
    ["other capitals", { subject: "OPS", description: undefined }, { subject: { from: "Ops", to: "OPS" } }],
    [
      "another description",
      { subject: "Ops", description: "Nights" },
      { description: { from: "Shifts", to: "Nights" } },
    ],
    ["no description", { subject: undefined, description: "" }, { description: { from: "Shifts", to: "" } }],
    [
      "both",
      { subject: "Night", description: "Nights" },
      { subject: { from: "Ops", to: "Night" }, description: { from: "Shifts", to: "Nights" } },
    ],
  ])("%s", (_, wish, set) => expect(textsToSet(wish, { subject: "Ops", description: "Shifts" })).toEqual(set));
});

test("a group may be the one that was to be made when it has the very subject, and is not being deleted", () => {
  const groups = [
    row("A", "Ops"),
    row("B", "ops"),
    row("C", "Ops "),
    row("D", "Ops", "DELETING"),
    row("E", "Ops", "CREATING"),
    row("F", "Ops", "SUSPENDED"),
    row("G", "Ops 2"),
  ];
  expect(candidatesFor("Ops", groups).map(({ group }) => group)).toEqual(["A", "E", "F"]);
});

test.each<[string, Partial<Upkeep>, boolean]>([
  ["nothing", {}, true],
  ["a group is made", { create: true }, false],
  ["a text is set", { set: { subject: { from: "a", to: "b" } } }, false],
  ["a link changes", { link: { kind: "close", why: "" } }, false],
])("%s is to be done", (_, over, idle) =>
  expect(isIdle({ create: false, set: {}, link: undefined, ...over })).toBe(idle),
);
