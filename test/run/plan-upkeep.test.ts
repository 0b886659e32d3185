import type { Account, GroupInfo, Listing } from "../../src/cams";
import type { Intent } from "../../src/groups/guards/ambiguous-group";
import type { GroupWish } from "../../src/groups/types";
import type { Declared } from "../../src/run/desired";
import type { LastRun, LastUpkeep } from "../../src/run/last-run";
import { allRefusals, planRun } from "../../src/run/plan-run";
import { planUpkeep, type PlanUpkeepOptions } from "../../src/run/plan-upkeep";
import { failure, ref } from "../execution/world";
import { ANA, BOT, BUDI, CITRA, desire, full } from "../membership/world";
import { lastRun, type Kept } from "./state";

const { group: _, ...account } = ref;
const TEAM = new Map([
  [ANA, "Ana"],
  [BUDI, "Budi"],
]);
const LINK = "https://chat.whatsapp.com/first";
/** `linkMark` of LINK. */
const MARK = "_AHP2EaeV2";

const row = (group: string, over: Partial<GroupInfo> = {}): GroupInfo => ({
  ...{ group, subject: "Operations", description: "", status: "ACTIVE", inviteLink: LINK },
  ...over,
});

/** A roster that wants of its group nothing that it is not. */
const wished = (name: string, group: string | undefined, over: Partial<GroupWish> = {}): GroupWish => ({
  ...{ name, file: `stacks/main/${name}.yaml`, account, group },
  ...{ subject: "Operations", description: undefined, link: "keep", linkRevision: undefined },
  ...over,
});

/** A roster of Ana and Budi for a group that is there. */
const there = (name: string, group: string, wish: Partial<GroupWish> | "none" = {}): Declared => ({
  ref: { ...ref, group },
  desired: desire({ name, group, file: `stacks/main/${name}.yaml`, members: TEAM }),
  ...(wish === "none" ? {} : { wish: wished(name, group, wish), named: true }),
});

/** The same for one that is to be made. */
const toMake = (name: string, wish: Partial<GroupWish> = {}, intent: Intent = "none"): Declared => ({
  ...there(name, ""),
  ...{ wish: wished(name, undefined, { subject: name, ...wish }), named: false, make: { intent } },
});

const kept = (name: string, group: string, over: Partial<Kept> = {}): Kept => ({
  ...{ name, group, members: { [ANA]: "Ana", [BUDI]: "Budi" }, lastLook: {} },
  ...over,
});

/** As a run left it that gave the group its texts. */
const MADE: LastUpkeep = { group: "G1", pending: false, unfinished: false, inputs: { subject: "Operations" } };

interface World {
  readonly declared: readonly Declared[];
  /** GroupId → who is in it; Ana and Budi, where nothing else is said. */
  readonly people?: Readonly<Record<string, readonly string[]>>;
  readonly groups?: readonly GroupInfo[] | Error;
  readonly state?: readonly Kept[] | "not read";
  /** Links in state, by resource name. */
  readonly links?: Readonly<Record<string, LastUpkeep>>;
  /** Groups themselves in state, by resource name. */
  readonly chatGroups?: Readonly<Record<string, LastUpkeep>>;
  readonly options?: Partial<PlanUpkeepOptions>;
  /** GroupIds; others are not looked at. */
  readonly only?: readonly string[];
}

async function planned({
  declared,
  people = {},
  groups = [],
  state,
  links = {},
  chatGroups = {},
  options,
  only,
}: World) {
  const asked: Account[] = [];
  const known = declared.flatMap(({ make, desired }) =>
    make === undefined ? [kept(desired.name, desired.group)] : [],
  );
  const last: LastRun | undefined =
    state === "not read"
      ? undefined
      : {
          ...lastRun(...(state ?? known)),
          links: new Map(Object.entries(links)),
          chatGroups: new Map(Object.entries(chatGroups)),
        };
  const looked = await planRun(
    declared.filter(({ make }) => make === undefined),
    {
      reader: {
        listParticipants: ({ group }): Promise<Listing> =>
          Promise.resolve({ kind: "whole", participants: people[group] ?? [ANA, BUDI], unidentified: 0 }),
      },
      limits: { maxRemovalsPerRun: 10, maxGroupsPerPerson: 3 },
      ...{ show: full, last, concurrency: 1, only: only && new Set(only) },
    },
  );
  const plan = await planUpkeep(looked, {
    reader: {
      listGroups: (of) => {
        asked.push(of);
        return groups instanceof Error ? Promise.reject(groups) : Promise.resolve(groups);
      },
    },
    ...{ last, elsewhere: new Map(), show: full, limits: { maxNewGroupsPerRun: 5 } },
    toMake: declared.filter(({ make }) => make !== undefined),
    identityOf: ({ desired }) => desired.name,
    ...options,
  });
  const by = Object.fromEntries(plan.groups.map((one) => [one.desired.name, one]));
  return { plan, asked, by, refusals: allRefusals(plan) };
}

const nothing = { create: false, set: {}, link: undefined };

describe("calls", () => {
  test("none, where no roster wants anything of its group", async () => {
    const { asked, by } = await planned({ declared: [there("a", "G1", "none"), there("b", "G2", "none")] });
    expect([asked, by.a?.upkeep]).toEqual([[], undefined]);
  });

  test("one an account, for all rosters that want something", async () => {
    const other = { ...account, businessNumber: "8613800000001" };
    const third = there("c", "G3");
    const { asked } = await planned({
      declared: [there("a", "G1"), there("b", "G2"), { ...third, ref: { ...third.ref, ...other } }, toMake("d")],
      groups: [row("G1"), row("G2"), row("G3")],
    });
    expect(asked.map(({ businessNumber }) => businessNumber)).toEqual([BOT, "8613800000001"]);
  });

  test("none for groups that a guard holds, or that are not looked at", async () => {
    const held = await planned({ declared: [there("a", "G1")], people: { G1: [ANA, BUDI, CITRA] }, state: "not read" });
    expect([held.asked, held.by.a?.verdict.kind, held.by.a?.upkeep]).toEqual([[], "held", undefined]);
    const skipped = await planned({ declared: [there("a", "G1")], chatGroups: { a: MADE }, only: [] });
    expect([skipped.asked, skipped.by.a?.skipped, skipped.by.a?.upkeep]).toEqual([[], true, undefined]);
  });
});

describe("a group that is there", () => {
  test("and is as it is wanted: there is nothing to do", async () => {
    const { by, refusals } = await planned({ declared: [there("a", "G1")], groups: [row("G0"), row("G1")] });
    expect([by.a?.upkeep, by.a?.link, refusals]).toEqual([nothing, undefined, []]);
  });

  test("gets the texts that differ", async () => {
    const wish = { subject: "Night operations", description: "Shifts" };
    const { by } = await planned({ declared: [there("a", "G1", wish)], groups: [row("G1")] });
    expect(by.a?.upkeep?.set).toEqual({
      subject: { from: "Operations", to: "Night operations" },
      description: { from: "", to: "Shifts" },
    });
  });

  test("keeps its link as it is while the state can't be read, and with it what is known of who may hold it", async () => {
    const wish = { subject: "Night operations", link: "open", linkRevision: 2 } as const;
    const { by, refusals } = await planned({
      declared: [there("a", "G1", wish)],
      groups: [row("G1")],
      state: "not read",
    });
    expect([by.a?.upkeep?.link, by.a?.link, Object.keys(by.a?.upkeep?.set ?? {})]).toEqual([
      undefined,
      undefined,
      ["subject"],
    ]);
    expect(refusals).toEqual([
      {
        ...{ rule: "state-not-read", name: "a" },
        message:
          "a (G1): the group's link is left as it is, since the stack's state could not be read, so it is not known who may hold it. " +
          "Make `pulumi stack export` work (log in, give the passphrase), and run again",
      },
    ]);
  });

  test("nobody is removed less for it", async () => {
    const { by } = await planned({
      declared: [there("a", "G1")],
      people: { G1: [ANA, BUDI, CITRA] },
      groups: [row("G1")],
    });
    const { verdict } = by.a!;
    expect(verdict.kind === "approved" && verdict.approved.remove.map(({ number }) => number)).toEqual([CITRA]);
  });

  test.each<[string, readonly GroupInfo[] | Error, RegExp]>([
    [
      "can't be listed",
      failure("throttled", { operation: "ListChatGroup", group: undefined }),
      /^a \(G1\): .* left as they are\. ListChatGroup: throttled/,
    ],
    [
      "is not listed",
      [row("G2")],
      /^a \(G1\): .* left as they are\. CAMS does not list the group among those of its account\. Run again$/,
    ],
  ])("and %s: it is left as it is, which is told, and people are removed all the same", async (__, groups, message) => {
    const { by, refusals } = await planned({ declared: [there("a", "G1", { link: "open" })], groups });
    expect([by.a?.upkeep, by.a?.verdict.kind]).toEqual([undefined, "approved"]);
    expect(refusals).toEqual([
      { rule: "groups-not-listed", name: "a", message: expect.stringMatching(message) as string },
    ]);
  });

  test("a fault of this program is no listing that failed", async () => {
    await expect(planned({ declared: [there("a", "G1")], groups: new TypeError("bug") })).rejects.toThrow("bug");
  });
});

describe("a link", () => {
  const inputs = { inviteLink: "open", group: "G1" };
  const record = (over: Record<string, unknown> = {}, group = "G1"): LastUpkeep => ({
    ...{ group, pending: false, unfinished: false },
    inputs: { ...inputs, lastLink: {}, ...over },
  });

  test("that is kept is not even looked at", async () => {
    const { by } = await planned({ declared: [there("a", "G1")], groups: [row("G1", { inviteLink: "" })] });
    expect([by.a?.upkeep?.link, by.a?.link]).toEqual([undefined, undefined]);
  });

  test("that lacks is made, for those who are awaited", async () => {
    const { by } = await planned({
      declared: [there("a", "G1", { link: "while-awaited" })],
      people: { G1: [ANA] },
      groups: [row("G1", { inviteLink: "" })],
      state: [kept("a", "G1", { lastLook: { awaiting: BUDI } })],
    });
    expect(by.a?.upkeep?.link).toEqual({ kind: "make", why: `there is none, and Budi (${BUDI}) is awaited` });
    expect(by.a?.link).toEqual({
      live: "",
      memory: { holders: new Set([BUDI]), owed: undefined, strangers: new Set() },
    });
  });

  test("is made anew after a stranger, and the link that is owed is remembered", async () => {
    const { by } = await planned({
      declared: [there("a", "G1", { link: "open" })],
      people: { G1: [ANA, BUDI, CITRA] },
      groups: [row("G1")],
      links: { a: record() },
    });
    const why = `${CITRA} came by it, declared by nobody`;
    expect(by.a?.upkeep?.link).toEqual({ kind: "renew", why });
    expect(by.a?.link).toEqual({
      live: LINK,
      memory: { holders: new Set(), owed: { link: MARK, why: [why] }, strangers: new Set([CITRA]) },
    });
  });

  test("is made anew for whoever may hold it, by the memory of the last run", async () => {
    const { by } = await planned({
      declared: [there("a", "G1", { link: "open" })],
      groups: [row("G1")],
      links: { a: record({ lastLink: { holders: CITRA } }) },
    });
    expect(by.a?.upkeep?.link).toEqual({ kind: "renew", why: `${CITRA} may hold it, and is declared no more` });
  });

  test.each<[string, Record<string, LastUpkeep>, string | undefined]>([
    ["and is remembered under the roster's name", { a: record({ linkRevision: 1 }) }, "linkRevision 1 → 2"],
    [
      "and is remembered under the name that the roster had",
      { old: record({ linkRevision: 1 }) },
      "linkRevision 1 → 2",
    ],
    [
      "which has exchanged its name with another",
      { a: record({ linkRevision: 2 }, "G2"), b: record({ linkRevision: 1 }, "G1") },
      "linkRevision 1 → 2",
    ],
    [
      "of another group under that name: this one has none yet",
      { a: record({ linkRevision: 1 }, "G2") },
      "linkRevision none → 2",
    ],
    ["and was not under management before, as its group was", {}, "linkRevision none → 2"],
  ])("of another revision %s", async (__, links, why) => {
    const wish = { link: "open", linkRevision: 2 } as const;
    const { by } = await planned({ declared: [there("a", "G1", wish)], groups: [row("G1")], links });
    expect(by.a?.upkeep?.link).toEqual(why === undefined ? undefined : { kind: "renew", why });
  });
});

test("a revision of a link is no change of a group that is new to the state", async () => {
  const wish = { link: "open", linkRevision: 2 } as const;
  const { by } = await planned({ declared: [there("a", "G1", wish)], groups: [row("G1")], state: [] });
  expect(by.a?.upkeep).toEqual({ create: false, set: {}, link: undefined });
});

describe("a group that is to be made", () => {
  test("is new, has nobody in it, and everybody is awaited", async () => {
    const { by, plan, refusals } = await planned({
      declared: [toMake("ops")],
      groups: [row("G1", { subject: "Sales" })],
    });
    expect(refusals).toEqual([]);
    expect(plan.groups).toHaveLength(1);
    expect(by.ops).toMatchObject({
      upkeep: { create: true, set: {}, link: undefined },
      history: { kind: "new" },
      observed: { kind: "whole", participants: [], unidentified: 0 },
      verdict: { kind: "approved", approved: { remove: [] }, plan: { awaiting: [{ number: ANA }, { number: BUDI }] } },
    });
  });

  test("gets its link with it, which those who are awaited will hold", async () => {
    const { by } = await planned({ declared: [toMake("ops", { link: "while-awaited", linkRevision: 1 })] });
    expect(by.ops?.upkeep?.link).toEqual({
      kind: "make",
      why: `there is none, and Ana (${ANA}), Budi (${BUDI}) are awaited`,
    });
    expect(by.ops?.link).toEqual({
      live: "",
      memory: { holders: new Set([ANA, BUDI]), owed: undefined, strangers: new Set() },
    });
  });

  test("stands among the others by name", async () => {
    const { plan } = await planned({ declared: [there("a", "G1", "none"), there("z", "G2", "none"), toMake("m")] });
    expect(plan.groups.map(({ desired }) => desired.name)).toEqual(["a", "m", "z"]);
  });

  test.each<[string, World, string, RegExp]>([
    [
      "its subject is taken",
      { declared: [toMake("ops")], groups: [row("G9", { subject: "ops" })] },
      "ambiguous-group",
      /^ops: 1 group with the subject "ops" is there already: G9 \(ACTIVE\)\..* into stacks\/main\/ops\.yaml/,
    ],
    [
      "it was asked for, and two have its subject",
      {
        declared: [toMake("ops", {}, "asked")],
        groups: [row("G8", { subject: "ops" }), row("G9", { subject: "ops" })],
      },
      "ambiguous-group",
      /^ops: this group was asked for, and 2 groups with the subject "ops" are there: G8 \(ACTIVE\), G9 \(ACTIVE\)\./,
    ],
    [
      "the state can't be read",
      { declared: [toMake("ops", {}, "unknown")], state: "not read" },
      "ambiguous-group",
      /^ops: the stack's state could not be read/,
    ],
    [
      "the groups can't be listed",
      { declared: [toMake("ops")], groups: failure("unreachable", { operation: "ListChatGroup", group: undefined }) },
      "groups-not-listed",
      /^ops: the group is not made, since the groups of its account could not be listed\. ListChatGroup: unreachable/,
    ],
    [
      "another stack makes it, too",
      {
        declared: [toMake("ops")],
        options: { elsewhere: new Map([["ops", { stack: "prod", file: "stacks/prod/ops.yaml", sure: true }]]) },
      },
      "belongs-elsewhere",
      /^ops: the stack prod declares the group, too \(stacks\/prod\/ops\.yaml\)/,
    ],
  ])("is not made where %s: it is held", async (__, world, rule, message) => {
    const { by, refusals } = await planned(world);
    expect([by.ops?.upkeep, by.ops?.verdict.kind]).toEqual([undefined, "held"]);
    expect(refusals).toEqual([{ rule, name: "ops", message: expect.stringMatching(message) as string }]);
  });

  test("that was asked for, and is there: it is found in the up", async () => {
    const { by } = await planned({ declared: [toMake("ops", {}, "asked")], groups: [row("G9", { subject: "ops" })] });
    expect(by.ops?.upkeep).toEqual({ create: true, set: {}, link: undefined });
  });

  test("with an empty roster is held, as any other", async () => {
    const empty = toMake("ops");
    const { by } = await planned({ declared: [{ ...empty, desired: { ...empty.desired, members: new Map() } }] });
    expect(by.ops?.verdict).toMatchObject({ kind: "held", refusals: [{ rule: "empty-roster" }] });
    expect(by.ops?.upkeep).toBeUndefined();
  });
});

describe("most new groups of a run", () => {
  const three = ["a", "b", "c"].map((name) => toMake(name));

  test("as many as the limit: they are made", async () => {
    const { refusals } = await planned({ declared: three, options: { limits: { maxNewGroupsPerRun: 3 } } });
    expect(refusals).toEqual([]);
  });

  test("more than that: the whole run is refused", async () => {
    const { refusals } = await planned({ declared: three, options: { limits: { maxNewGroupsPerRun: 2 } } });
    expect(refusals).toEqual([
      {
        ...{ rule: "max-new-groups-per-run", name: undefined },
        message:
          "3 groups would be made, more than the run's limit of 2: a, b, c. To permit it, set rollcall:maxNewGroupsPerRun to 3",
      },
    ]);
  });

  test("those that are held do not count", async () => {
    const { refusals } = await planned({
      declared: three,
      groups: [row("G9", { subject: "b" })],
      options: { limits: { maxNewGroupsPerRun: 2 } },
    });
    expect(refusals.map(({ rule }) => rule)).toEqual(["ambiguous-group"]);
  });
});
