import { compareRosters, type Roster } from "../../../src/roster";

const rules = { undeclared: "remove", protect: [] } as const;

/** A roster of nobody, with the GroupId EA1. */
const roster = (over: Partial<Roster> = {}): Roster => ({
  ...{ name: "jakarta/ops", file: "stacks/dev/jakarta/ops.yaml", group: "EA1" },
  ...{ subject: undefined, description: undefined, inviteLink: undefined, linkRevision: undefined, invite: undefined },
  ...{ businessNumber: undefined, custSpaceId: undefined, undeclared: undefined },
  ...{ allowEmpty: false, maxRemovals: undefined, protect: [], members: [], former: [] },
  ...over,
});

function changesOf(before: readonly Roster[], after: readonly Roster[]) {
  const changes = compareRosters({ before, after, unreadable: new Set(), formerly: new Map() }, rules);
  return changes.map(({ name, kind, settings }) => [name, kind, ...settings]);
}

/** What becomes of one group of which nothing but this changes. */
const settingsOf = (before: Partial<Roster>, after: Partial<Roster>) =>
  changesOf([roster(before)], [roster(after)]).flatMap(([, , ...settings]) => settings);

describe("what changes of the group itself", () => {
  test.each<[string, Partial<Roster>, Partial<Roster>, readonly string[]]>([
    ["nothing", { subject: "Ops", linkRevision: 1 }, { subject: "Ops", linkRevision: 1 }, []],
    ["another subject", { subject: "Ops" }, { subject: "Night ops" }, ["subject: Ops → Night ops"]],
    ["a subject for a group that is there", {}, { subject: "Ops" }, ["subject: none → Ops"]],
    ["no subject any more", { subject: "Ops" }, {}, ["subject: Ops → none"]],
    [
      "another description",
      { subject: "Ops", description: "a" },
      { subject: "Ops", description: "b" },
      ["another description"],
    ],
    ["another rule for the link", {}, { inviteLink: "open" }, ["inviteLink: none → open"]],
    [
      "another revision of the link",
      { inviteLink: "open" },
      { inviteLink: "open", linkRevision: 2 },
      ["the invite link is made anew: linkRevision none → 2"],
    ],
    ["that nobody is invited any more", { invite: true }, { invite: false }, ["invite: true → false"]],
    ["that the stack decides who is invited", { invite: false }, {}, ["invite: false → none"]],
    [
      "all of it, in one order",
      { subject: "Ops", inviteLink: "open", linkRevision: 1 },
      { subject: "Night ops", description: "b", inviteLink: "while-awaited", linkRevision: 2, invite: true },
      [
        "subject: Ops → Night ops",
        "another description",
        "inviteLink: open → while-awaited",
        "the invite link is made anew: linkRevision 1 → 2",
        "invite: none → true",
      ],
    ],
  ])("%s", (_, before, after, settings) => expect(settingsOf(before, after)).toEqual(settings));

  test("is not told of a roster that is new, or deleted", () => {
    expect(changesOf([roster({ subject: "Ops" })], [])).toEqual([["jakarta/ops", "deleted"]]);
    expect(changesOf([], [roster({ subject: "Ops" })])).toEqual([["jakarta/ops", "added"]]);
  });
});

describe("which group of one state is which of the other", () => {
  const made = (name: string, subject: string, group?: string) => roster({ name, group, subject });

  test.each<[string, readonly Roster[], readonly Roster[], readonly (readonly string[])[]]>([
    ["a roster that makes a group, renamed", [made("a", "Ops")], [made("b", "Ops")], []],
    ["its GroupId is written into it later", [made("a", "Ops")], [made("a", "Ops", "EA1")], []],
    ["it gets another subject", [made("a", "Ops")], [made("a", "Night")], [["a", "changed", "subject: Ops → Night"]]],
    [
      "its GroupId is known already",
      [made("a", "Ops", "EA1")],
      [made("b", "Night", "EA1")],
      [["b", "changed", "subject: Ops → Night"]],
    ],
    [
      "its subject is another roster's now: that one makes a second group",
      [made("a", "Ops")],
      [made("a", "Night"), made("b", "Ops")],
      [
        ["a", "changed", "subject: Ops → Night"],
        ["b", "added"],
      ],
    ],
    [
      "two exchange subjects: each keeps its group",
      [made("a", "Ops"), made("b", "Night")],
      [made("a", "Night"), made("b", "Ops")],
      [
        ["a", "changed", "subject: Ops → Night"],
        ["b", "changed", "subject: Night → Ops"],
      ],
    ],
  ])("%s", (_, before, after, changes) => expect(changesOf(before, after)).toEqual(changes));
});
