import type { Roster, Rosters } from "../../../src/roster";
import { declare, type Declared, type MadeBefore } from "../../../src/run/desired";
import type { LastUpkeep } from "../../../src/run/last-run";
import { parseSettings, type Settings } from "../../../src/settings";
import { BOT } from "../../membership/world";

function settingsOf(over: Record<string, unknown> = {}): Settings {
  const parsed = parseSettings({ businessNumber: BOT, custSpaceId: "cams-8c8e", ...over });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
  return parsed.settings;
}

/** A roster of nobody. */
const roster = (name: string, over: Partial<Roster> = {}): Roster => ({
  ...{ name, file: `stacks/main/${name}.yaml`, group: undefined, subject: undefined, description: undefined },
  ...{
    inviteLink: undefined,
    linkRevision: undefined,
    invite: undefined,
    businessNumber: undefined,
    custSpaceId: undefined,
  },
  ...{ undeclared: undefined, allowEmpty: false, maxRemovals: undefined, protect: [], members: [], former: [] },
  ...over,
});

const rosters = (all: readonly Roster[]): Rosters => ({
  ...{ rosters: all, people: new Map(), keys: new Map(), offboarded: new Set(), formerly: new Map(), releases: [] },
});

function declared(all: readonly Roster[], made: MadeBefore = new Map(), settings = settingsOf()): readonly Declared[] {
  const found = declare(rosters(all), settings, made);
  if (found.kind === "invalid") throw new Error(found.problems.join("\n"));
  return found.declared;
}

function problems(all: readonly Roster[], settings = settingsOf(), made: MadeBefore = new Map()): readonly string[] {
  const found = declare(rosters(all), settings, made);
  return found.kind === "invalid" ? found.problems : [];
}

const account = { businessNumber: BOT, custSpaceId: "cams-8c8e" };

/** What the state has of a group that Rollcall made for the subject `Ops`. */
const record = (over: Partial<LastUpkeep> = {}, inputs: Record<string, unknown> = {}): LastUpkeep => ({
  ...{ group: "MADE1", pending: false, unfinished: false, inputs: { subject: "Ops", ...account, ...inputs } },
  ...over,
});

describe("what is wanted of the group itself", () => {
  test("is nothing where a roster says nothing of it: such a group costs no call more", () => {
    const [one] = declared([roster("ops", { group: "EA1" })]);
    expect([one?.wish, one?.named, one?.make]).toEqual([undefined, undefined, undefined]);
  });

  test("is what the roster says, settings folded in", () => {
    const says = { subject: "Ops", description: "Shifts", inviteLink: "open", linkRevision: 2 } as const;
    const [one] = declared([roster("ops", { group: "EA1", ...says })]);
    expect(one?.wish).toEqual({
      ...{ name: "ops", file: "stacks/main/ops.yaml", account: { ...account, channelType: "WHATSAPP" }, group: "EA1" },
      ...{ subject: "Ops", description: "Shifts", link: "open", linkRevision: 2 },
    });
    expect([one?.named, one?.make]).toEqual([true, undefined]);
  });

  test("of a link is the stack's rule, where the roster has none", () => {
    const open = settingsOf({ inviteLink: "open" });
    const all = [roster("a", { group: "EA1" }), roster("b", { group: "EA2", inviteLink: "keep" })];
    expect(declared(all, new Map(), open).map(({ wish }) => wish?.link)).toEqual(["open", undefined]);
  });

  test("a revision of a link that is kept would do nothing", () => {
    const kept = roster("ops", { group: "EA1", linkRevision: 2 });
    expect(problems([kept])).toEqual([
      "stacks/main/ops.yaml: linkRevision does nothing while inviteLink is keep: set inviteLink to open or while-awaited, here or as rollcall:inviteLink",
    ]);
    expect(problems([kept], settingsOf({ inviteLink: "while-awaited" }))).toEqual([]);
  });
});

describe("a roster that names no group", () => {
  const ops = roster("ops", { subject: "Ops" });

  test.each<[string, MadeBefore, { group: string; make: Declared["make"] }]>([
    ["it was never made", new Map(), { group: "", make: { intent: "none" } }],
    ["it was made by an earlier run", new Map([["ops", record()]]), { group: "MADE1", make: undefined }],
    [
      "it was made, and its subject is another one now",
      new Map([["ops", record({}, { subject: "Night" })]]),
      { group: "MADE1", make: undefined },
    ],
    ["it was made for a roster that was renamed", new Map([["old", record()]]), { group: "MADE1", make: undefined }],
    [
      "another subject was made under another name",
      new Map([["old", record({}, { subject: "Night" })]]),
      { group: "", make: { intent: "none" } },
    ],
    [
      "another number's was made under another name",
      new Map([["old", record({}, { businessNumber: "8613800000001" })]]),
      { group: "", make: { intent: "none" } },
    ],
    [
      "another space's was made under another name",
      new Map([["old", record({}, { custSpaceId: "cams-9d9f" })]]),
      { group: "", make: { intent: "none" } },
    ],
    [
      "it was asked for, and nobody knows what became of that",
      new Map([["ops", record({ group: "", pending: true })]]),
      { group: "", make: { intent: "asked" } },
    ],
    [
      "it was asked for under the name that the roster had",
      new Map([["old", record({ group: "", pending: true })]]),
      { group: "", make: { intent: "asked" } },
    ],
    [
      "another subject was asked for under its name",
      new Map([["ops", record({ group: "", pending: true }, { subject: "Night" })]]),
      { group: "", make: { intent: { otherSubject: "Night" } } },
    ],
    ["CAMS refused to make it", new Map([["ops", record({ group: "" })]]), { group: "", make: { intent: "none" } }],
    ["the state could not be read", "not read", { group: "", make: { intent: "unknown" } }],
  ])("%s", (_, made, { group, make }) => {
    const [one] = declared([ops], made);
    expect(one).toMatchObject({ ref: { group }, desired: { group }, named: false });
    expect(one?.wish?.group).toBe(group === "" ? undefined : group);
    expect(one?.make).toEqual(make);
  });

  test("takes no record of a name that is in use", () => {
    const [, second] = declared(
      [roster("old", { group: "EA1", subject: "Ops" }), ops],
      new Map([["old", record({ group: "EA1" })]]),
    );
    expect(second?.make).toEqual({ intent: "none" });
  });

  test("and its GroupId is written into it later: it is that group, whatever the state says", () => {
    const [one] = declared([{ ...ops, group: "EA1" }], new Map([["ops", record()]]));
    expect([one?.ref.group, one?.make, one?.named]).toEqual(["EA1", undefined, true]);
  });

  test("and there is one without an account, as with any other roster", () => {
    expect(problems([ops], settingsOf({ businessNumber: "", custSpaceId: "" }))).toEqual([
      "stacks/main/ops.yaml: there is no businessNumber: neither the roster nor the setting rollcall:businessNumber gives one",
      "stacks/main/ops.yaml: there is no custSpaceId: neither the roster nor the setting rollcall:custSpaceId gives one",
    ]);
  });
});

describe("a roster that was renamed, while a new one has taken its name", () => {
  const made = new Map([["ops", record()]]);
  const fresh = roster("ops", { subject: "Security" });

  test("and which names no group: nobody can tell which of the two keeps it", () => {
    expect(problems([roster("jakarta", { subject: "Ops" }), fresh], settingsOf(), made)).toEqual([
      'stacks/main/ops.yaml: the state knows the group of ops as "Ops", and stacks/main/jakarta.yaml has that subject now, so it can\'t be told which of ' +
        "the two keeps that group and its people. Give the new one a name that no roster had before, or run pulumi up without it first",
    ]);
  });

  test.each<[string, Partial<Roster>]>([
    ["another number's", { businessNumber: "8613800000001" }],
    ["another space's", { custSpaceId: "cams-9d9f" }],
    ["one that has its group", { group: "EA1" }],
  ])("no: it is %s", (_, over) => {
    expect(problems([roster("jakarta", { subject: "Ops", ...over }), fresh], settingsOf(), made)).toEqual([]);
  });

  test.each(["jakarta", "west"])("and which names its group (%s): the two would be about one group", (name) => {
    const [told] = problems([roster(name, { group: "MADE1" }), fresh].sort(byName), settingsOf(), made);
    expect(told).toMatch(
      /^stacks\/main\/\w+\.yaml: stacks\/main\/\w+\.yaml is about the group MADE1, too, as the state knows it/,
    );
  });

  test("two that name one group themselves are not this one's concern", () => {
    expect(problems([roster("a", { group: "EA1" }), roster("b", { group: "EA1" })], settingsOf(), made)).toEqual([]);
  });
});

const byName = (a: Roster, b: Roster): number => (a.name < b.name ? -1 : 1);

describe("two rosters that would make groups with one subject", () => {
  const twins = (over: Partial<Roster>) => [roster("a", { subject: "Ops" }), roster("b", { subject: "Ops", ...over })];

  test.each<[string, Partial<Roster>, number]>([
    ["for the stack's number", {}, 1],
    ["one of which says the stack's number itself", { businessNumber: BOT, custSpaceId: "cams-8c8e" }, 1],
    ["for two numbers", { businessNumber: "8613800000001" }, 0],
    ["for two spaces", { custSpaceId: "cams-9d9f" }, 0],
    ["one of which has its group", { group: "EA1" }, 0],
    ["no, with another subject", { subject: "ops" }, 0],
  ])("%s", (_, over, count) => {
    expect(problems(twins(over))).toEqual(
      Array.from(
        { length: count },
        () =>
          'stacks/main/b.yaml: stacks/main/a.yaml makes a group with the subject "Ops", too, and CAMS could not tell the two apart. ' +
          "Give one of the two another subject",
      ),
    );
  });
});
