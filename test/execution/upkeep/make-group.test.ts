import type { GroupInfo } from "../../../src/cams";
import { makeGroup, type NewGroup } from "../../../src/execution/upkeep/make-group";
import { account, row, world, type Script } from "./world";

const SUBJECT = "Jakarta operations";
const one: NewGroup = {
  ...{ account, name: "jakarta/ops", file: "stacks/main/jakarta/ops.yaml", subject: SUBJECT },
  ...{ description: undefined, asked: false },
};
const twin = (group: string, over: Partial<GroupInfo> = {}) => row({ group, inviteLink: "", ...over });
const appears =
  (...rows: readonly GroupInfo[]) =>
  (groups: Map<string, GroupInfo>) => {
    for (const found of rows) groups.set(found.group, found);
  };

async function made(script: Script = {}, over: Partial<NewGroup> = {}, rows: readonly GroupInfo[] = []) {
  const keeper = world(rows, script);
  const result = await makeGroup({ ...one, ...over }, keeper);
  const asked = keeper.log.filter((line) => line.startsWith("AddChatGroup")).length;
  return { keeper, result, asked, log: keeper.log };
}

const HAND =
  "Another one is not made, since the two could not be told apart. " +
  "Write `group:` with the id that is meant into stacks/main/jakarta/ops.yaml, or give it another subject";

test("it is asked for once, on record before and after, and looked for until it is there", async () => {
  const { keeper, result, log } = await made();
  expect(result).toEqual({ kind: "made", group: "MADE1", status: "ACTIVE" });
  expect(log).toEqual([
    "list",
    "attempt create",
    `AddChatGroup ${SUBJECT}`,
    "answer create accepted",
    "list",
    "outcome create done",
  ]);
  const line = { act: "create", roster: "jakarta/ops", subject: SUBJECT };
  expect(keeper.audited).toEqual([
    { ...line, event: "attempt", group: "" },
    { ...line, event: "answer", group: "", outcome: "accepted", detail: "request-1" },
    { ...line, event: "outcome", group: "MADE1", outcome: "done", detail: "request-1" },
  ]);
  expect(keeper.looks).toEqual([keeper.listings[0]]);
  expect(keeper.looks[0]).toBe(keeper.listings[0]);
});

test("its description goes with it", async () => {
  const { keeper } = await made({}, { description: "Shift handover" });
  expect([...keeper.groups.values()]).toEqual([twin("MADE1", { description: "Shift handover" })]);
});

test("one that is listed without an id so far is not known yet, and stays on record", async () => {
  const { result, asked } = await made({
    writes: ["ignored"],
    meanwhile: { 2: appears(twin("", { status: "CREATING" })) },
  });
  expect([result.kind, asked]).toEqual(["not known", 1]);
});

test("groups with other subjects are nothing to it", async () => {
  const { result } = await made({}, {}, [
    row({ group: "A", subject: "Sales" }),
    row({ group: "B", subject: "jakarta operations" }),
  ]);
  expect(result).toEqual({ kind: "made", group: "MADE1", status: "ACTIVE" });
});

describe("nothing is asked for", () => {
  test("where a group has the subject already", async () => {
    const { result, log } = await made({}, {}, [twin("A")]);
    expect(result).toEqual({
      kind: "not made",
      why: `jakarta/ops: 1 group with the subject "${SUBJECT}" is there already: A (ACTIVE). ${HAND}`,
    });
    expect(log).toEqual(["list"]);
  });

  test("where the line before the call can't be written", async () => {
    const { result, log } = await made({ unwritable: ({ event }) => event === "attempt" });
    expect(result).toEqual({
      kind: "not made",
      why: "jakarta/ops: the group was not made: nothing was asked for: Error: no space left on device",
    });
    expect(log).toEqual(["list"]);
  });

  test("where the groups can't be listed", async () => {
    const keeper = world([], { lists: ["unreachable"] });
    await expect(makeGroup(one, keeper)).rejects.toMatchObject({ kind: "unreachable" });
    expect(keeper.log).toEqual(["list: unreachable"]);
  });
});

describe("CAMS says no", () => {
  test("it is not looked for", async () => {
    const { result, log } = await made({ writes: ["refused"] });
    expect(result).toEqual({
      kind: "not made",
      why:
        "jakarta/ops: the group was not made: AddChatGroup: refused: no (Code). " +
        "Look the code up in the CAMS error list; the request id is what Alibaba Cloud support asks for",
    });
    expect(log).toEqual(["list", "attempt create", `AddChatGroup ${SUBJECT}`, "answer create refused"]);
  });

  test.each(["throttled", "access", "stopped", "engine gone", "unreachable"] as const)(
    "%s: it is not made",
    async (kind) => {
      const { result, asked } = await made({ writes: [kind] });
      expect([result.kind, asked]).toEqual(["not made", 1]);
    },
  );
});

test("a fault of this program is thrown, with the attempt on record", async () => {
  const keeper = world([], { writes: ["broken"] });
  await expect(makeGroup(one, keeper)).rejects.toThrow(TypeError);
  expect(keeper.audited.map(({ event }) => event)).toEqual(["attempt"]);
});

describe("a listing that has become too old", () => {
  test("is read again, and the group is asked for by the new one", async () => {
    const { keeper, result, log } = await made({ writes: ["look too old", "ok"], lists: [] });
    expect(result).toMatchObject({ kind: "made", group: "MADE1" });
    expect(log.filter((line) => /^(attempt|answer|Add)/.test(line))).toEqual([
      "attempt create",
      `AddChatGroup ${SUBJECT}`,
      `AddChatGroup ${SUBJECT}`,
      "answer create accepted",
    ]);
    expect(keeper.groups.size).toBe(1);
  });

  test("shows meanwhile that somebody has made one: nothing is asked for", async () => {
    const keeper = world([], { writes: ["look too old"], meanwhile: { 1: appears(twin("HAND")) } });
    const { write } = slowly(keeper);
    const result = await write();
    expect(result).toEqual({
      kind: "not made",
      why: `jakarta/ops: 1 group with the subject "${SUBJECT}" is there already: HAND (ACTIVE). ${HAND}`,
    });
    expect([...keeper.groups.keys()]).toEqual(["HAND"]);
  });

  test("again and again: it is given up after twelve", async () => {
    const { result, asked } = await made({ writes: Array.from({ length: 20 }, () => "look too old" as const) });
    expect([result.kind, asked]).toEqual(["not made", 12]);
  });
});

/** A call for which a look is too old takes its time. */
function slowly(keeper: ReturnType<typeof world>) {
  const { cams } = keeper;
  const addGroup: typeof cams.addGroup = async (...args) => {
    await keeper.clock.sleep(11_000);
    return cams.addGroup(...args);
  };
  return { write: () => makeGroup(one, { ...keeper, cams: { ...cams, addGroup } }) };
}

describe("an outcome that nobody knows", () => {
  test("with effect: it is found by looking, and asked for once", async () => {
    const { keeper, result, asked } = await made({ writes: ["lost but done"] });
    expect([result, asked]).toEqual([{ kind: "made", group: "MADE1", status: "ACTIVE" }, 1]);
    expect(keeper.audited.map(({ event, outcome }) => [event, outcome])).toEqual([
      ["attempt", undefined],
      ["answer", "unknown"],
      ["outcome", "done"],
    ]);
  });

  test("without effect: it is never asked for again in this run", async () => {
    const { keeper, result, asked } = await made({ writes: ["lost"] });
    expect(asked).toBe(1);
    expect(result).toEqual({
      kind: "not known",
      why:
        "jakarta/ops: the group was asked for, and CAMS does not list it so far. Run pulumi up again: it is looked for first. " +
        "AddChatGroup: unknown outcome: no (Code). Run again: the group is listed before anything else is done. " +
        "If it stays so, check that rollcall:endpoint is CAMS",
    });
    expect(keeper.audited.at(-1)).toMatchObject({ event: "outcome", group: "", outcome: "unknown" });
  });

  test("accepted, and never listed: the same", async () => {
    const { result, asked } = await made({ writes: ["ignored"] });
    expect(asked).toBe(1);
    expect(result).toEqual({
      kind: "not known",
      why: "jakarta/ops: the group was asked for, and CAMS does not list it so far. Run pulumi up again: it is looked for first. request-1",
    });
  });

  test("the group is listed late: it is waited for", async () => {
    const { result, log } = await made({ writes: ["slow"] });
    expect(result).toEqual({ kind: "made", group: "MADE1", status: "ACTIVE" });
    expect(log.filter((line) => line === "list")).toHaveLength(4);
  });

  test("listings that fail meanwhile say nothing", async () => {
    const { result } = await made({ lists: ["ok", "throttled", "unknown outcome"] });
    expect(result).toEqual({ kind: "made", group: "MADE1", status: "ACTIVE" });
  });

  test("no listing can be read any more: it is not known", async () => {
    const lists = ["ok" as const, ...Array.from({ length: 50 }, () => "unreachable" as const)];
    const { keeper, result } = await made({ lists });
    expect(result.kind).toBe("not known");
    expect(keeper.groups.size).toBe(1);
  });

  test("somebody makes one with the same subject at the same time: both are named, and none is taken", async () => {
    const { result } = await made({ meanwhile: { 1: appears(twin("HAND", { status: "CREATING" })) } });
    expect(result).toEqual({
      kind: "not known",
      why:
        `jakarta/ops: this group was asked for, and 2 groups with the subject "${SUBJECT}" are there: ` +
        `MADE1 (ACTIVE), HAND (CREATING). ${HAND}`,
    });
  });
});

describe("a group that is not ACTIVE", () => {
  test("is waited for", async () => {
    const ready = (groups: Map<string, GroupInfo>) => groups.set("MADE1", twin("MADE1"));
    const { result, log } = await made({ madeAs: "CREATING", meanwhile: { 3: ready } });
    expect(result).toEqual({ kind: "made", group: "MADE1", status: "ACTIVE" });
    expect(log.filter((line) => line === "list")).toHaveLength(4);
  });

  test("and stays so: it is known, and what it is", async () => {
    const { keeper, result } = await made({ madeAs: "CREATING" });
    expect(result).toEqual({ kind: "made", group: "MADE1", status: "CREATING" });
    expect(keeper.audited.at(-1)).toMatchObject({ event: "outcome", group: "MADE1", outcome: "done" });
    // Looks at 0, 250, 750, 1750 and 3750 ms; the next one would be after the 5 s.
    expect(keeper.log.filter((line) => line === "list")).toHaveLength(1 + 5);
  });
});

describe("a group that an earlier run asked for", () => {
  test("is found by its subject, and not asked for again", async () => {
    const { result, asked, log } = await made({}, { asked: true }, [twin("A")]);
    expect([result, asked]).toEqual([{ kind: "made", group: "A", status: "ACTIVE" }, 0]);
    expect(log.at(-1)).toBe("outcome create done");
  });

  test("appears while it is looked for", async () => {
    const { result, asked } = await made({ meanwhile: { 2: appears(twin("A")) } }, { asked: true });
    expect([result, asked]).toEqual([{ kind: "made", group: "A", status: "ACTIVE" }, 0]);
  });

  test("is still CREATING: it is waited for", async () => {
    const ready = (groups: Map<string, GroupInfo>) => groups.set("A", twin("A"));
    const { result, asked } = await made({ meanwhile: { 3: ready } }, { asked: true }, [
      twin("A", { status: "CREATING" }),
    ]);
    expect([result, asked]).toEqual([{ kind: "made", group: "A", status: "ACTIVE" }, 0]);
  });

  test("is not there after all this time: it is asked for", async () => {
    const { result, log } = await made({}, { asked: true });
    expect(result).toEqual({ kind: "made", group: "MADE1", status: "ACTIVE" });
    expect(log).toEqual([
      ...Array.from({ length: 5 }, () => "list"),
      ...["attempt create", `AddChatGroup ${SUBJECT}`, "answer create accepted", "list", "outcome create done"],
    ]);
  });

  test("two have its subject: none is taken, and nothing is asked for", async () => {
    const { result, asked } = await made({}, { asked: true }, [twin("A"), twin("B", { status: "CREATING" })]);
    expect(asked).toBe(0);
    expect(result).toEqual({
      kind: "not made",
      why: `jakarta/ops: this group was asked for, and 2 groups with the subject "${SUBJECT}" are there: A (ACTIVE), B (CREATING). ${HAND}`,
    });
  });

  test("the groups can't be listed: it is still not known", async () => {
    const lists = Array.from({ length: 50 }, () => "throttled" as const);
    const { result, asked } = await made({ lists }, { asked: true });
    expect(asked).toBe(0);
    expect(result).toEqual({ kind: "not known", why: "jakarta/ops: the groups could not be listed. Run again" });
  });
});

test("a line after the call that can't be written hides nothing", async () => {
  const { keeper, result } = await made({ unwritable: ({ event }) => event !== "attempt" });
  expect(result).toEqual({ kind: "made", group: "MADE1", status: "ACTIVE" });
  expect(keeper.warnings).toEqual(["Error: no space left on device", "Error: no space left on device"]);
});
