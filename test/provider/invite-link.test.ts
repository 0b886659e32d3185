import type { GroupInfo } from "../../src/cams";
import type { LinkMemory } from "../../src/groups/types";
import { check } from "../../src/provider/check";
import { PartialFailure } from "../../src/provider/failure";
import {
  actIn,
  inviteLink,
  linkChange,
  readLastLink,
  writeLastLink,
  type InviteLinkOrder,
} from "../../src/provider/invite-link";
import { LINK, row, world, type Script, type World } from "../execution/upkeep/world";
import { ANA, BOT, BUDI, CITRA, DEWI } from "../membership/world";
import { args as participants, open, type Process } from "./world";
import { leftAlone } from "./left-alone";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const GROUP = "EA93UU0042";
const NEW = "https://chat.whatsapp.com/new1";
/** `linkMark` of LINK. */
const MARK = "_AHP2EaeV2";
type Bag = Record<string, unknown>;

const account = { businessNumber: BOT, custSpaceId: "cams-8c8e" };
/** Arguments of a resource in somebody's own program. */
const args = (over: Bag = {}): Bag => ({
  ...{ resource: "ChatGroupInviteLink", group: GROUP, ...account, inviteLink: "open" },
  ...over,
});
const state = (link: string, over: Bag = {}): Bag => ({
  ...{ resource: "ChatGroupInviteLink", group: GROUP, ...account, link, form: 1 },
  ...over,
});

type CarryOut = Extract<InviteLinkOrder, { kind: "carry out" }>;
const order = (over: Partial<CarryOut> = {}): CarryOut => ({
  ...{ kind: "carry out", root: "/project", preview: false, run: "run-1", plan: undefined },
  ...{ name: "jakarta/ops", act: null, live: LINK, memory: {} },
  ...over,
});
const leave = leftAlone<InviteLinkOrder>;
const ordered = (one: InviteLinkOrder, over: Bag = {}): Bag => args({ order: JSON.stringify(one), ...over });

/** A process of which the group has these people. */
const process = (
  rows: readonly GroupInfo[] = [row()],
  script: Script = {},
  there: readonly string[] = [ANA],
): Process => open(there, {}, {}, undefined, world(rows, script));

const writes = ({ keeper }: { readonly keeper: World }) =>
  keeper.log.filter((line) => /^(Add|Update|Delete)/.test(line));

async function inputsOf(session: Process, olds: Bag, news: Bag): Promise<Bag> {
  const { inputs, failures } = await inviteLink.check(session, olds, news);
  if (inputs === undefined) throw new Error(JSON.stringify(failures));
  return inputs as Bag;
}

/** A resource that the state knows: checked, compared, and updated where it differs. */
async function up(session: Process, olds: { inputs: Bag; outputs: Bag }, news: Bag) {
  const inputs = await inputsOf(session, olds.inputs, news);
  const { changes } = inviteLink.diff(session, olds.outputs, inputs);
  return { inputs, changes, outputs: changes ? await inviteLink.update(session, olds.outputs, inputs) : undefined };
}

describe("what is wrong with the arguments", () => {
  test.each<[string, Bag, string, string]>([
    ["no group", { group: undefined }, "group", "it has to be a CAMS GroupId"],
    ["a rule that there is not", { inviteLink: "keep" }, "inviteLink", "it has to be open or while-awaited"],
    ["a revision that is no whole number", { linkRevision: 1.5 }, "linkRevision", "it has to be a whole number"],
    ["a negative revision", { linkRevision: -1 }, "linkRevision", "it has to be at least 0"],
    ["an argument that there is not", { link: LINK }, "link", "there is no such argument"],
  ])("%s", async (_, over, property, reason) => {
    expect(await inviteLink.check(process(), {}, args(over))).toEqual({ failures: [{ property, reason }] });
  });
});

describe("the memory of a link, in the inputs", () => {
  const memory: LinkMemory = {
    ...{ holders: new Set([BUDI, ANA]), strangers: new Set([CITRA]) },
    owed: { link: MARK, why: ["linkRevision 1 → 2"] },
  };
  const written = { holders: `${ANA} ${BUDI}`, strangers: CITRA, owed: { link: MARK, why: ["linkRevision 1 → 2"] } };

  test("is written in one form", () => {
    expect(writeLastLink(memory)).toEqual(written);
    expect(writeLastLink({ holders: new Set(), strangers: new Set(), owed: undefined })).toEqual({});
  });

  test("is read again, with the revision of the inputs beside it", () => {
    expect(readLastLink({ lastLink: written, linkRevision: 2 })).toEqual({ memory, revision: 2 });
    const none = { holders: new Set(), strangers: new Set(), owed: undefined };
    expect(readLastLink({ lastLink: {} })).toEqual({ memory: none, revision: undefined });
    expect(readLastLink({ lastLink: { later: 1 }, linkRevision: "2" })).toEqual({ memory: none, revision: undefined });
  });

  test.each([
    [{}],
    [{ lastLink: UNKNOWN }],
    [{ lastLink: null }],
    [{ lastLink: { holders: 1 } }],
    [{ lastLink: { owed: {} } }],
  ])("is none in %j", (inputs) => expect(readLastLink(inputs)).toBeUndefined());
});

test("an act stands in the inputs as one key", () => {
  expect(linkChange(undefined)).toEqual({});
  expect(linkChange({ kind: "close", why: "everybody declared is there" })).toEqual({
    close: "everybody declared is there",
  });
  expect(actIn({ close: "everybody declared is there" })).toEqual({
    kind: "close",
    why: "everybody declared is there",
  });
  expect([actIn(undefined), actIn({}), actIn({ create: "Ops" }), actIn({ renew: 1 })]).toEqual([
    ...[undefined, undefined, undefined, undefined],
  ]);
});

describe("by the order of the program", () => {
  const renew = { kind: "renew", why: "linkRevision 1 → 2" } as const;

  test("a link is made anew: the inputs say why, the output is the new link", async () => {
    const session = process();
    const memory = { owed: { link: MARK, why: ["linkRevision 1 → 2"] } };
    const olds = { inputs: args({ linkRevision: 1, lastLink: {} }), outputs: state(LINK) };
    const { inputs, outputs } = await up(session, olds, ordered(order({ act: renew, memory }), { linkRevision: 2 }));
    expect(inputs).toEqual(args({ linkRevision: 2, change: { renew: "linkRevision 1 → 2" }, lastLink: memory }));
    expect(outputs).toEqual(state(NEW, { run: "run-1" }));
    expect(session.keeper.audited[0]).toMatchObject({
      act: "renew link",
      roster: "jakarta/ops",
      reason: "linkRevision 1 → 2",
    });
  });

  test("a preview shows it, calls nothing, and remembers nothing", async () => {
    const session = process();
    const inputs = await inputsOf(session, args({ lastLink: {} }), ordered(order({ act: renew, preview: true })));
    expect(inputs).toEqual(args({ change: { renew: "linkRevision 1 → 2" }, lastLink: UNKNOWN }));
    expect(session.keeper.log).toEqual([]);
  });

  test("a link of a group that is made in the same run: what happens is known, and not whose it is", async () => {
    const make = { kind: "make", why: "there is none" } as const;
    const news = ordered(order({ act: make, live: "", preview: true }), { group: UNKNOWN });
    expect(await inputsOf(process(), {}, news)).toEqual(
      args({ group: UNKNOWN, change: { make: "there is none" }, lastLink: UNKNOWN }),
    );
  });

  test("nothing is to be done: the inputs of the last run that say so are gone, and nothing is written", async () => {
    const olds = {
      inputs: args({ change: { renew: "before" }, lastLink: {} }),
      outputs: state(LINK, { run: "run-0" }),
    };
    const session = process();
    const { inputs, changes } = await up(session, olds, ordered(order({ memory: { holders: BUDI } })));
    expect([inputs, changes]).toEqual([args({ lastLink: { holders: BUDI } }), false]);
    expect(session.keeper.log).toEqual([]);
  });

  test("a link that somebody else has changed is written down, without a call", async () => {
    const session = process();
    const olds = { inputs: args({ lastLink: {} }), outputs: state("https://chat.whatsapp.com/before") };
    const { outputs } = await up(session, olds, ordered(order()));
    expect(outputs).toEqual(state(LINK, { run: "run-1" }));
    expect(session.keeper.log).toEqual([]);
  });

  test("a link that is new to the state is taken as it is", async () => {
    const session = process();
    const inputs = await inputsOf(session, {}, ordered(order()));
    expect(await inviteLink.create(session, inputs)).toEqual({ id: GROUP, outs: state(LINK, { run: "run-1" }) });
    expect(writes(session)).toEqual([]);
  });

  test.each<[string, Script, RegExp]>([
    [
      "CAMS lists the same one still",
      { writes: ["ignored"] },
      /^jakarta\/ops \(EA93UU0042\): the invite link was not made anew: CAMS accepted it, and lists the same link still/,
    ],
    [
      "CAMS refuses",
      { writes: ["refused"] },
      /^jakarta\/ops \(EA93UU0042\): the invite link was not made anew: AddChatGroupInviteLink: refused/,
    ],
    [
      "the groups can't be listed",
      { lists: ["unreachable"] },
      /^jakarta\/ops \(EA93UU0042\): ListChatGroup: unreachable/,
    ],
  ])("a link that is not made anew is an error, and written again by the next run: %s", async (_, script, failed) => {
    const olds = { inputs: args({ lastLink: {} }), outputs: state(LINK) };
    const { outputs } = await up(process([row()], script), olds, ordered(order({ act: renew })));
    expect(outputs).toEqual(state(LINK, { run: "run-1", failed: expect.stringMatching(failed) as string }));
    const next = await up(process(), { ...olds, outputs: outputs as Bag }, ordered(order()));
    expect([next.changes, next.outputs]).toEqual([true, state(LINK, { run: "run-1" })]);
  });

  test("a link that is left as it is keeps inputs and memory, and is not written", async () => {
    const olds = {
      inputs: args({ linkRevision: 1, change: { renew: "before" }, lastLink: { holders: BUDI } }),
      outputs: state(LINK, { failed: "before" }),
    };
    const session = process();
    const { inputs, changes } = await up(session, olds, ordered(leave(), { linkRevision: 2 }));
    expect([inputs, changes]).toEqual([args({ linkRevision: 1, lastLink: { holders: BUDI } }), false]);
    expect(session.keeper.log).toEqual([]);
  });

  describe("bound by a reviewed plan", () => {
    const olds = { inputs: args({ lastLink: { holders: BUDI } }), outputs: state(LINK) };

    test("the inputs name what the plan names, and just that is done", async () => {
      const plan = { change: { renew: "as reviewed" }, writes: true };
      const session = process();
      const { inputs, outputs } = await up(session, olds, ordered(order({ act: renew, plan })));
      expect(inputs).toMatchObject({ change: { renew: "as reviewed" } });
      expect(outputs).toMatchObject({ link: NEW });
      expect(session.keeper.audited[0]).toMatchObject({ reason: "as reviewed" });
    });

    test("what the program finds to be done, or not so any more, is not done again", async () => {
      const plan = { change: { renew: "as reviewed" }, writes: true };
      const session = process();
      const { inputs, outputs } = await up(session, olds, ordered(order({ act: null, plan })));
      expect(inputs).toMatchObject({ change: { renew: "as reviewed" } });
      expect(outputs).toMatchObject({ link: LINK });
      expect(writes(session)).toEqual([]);
    });

    test("a resource that the plan says stays the same is not written, even where the link is another one", async () => {
      const plan = { change: {}, writes: false };
      const { changes } = await up(process(), { ...olds, outputs: state("before") }, ordered(order({ plan })));
      expect(changes).toBe(false);
    });

    test("a link that a guard holds now has the plan's inputs and its own memory, and is not written", async () => {
      const plan = { change: { renew: "as reviewed" }, writes: true };
      const { inputs, changes } = await up(process(), olds, ordered(leave({ plan })));
      expect(inputs).toEqual(args({ change: { renew: "as reviewed" }, lastLink: { holders: BUDI } }));
      expect(changes).toBe(false);
    });
  });

  test("another group under the same name: the resource is replaced", async () => {
    const session = process();
    const inputs = await inputsOf(session, args({ group: "EA1" }), ordered(order()));
    expect(inviteLink.diff(session, state(LINK, { group: "EA1" }), inputs)).toEqual({
      changes: true,
      replaces: ["group"],
    });
  });

  test("two resources that want something else of one link: neither is written", async () => {
    const session = process();
    await inputsOf(session, {}, ordered(order({ act: renew })));
    expect(await inviteLink.check(session, {}, ordered(order()))).toEqual({
      failures: [{ property: "group", reason: "two resources are about the link of EA93UU0042" }],
    });
  });

  test("nothing is done that was not checked in this process", async () => {
    await expect(inviteLink.create(process(), args())).rejects.toThrow(
      "the link of EA93UU0042: nothing is done, since this process has not checked it, or a guard holds it. Run pulumi up again",
    );
    const session = process();
    const inputs = await inputsOf(session, {}, ordered(order()));
    await expect(inviteLink.create(session, { ...inputs, change: { renew: "x" } })).rejects.toThrow(
      "nothing is done, since the changes are not those that were checked",
    );
    expect(session.keeper.log).toEqual([]);
  });
});

describe("in somebody's own program", () => {
  /** The group's people were checked before: Ana and Budi are declared. */
  async function withPeople(session: Process, over: Bag = {}, lastLook: unknown = {}): Promise<Process> {
    const news = participants({ members: { [ANA]: "Ana", [BUDI]: "Budi" }, ...over });
    await check(session, { ...news, lastLook }, news);
    return session;
  }

  test("open: there is always a link, with people or without", async () => {
    const session = process([row({ inviteLink: "" })]);
    const inputs = await inputsOf(session, {}, args());
    expect(inputs).toEqual(args({ change: { make: "there is none" }, lastLink: {} }));
    expect(await inviteLink.create(session, inputs)).toEqual({ id: GROUP, outs: state(NEW) });
  });

  test("while-awaited takes a resource of the group's people, which has to be there first", async () => {
    expect(await inviteLink.check(process(), {}, args({ inviteLink: "while-awaited" }))).toEqual({
      failures: [
        {
          property: "group",
          reason:
            "while-awaited takes a ChatGroupParticipants of the same group, on which this resource depends (dependsOn)",
        },
      ],
    });
  });

  test.each<[string, readonly string[], string, Bag | undefined]>([
    ["somebody is awaited, and there is no link", [ANA], "", { make: `there is none, and Budi (${BUDI}) is awaited` }],
    ["somebody is awaited, and there is one", [ANA], LINK, undefined],
    ["everybody is there", [ANA, BUDI], LINK, { close: "everybody declared is there" }],
    ["everybody is there, and there is none", [ANA, BUDI], "", undefined],
  ])("while-awaited: %s", async (_, there, live, change) => {
    const session = await withPeople(process([row({ inviteLink: live })], {}, there), {}, { awaiting: BUDI });
    const inputs = await inputsOf(session, {}, args({ inviteLink: "while-awaited" }));
    expect(inputs.change).toEqual(change);
  });

  test("it is made anew after a stranger was removed, and for whoever may hold it and is declared no more", async () => {
    const session = await withPeople(process([row()], {}, [ANA, BUDI, DEWI]));
    const inputs = await inputsOf(session, args({ lastLink: { holders: CITRA } }), args());
    const why = [`${DEWI} came by it, declared by nobody`, `${CITRA} may hold it, and is declared no more`];
    expect(inputs).toEqual(
      args({ change: { renew: why.join("; ") }, lastLink: { strangers: DEWI, owed: { link: MARK, why } } }),
    );
  });

  test("where nobody has looked at its people, whoever may hold it still may", async () => {
    const session = process();
    const lastLink = { holders: CITRA, strangers: DEWI };
    expect(await inputsOf(session, args({ lastLink }), args())).toEqual(args({ lastLink }));
    expect(writes(session)).toEqual([]);
  });

  test("another revision makes it anew, once", async () => {
    const session = process();
    const olds = { inputs: args({ linkRevision: 1, lastLink: {} }), outputs: state(LINK) };
    const { inputs, outputs } = await up(session, olds, args({ linkRevision: 2 }));
    expect(inputs.change).toEqual({ renew: "linkRevision 1 → 2" });
    const next = await up(
      process([row({ inviteLink: NEW })]),
      { inputs, outputs: outputs as Bag },
      args({ linkRevision: 2 }),
    );
    expect([next.inputs, next.changes]).toEqual([args({ linkRevision: 2, lastLink: {} }), false]);
  });

  test("a renewal that CAMS accepted and does not list fails, stays in state, and is owed", async () => {
    const session = process([row()], { writes: ["ignored"] });
    const olds = { inputs: args({ linkRevision: 1, lastLink: {} }), outputs: state(LINK) };
    const inputs = await inputsOf(session, olds.inputs, args({ linkRevision: 2 }));
    const failure = await inviteLink.update(session, olds.outputs, inputs).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure).toMatchObject({ id: GROUP, properties: state(LINK) });
    const next = await inputsOf(process(), inputs, args({ linkRevision: 2 }));
    expect(next.change).toEqual({ renew: "linkRevision 1 → 2" });
  });

  test("a preview shows what happens, and remembers nothing", async () => {
    const inputs = await inputsOf(process([row({ inviteLink: "" })]), {}, args({ preview: true }));
    expect(inputs).toEqual(args({ change: { make: "there is none" }, lastLink: UNKNOWN }));
  });

  test("a group whose id a preview does not know yet", async () => {
    expect(await inputsOf(process(), {}, args({ group: UNKNOWN, preview: true }))).toEqual(
      args({ group: UNKNOWN, lastLink: UNKNOWN }),
    );
  });

  test("a group that CAMS does not list has no link to keep", async () => {
    expect(await inviteLink.check(process([]), {}, args())).toEqual({
      failures: [{ property: "group", reason: "CAMS does not list EA93UU0042" }],
    });
  });

  describe("of a group that a guard holds", () => {
    /** Everybody would go. */
    const held = () => withPeople(process([row()], {}, [CITRA, DEWI]), { members: { [ANA]: "Ana" }, maxRemovals: 0 });

    test("it stays as it is, whatever would be done", async () => {
      const olds = { inputs: args({ linkRevision: 1, lastLink: { holders: BUDI } }), outputs: state(LINK) };
      const session = await held();
      const { inputs, changes } = await up(session, olds, args({ linkRevision: 2 }));
      expect([inputs, changes]).toEqual([args({ linkRevision: 1, lastLink: { holders: BUDI } }), false]);
    });

    test("and that is new to the state: it is on record, and nothing is done or remembered", async () => {
      const session = await held();
      const inputs = await inputsOf(session, {}, args());
      expect(inputs).toEqual(args());
      expect(await inviteLink.create(session, inputs)).toEqual({
        id: GROUP,
        outs: { ...args(), failed: "the link of EA93UU0042: nothing was done, since a guard holds the group", form: 1 },
      });
      expect(session.keeper.log).toEqual([]);
    });
  });
});

describe("a refresh", () => {
  test.each<[string, readonly GroupInfo[], string]>([
    ["finds the link that there is now", [row({ inviteLink: NEW })], NEW],
    ["finds that there is none", [row({ inviteLink: "" })], ""],
    ["leaves a link as it was of a group that CAMS does not list", [], LINK],
  ])("%s", async (_, rows, link) => {
    expect(await inviteLink.read(process(rows), GROUP, state(LINK))).toEqual({ props: state(link) });
  });

  test("that can't list the groups leaves all as it was, and says so; where nobody can, it fails", async () => {
    const session = process([row()], { lists: ["throttled"] });
    expect(await inviteLink.read(session, GROUP, state(LINK))).toEqual({ props: state(LINK) });
    expect(session.keeper.warnings).toEqual([
      expect.stringMatching(/^EA93UU0042: not compared: ListChatGroup: throttled/),
    ]);
    await expect(inviteLink.read(process([], { lists: ["access"] }), GROUP, state(LINK))).rejects.toMatchObject({
      kind: "access",
    });
  });
});
