import { ask, lookNow, lookUntil, type Ask } from "../../../src/execution/upkeep/ask";
import type { GroupInfo, GroupList } from "../../../src/cams";
import { account, row, where, world, type Script, type World } from "./world";

const GROUP = "EA93UU0042";
const ref = { ...account, group: GROUP };

/** Ends a group's link. */
const ending = (keeper: World): Ask => ({
  ...{ act: "close link", group: GROUP, reason: "everybody declared is there" },
  write: (look) => keeper.cams.deleteInviteLink(ref, look),
});

async function asked(script: Script, allows: (look: GroupList) => string | undefined = () => undefined) {
  const keeper = world([row()], script);
  const first = await lookNow(keeper, where);
  // A look that is too old was taken long ago.
  const late = { ...keeper, clock: { ...keeper.clock, now: () => keeper.clock.now() + 60_000 } };
  const answer = await ask(first, ending(keeper), where, late, allows);
  return { answer, keeper, first };
}

describe("a write", () => {
  test("is answered by the request id, and stands on the listing", async () => {
    const { answer, keeper, first } = await asked({});
    expect(answer).toEqual({ kind: "accepted", look: first, detail: "request-1" });
    expect(answer.look).toBe(first);
    expect(keeper.looks).toEqual([first]);
  });

  test("has a line before it and one after it, neither of which can say too much", async () => {
    const { keeper } = await asked({});
    const line = { act: "close link", group: GROUP, roster: "jakarta/ops", reason: "everybody declared is there" };
    expect(keeper.audited).toEqual([
      { ...line, event: "attempt" },
      { ...line, event: "answer", outcome: "accepted", detail: "request-1" },
    ]);
  });

  test.each<[Script["writes"], "refused" | "unknown"]>([
    [["refused"], "refused"],
    [["throttled"], "refused"],
    [["unreachable"], "refused"],
    [["stopped"], "refused"],
    [["engine gone"], "refused"],
    [["lost"], "unknown"],
    [["lost but done"], "unknown"],
  ])("that fails as %j is %s, and sent once", async (writes = [], kind) => {
    const { answer, keeper } = await asked({ writes });
    expect([answer.kind, keeper.looks.length]).toEqual([kind, 1]);
    expect(keeper.audited.at(-1)).toMatchObject({ event: "answer", outcome: kind });
  });

  test("by a listing that has become too old is sent once more by a newer one, which still allows it", async () => {
    const allowed: GroupList[] = [];
    const { answer, keeper, first } = await asked({ writes: ["look too old"] }, (look) => {
      allowed.push(look);
      return undefined;
    });
    expect(answer.kind).toBe("accepted");
    expect(allowed).toEqual([keeper.listings[1]]);
    expect(keeper.looks[0]).toBe(first);
    expect(keeper.looks[1]).toBe(keeper.listings[1]);
    expect(answer.look).toBe(keeper.listings[1]);
    expect(keeper.audited.map(({ event }) => event)).toEqual(["attempt", "answer"]);
  });

  test("that a newer listing allows no more is not sent again", async () => {
    const { answer, keeper } = await asked({ writes: ["look too old"] }, () => "somebody else has done it");
    expect(answer).toEqual({ kind: "refused", look: keeper.listings[1], detail: "somebody else has done it" });
    expect(keeper.looks).toHaveLength(1);
  });

  test("whose newer listing fails was not sent, and says so", async () => {
    const { answer, keeper, first } = await asked({ writes: ["look too old"], lists: ["ok", "throttled"] });
    expect(answer).toMatchObject({ kind: "refused", look: first });
    expect(answer.detail).toMatch(/^ListChatGroup: throttled: no/);
    expect(keeper.audited.map(({ event }) => event)).toEqual(["attempt", "answer"]);
  });

  test("is given up after twelve listings", async () => {
    const { answer, keeper } = await asked({ writes: Array.from({ length: 20 }, () => "look too old" as const) });
    expect([answer.kind, keeper.looks.length]).toEqual(["refused", 12]);
  });

  test("is not sent where the line before it can't be written", async () => {
    const { answer, keeper, first } = await asked({ unwritable: () => true });
    expect(answer).toEqual({
      ...{ kind: "refused", look: first },
      detail: "nothing was asked for: Error: no space left on device",
    });
    expect(keeper.looks).toEqual([]);
  });
});

test("a listing serves those who write within three seconds, and no longer", async () => {
  const keeper = world([row()]);
  const first = await lookNow(keeper, where);
  await keeper.clock.sleep(2_990);
  expect(await lookNow(keeper, where)).toBe(first);
  await keeper.clock.sleep(1);
  expect(await lookNow(keeper, where)).not.toBe(first);
});

describe("looking for what was asked for", () => {
  const hasLink = (groups: readonly GroupInfo[]): boolean => groups[0]?.inviteLink !== "";
  const never = (): boolean => false;

  test("ends with the first listing that shows it", async () => {
    const keeper = world([row()]);
    expect(await lookUntil(hasLink, where, keeper)).toEqual([row()]);
    expect(keeper.listings).toHaveLength(1);
  });

  test("waits longer each time, five seconds at most, until the time is up", async () => {
    const keeper = world([row()]);
    const at: number[] = [];
    const seen = await lookUntil(
      () => {
        at.push(keeper.clock.now());
        return false;
      },
      where,
      { ...keeper, confirmTimeoutMs: 20_000 },
    );
    expect(seen).toEqual([row()]);
    // A listing takes 10 ms.
    expect(at).toEqual([10, 270, 780, 1_790, 3_800, 7_810, 12_820, 17_830]);
  });

  test("looks once where there is no time", async () => {
    const keeper = world([row()]);
    await lookUntil(never, where, { ...keeper, confirmTimeoutMs: 0 });
    expect(keeper.listings).toHaveLength(1);
  });

  test("takes no listing that was begun before", async () => {
    const keeper = world([row()]);
    await lookNow(keeper, where);
    await lookUntil(hasLink, where, keeper);
    expect(keeper.listings).toHaveLength(2);
  });

  test("gives the last listing that could be read", async () => {
    const gone = (groups: Map<string, GroupInfo>) => groups.clear();
    const keeper = world([row()], {
      lists: ["ok", "throttled", "throttled", "throttled", "throttled"],
      meanwhile: { 1: gone },
    });
    expect(await lookUntil(never, where, keeper)).toEqual([row()]);
  });

  test("gives none where none could be read", async () => {
    const keeper = world([row()], { lists: Array.from({ length: 9 }, () => "unreachable" as const) });
    expect(await lookUntil(never, where, keeper)).toBeUndefined();
  });
});
