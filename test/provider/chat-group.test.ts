import { chatGroup, type ChatGroupOrder } from "../../src/provider/chat-group";
import { PartialFailure } from "../../src/provider/failure";
import { row, world, type Script, type World } from "../execution/upkeep/world";
import type { GroupInfo } from "../../src/cams";
import { BOT } from "../membership/world";
import { open, type Process } from "./world";
import { leftAlone } from "./left-alone";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SUBJECT = "Jakarta operations";
const account = { businessNumber: BOT, custSpaceId: "cams-8c8e" };
type Bag = Record<string, unknown>;

/** Arguments of a resource in somebody's own program. */
const args = (over: Bag = {}): Bag => ({ resource: "ChatGroup", subject: SUBJECT, ...account, ...over });
const made = { resource: "ChatGroup", group: "MADE1", subject: SUBJECT, ...account, form: 1 };

type CarryOut = Extract<ChatGroupOrder, { kind: "carry out" }>;
const order = (over: Partial<CarryOut> = {}): CarryOut => ({
  ...{ kind: "carry out", root: "/project", preview: false, run: "run-1", plan: undefined },
  ...{ name: "jakarta/ops", file: "stacks/main/jakarta/ops.yaml", group: "EA93UU0042", asked: false, change: {} },
  ...over,
});
const leave = leftAlone<ChatGroupOrder>;
const ordered = (one: ChatGroupOrder, over: Bag = {}): Bag => args({ order: JSON.stringify(one), ...over });

const process = (rows: readonly GroupInfo[] = [], script: Script = {}): Process =>
  open([], {}, {}, undefined, world(rows, script));

const writes = ({ keeper }: { readonly keeper: World }) =>
  keeper.log.filter((line) => /^(Add|Update|Delete)/.test(line));

async function inputsOf(session: Process, olds: Bag, news: Bag): Promise<Bag> {
  const { inputs, failures } = await chatGroup.check(session, olds, news);
  if (inputs === undefined) throw new Error(JSON.stringify(failures));
  return inputs as Bag;
}

/** A new resource: checked, and made. */
async function create(session: Process, news: Bag) {
  return chatGroup.create(session, await inputsOf(session, {}, news));
}

/** A resource that the state knows: checked, compared, and updated where it differs. */
async function up(session: Process, olds: { inputs: Bag; outputs: Bag }, news: Bag) {
  const inputs = await inputsOf(session, olds.inputs, news);
  const { changes } = chatGroup.diff(session, olds.outputs, inputs);
  const outputs = changes ? await chatGroup.update(session, olds.outputs, inputs) : undefined;
  return { inputs, changes, outputs };
}

const NOW = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;

describe("what is wrong with the arguments", () => {
  const title = "it has to be one line of 1 to 128 characters, without blanks at its ends";
  const lines = "it may have at most 2048 characters, all of which can be seen";
  test.each<[string, Bag, string, string]>([
    ["no subject", { subject: undefined }, "subject", "it has to be the group's name"],
    ["an empty subject", { subject: "" }, "subject", title],
    ["a blank at an end", { subject: "Ops " }, "subject", title],
    ["a line break", { subject: "Jakarta\nops" }, "subject", title],
    ["129 characters", { subject: "x".repeat(129) }, "subject", title],
    ["a description with an escape", { description: "\u001b[31m" }, "description", lines],
    ["a description of 2,049 characters", { description: "x".repeat(2049) }, "description", lines],
    ["a description that is no text", { description: 1 }, "description", "it has to be text"],
    ["a GroupId with a blank", { group: "EA 1" }, "group", "it has to be a CAMS GroupId"],
    [
      "a business number with a plus",
      { businessNumber: "+8613800000000" },
      "businessNumber",
      'it has to be digits with country code, such as "8613800000000"',
    ],
    ["no space", { custSpaceId: "" }, "custSpaceId", "it has to be a CAMS CustSpaceId, such as cams-8c8e"],
    ["an argument that there is not", { members: {} }, "members", "there is no such argument"],
  ])("%s", async (_, over, property, reason) => {
    expect(await chatGroup.check(process(), {}, args(over))).toEqual({ failures: [{ property, reason }] });
  });

  test("nothing: 128 characters of any kind, and lines", async () => {
    const news = args({ subject: "🚚".repeat(128), description: "Shifts,\nat 7 and at 19" });
    expect((await chatGroup.check(process(), {}, news)).failures).toBeUndefined();
  });
});

describe("a group in somebody's own program", () => {
  test("that is new is made, which its inputs say, with the moment", async () => {
    const session = process();
    const inputs = await inputsOf(session, {}, args({ __provider: "text" }));
    expect(inputs).toEqual({ ...args(), change: { create: SUBJECT }, asked: NOW });
    expect(await chatGroup.create(session, inputs)).toEqual({ id: "MADE1", outs: made });
    expect(writes(session)).toEqual([`AddChatGroup ${SUBJECT}`]);
  });

  test("a preview shows it, calls nothing, and does not know the moment", async () => {
    const session = process();
    expect(await inputsOf(session, {}, args({ preview: true }))).toEqual({
      ...args(),
      ...{ change: { create: SUBJECT }, asked: UNKNOWN },
    });
    expect(session.keeper.log).toEqual([]);
  });

  test("that was made keeps its moment, and nothing is to be done", async () => {
    const session = process([row({ group: "MADE1" })]);
    const olds = { inputs: args({ asked: "2026-11-25T00:00:00.000Z", change: { create: SUBJECT } }), outputs: made };
    const { inputs, changes } = await up(session, olds, args());
    expect([inputs, changes]).toEqual([args({ asked: "2026-11-25T00:00:00.000Z" }), false]);
    expect(session.keeper.log).toEqual([]);
  });

  test("gets another subject and a description", async () => {
    const session = process([row({ group: "MADE1" })]);
    const { outputs } = await up(
      session,
      { inputs: args(), outputs: made },
      args({ subject: "Night", description: "Shifts" }),
    );
    expect(outputs).toEqual({ ...made, subject: "Night", description: "Shifts" });
    expect(writes(session)).toEqual(['UpdateChatGroup MADE1 {"subject":"Night","description":"Shifts"}']);
  });

  test("of which the id is given is taken as it is, and gets its texts", async () => {
    const session = process([row({ subject: "By hand" })]);
    const news = args({ group: "EA93UU0042" });
    expect(await create(session, news)).toEqual({ id: "EA93UU0042", outs: { ...made, group: "EA93UU0042" } });
    expect(writes(session)).toEqual([`UpdateChatGroup EA93UU0042 {"subject":"${SUBJECT}"}`]);
  });

  test("of which the id is written down later is the same", async () => {
    const session = process([row({ group: "MADE1" })]);
    const { changes } = await up(session, { inputs: args(), outputs: made }, args({ group: "MADE1" }));
    expect(changes).toBe(false);
  });

  test("with a subject that is taken is not made: an error, and nothing in state", async () => {
    const session = process([row({ group: "HAND" })]);
    await expect(create(session, args())).rejects.toThrow(
      `the group "${SUBJECT}": 1 group with the subject "${SUBJECT}" is there already: HAND (ACTIVE). ` +
        "Another one is not made, since the two could not be told apart. " +
        "Write `group:` with the id that is meant into the arguments of the resource, or give it another subject",
    );
    expect(writes(session)).toEqual([]);
  });

  test("whose groups can't be listed is not made", async () => {
    const session = process([], { lists: ["access"] });
    await expect(create(session, args())).rejects.toMatchObject({ kind: "access" });
  });

  test("of which it is not known whether it was made stays in state, and is looked for first by the next run", async () => {
    const session = process([], { writes: ["lost"] });
    const failure = await create(session, args()).then(
      () => undefined,
      (error: unknown) => error as PartialFailure,
    );
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure?.id).toBe(`not known yet: ${SUBJECT}`);
    expect(failure?.properties).toEqual({ ...made, group: "", pending: true, __provider: undefined });
    expect(failure?.message).toMatch(
      /^the group "Jakarta operations": the group was asked for, and CAMS does not list it so far/,
    );

    const next = process([row({ group: "LATE" })]);
    const olds = { inputs: args({ asked: "2026-11-25T00:00:00.000Z" }), outputs: { ...failure?.properties } };
    const { changes, outputs } = await up(next, olds, args());
    expect([changes, outputs]).toEqual([true, { ...made, group: "LATE" }]);
    expect(writes(next)).toEqual([]);
  });

  test("that stays CREATING is known, and the run ends in failure", async () => {
    const failure = await create(process([], { madeAs: "CREATING" }), args()).catch(
      (error: unknown) => error as PartialFailure,
    );
    expect(failure).toMatchObject({
      id: "MADE1",
      properties: made,
      reasons: [
        `the group "${SUBJECT}" (MADE1): the group is made, and is still CREATING: nobody can join before it is ACTIVE. Run pulumi up again later`,
      ],
    });
  });

  test("two resources that give one group other texts: neither is written", async () => {
    const session = process([row()]);
    const first = ordered(order({ change: { subject: "a → b" } }), { group: "EA93UU0042" });
    await inputsOf(session, {}, first);
    expect(await chatGroup.check(session, {}, args({ group: "EA93UU0042", subject: "Other" }))).toEqual({
      failures: [{ property: "subject", reason: "two resources are about EA93UU0042" }],
    });
  });

  test("two resources that make one subject: the second is not made", async () => {
    const session = process();
    await create(session, args());
    await expect(create(session, args())).rejects.toThrow("another resource makes a group with this subject, too");
    expect(session.keeper.groups.size).toBe(1);
  });

  test("with an argument that a preview does not know yet is shown as it is", async () => {
    const session = process();
    expect(await inputsOf(session, {}, args({ custSpaceId: UNKNOWN, preview: true }))).toEqual(
      args({ custSpaceId: UNKNOWN }),
    );
  });
});

describe("by the order of the program", () => {
  const create_ = order({ group: null, change: { create: SUBJECT } });

  test("a group that the reviewed plan does not name is not made", async () => {
    const session = process();
    const inputs = await inputsOf(session, {}, ordered({ ...create_, plan: { change: {}, writes: true } }));
    const { outs } = await chatGroup.create(session, inputs);
    expect(outs).toMatchObject({
      group: "",
      failed: "jakarta/ops: the group was not made, since the reviewed plan does not name it. Make a new plan",
    });
    expect(session.keeper.log).toEqual([]);
  });

  test("a group is made; the outputs name the run", async () => {
    const session = process();
    const inputs = await inputsOf(session, {}, ordered(create_));
    expect(inputs).toEqual({ ...args(), change: { create: SUBJECT }, asked: NOW });
    expect(await chatGroup.create(session, inputs)).toEqual({ id: "MADE1", outs: { ...made, run: "run-1" } });
    expect(session.keeper.audited[0]).toMatchObject({ event: "attempt", roster: "jakarta/ops" });
    expect(session.root).toBe("/project");
  });

  test("a group that was asked for before is found, and not asked for again", async () => {
    const session = process([row({ group: "LATE" })]);
    const inputs = await inputsOf(session, {}, ordered({ ...create_, asked: true }));
    expect(await chatGroup.create(session, inputs)).toMatchObject({ id: "LATE" });
    expect(writes(session)).toEqual([]);
  });

  test("a group that was asked for before stays on record as such while two are there", async () => {
    const session = process([row({ group: "A" }), row({ group: "B" })]);
    const inputs = await inputsOf(session, {}, ordered({ ...create_, asked: true }));
    expect(await chatGroup.create(session, inputs)).toMatchObject({ outs: { group: "", pending: true } });
    expect(writes(session)).toEqual([]);
  });

  test("a group that is there gets its texts; the inputs name what they were", async () => {
    const session = process([row({ subject: "By hand" })]);
    const change = { subject: `By hand → ${SUBJECT}` };
    const olds = { inputs: args({ asked: "then" }), outputs: { ...made, group: "EA93UU0042" } };
    const { inputs, outputs } = await up(session, olds, ordered(order({ change })));
    expect(inputs).toEqual(args({ change, asked: "then" }));
    expect(outputs).toEqual({ ...made, group: "EA93UU0042", run: "run-1" });
  });

  test("a difference that the order does not name is left: nobody has reviewed it", async () => {
    const session = process([row({ subject: "By hand" })]);
    const news = ordered(order({ change: {}, plan: { change: {}, writes: true } }));
    const inputs = await inputsOf(session, args(), news);
    const olds = { ...made, group: "EA93UU0042", failed: "an earlier fault" };
    expect(await chatGroup.update(session, olds, inputs)).toEqual({ ...made, group: "EA93UU0042", run: "run-1" });
    expect(writes(session)).toEqual([]);
  });

  test("what stands in the inputs of an earlier run is not done again", async () => {
    const session = process([row()]);
    const olds = {
      inputs: args({ change: { subject: `By hand → ${SUBJECT}` } }),
      outputs: { ...made, group: "EA93UU0042", run: "run-0" },
    };
    const { inputs, changes } = await up(session, olds, ordered(order()));
    expect([inputs, changes]).toEqual([args(), false]);
  });

  test.each<[string, Script, readonly GroupInfo[], RegExp, Bag]>([
    [
      "CAMS refuses",
      { writes: ["refused"] },
      [],
      /^jakarta\/ops: the group was not made: AddChatGroup: refused/,
      { group: "" },
    ],
    [
      "its subject is taken",
      {},
      [row({ group: "HAND" })],
      /^jakarta\/ops: 1 group .* is there already: HAND/,
      { group: "" },
    ],
    [
      "nobody knows",
      { writes: ["lost"] },
      [],
      /^jakarta\/ops: the group was asked for, and CAMS does not list it/,
      { group: "", pending: true },
    ],
    [
      "the groups can't be listed",
      { lists: ["unreachable"] },
      [],
      /^jakarta\/ops: ListChatGroup: unreachable/,
      { group: "" },
    ],
    ["it stays CREATING", { madeAs: "CREATING" }, [], /^jakarta\/ops \(MADE1\): .* still CREATING/, {}],
  ])("a group that is not made is in state, and says why: %s", async (_, script, rows, failed, over) => {
    const session = process(rows, script);
    const { id, outs } = await create(session, ordered(create_));
    expect(outs).toEqual({ ...made, ...over, run: "run-1", failed: expect.stringMatching(failed) as string });
    expect(id).toBe(over.group === "" ? `not known yet: ${SUBJECT}` : "MADE1");
  });

  test("a group that was asked for, and can't be looked for, stays asked for", async () => {
    const session = process([], { lists: Array.from({ length: 50 }, () => "throttled" as const) });
    const olds = { inputs: args(), outputs: { ...made, group: "", pending: true } };
    const { outputs } = await up(session, olds, ordered({ ...create_, asked: true }));
    expect(outputs).toMatchObject({
      ...{ group: "", pending: true },
      failed: "jakarta/ops: the groups could not be listed. Run again",
    });
  });

  test("texts that are not set are tried again by the next run", async () => {
    const session = process([row({ subject: "By hand" })], { writes: ["ignored"] });
    const change = { subject: `By hand → ${SUBJECT}` };
    const olds = { inputs: args(), outputs: { ...made, group: "EA93UU0042" } };
    const { outputs } = await up(session, olds, ordered(order({ change })));
    expect(outputs).toMatchObject({
      failed: expect.stringMatching(/were asked for, and CAMS does not list them/) as string,
    });
    const next = process([row()]);
    const again = await up(next, { inputs: args(), outputs: outputs as Bag }, ordered(order()));
    expect([again.changes, (again.outputs as Bag).failed]).toEqual([true, undefined]);
  });

  describe("a group that is left as it is", () => {
    const olds = {
      inputs: args({ subject: "Old", asked: "then", change: { create: "Old" } }),
      outputs: { ...made, subject: "Old" },
    };

    test("keeps its inputs, less what was done, and is not written", async () => {
      const session = process([row()]);
      const { inputs, changes } = await up(session, olds, ordered(leave()));
      expect([inputs, changes]).toEqual([args({ subject: "Old", asked: "then" }), false]);
      expect(session.keeper.log).toEqual([]);
    });

    test("is not written either where something of it differs", async () => {
      const { changes } = await up(
        process(),
        { ...olds, outputs: { ...olds.outputs, failed: "before" } },
        ordered(leave()),
      );
      expect(changes).toBe(false);
    });

    test("has the inputs of the reviewed plan, where one binds the run", async () => {
      const plan = { change: { create: SUBJECT }, writes: true };
      const session = process();
      const inputs = await inputsOf(session, {}, ordered(leave({ plan })));
      expect(inputs).toEqual(args({ change: { create: SUBJECT } }));
      // Pulumi makes what its plan makes: on record, and not at CAMS.
      expect(await chatGroup.create(session, inputs)).toEqual({
        id: `not known yet: ${SUBJECT}`,
        outs: {
          ...args(),
          group: "",
          failed: `the group "${SUBJECT}": nothing was done, since a guard holds the group`,
          form: 1,
        },
      });
      expect(session.keeper.log).toEqual([]);
    });
  });

  describe("bound by a reviewed plan", () => {
    test("the inputs name what the plan names, and just that is done", async () => {
      const session = process([row({ subject: "By hand" })]);
      const plan = { change: { subject: `Then → ${SUBJECT}` }, writes: true };
      const olds = { inputs: args(), outputs: { ...made, group: "EA93UU0042" } };
      const { inputs, outputs } = await up(session, olds, ordered(order({ plan, change: {} })));
      expect(inputs).toEqual(args({ change: plan.change }));
      expect(outputs).toMatchObject({ subject: SUBJECT });
    });

    test("a resource that the plan says stays the same is not written", async () => {
      const plan = { change: {}, writes: false };
      const olds = { inputs: args(), outputs: { ...made, group: "EA93UU0042", failed: "before" } };
      expect((await up(process([row()]), olds, ordered(order({ plan })))).changes).toBe(false);
    });
  });
});

describe("nothing is done that was not checked in this process", () => {
  test("at all", async () => {
    await expect(chatGroup.create(process(), args())).rejects.toThrow(
      'the group "Jakarta operations": nothing is done, since this process has not checked it, or a guard holds it. Run pulumi up again',
    );
  });

  test("or differently", async () => {
    const session = process([row()]);
    const inputs = await inputsOf(session, {}, ordered(order()));
    await expect(chatGroup.create(session, { ...inputs, change: { create: SUBJECT } })).rejects.toThrow(
      "nothing is done, since the changes are not those that were checked",
    );
    expect(session.keeper.log).toEqual([]);
  });
});

describe("a refresh", () => {
  const props = { ...made, group: "EA93UU0042", description: "Shifts" };

  test.each<[string, readonly GroupInfo[], Bag, Bag]>([
    ["of a group that is as it was", [row({ description: "Shifts" })], props, props],
    [
      "of one with other texts: what they are is drift",
      [row({ subject: "By hand", description: "" })],
      props,
      { ...props, drift: { subject: "By hand", description: "" } },
    ],
    [
      "of one that drifted before, and is as it was again",
      [row({ description: "Shifts" })],
      { ...props, drift: { subject: "x" } },
      props,
    ],
    [
      "of one whose description nobody gave",
      [row({ description: "x" })],
      { ...made, group: "EA93UU0042" },
      { ...made, group: "EA93UU0042" },
    ],
    [
      "of one that CAMS does not list",
      [],
      { ...props, drift: { subject: "x" } },
      { ...props, drift: { subject: "x" } },
    ],
    ["of one that was never made", [row()], { ...props, group: "" }, { ...props, group: "" }],
  ])("%s", async (_, rows, before, after) => {
    expect(await chatGroup.read(process(rows), "EA93UU0042", before)).toEqual({ props: after });
  });

  test("drift is mended by the next up", async () => {
    const session = process([row({ subject: "By hand" })]);
    const olds = { inputs: args(), outputs: { ...made, group: "EA93UU0042", drift: { subject: "By hand" } } };
    const { changes, outputs } = await up(session, olds, ordered(order()));
    expect([changes, outputs]).toEqual([true, { ...made, group: "EA93UU0042", run: "run-1" }]);
  });

  test("lists an account once for all of its groups, and writes nothing", async () => {
    const session = process([row(), row({ group: "EA2" })]);
    await chatGroup.read(session, "EA93UU0042", props);
    await chatGroup.read(session, "EA2", { ...props, group: "EA2" });
    expect(session.keeper.log).toEqual(["list"]);
  });

  test("that can't list the groups leaves all as it was, and says so; where nobody can, it fails", async () => {
    const session = process([], { lists: ["throttled"] });
    expect(await chatGroup.read(session, "EA93UU0042", props)).toEqual({ props });
    expect(session.keeper.warnings).toEqual([
      expect.stringMatching(/^EA93UU0042: not compared: ListChatGroup: throttled/),
    ]);
    await expect(chatGroup.read(process([], { lists: ["access"] }), "x", props)).rejects.toMatchObject({
      kind: "access",
    });
    await expect(chatGroup.read(process([], { lists: ["unreachable"] }), "x", props)).rejects.toMatchObject({
      kind: "unreachable",
    });
  });
});
