import { setImmediate as nextTurn } from "node:timers/promises";
import type { CamsError, CamsErrorKind, GroupRef, Listing } from "../../src/cams";
import { observeAll } from "../../src/observation/roll-call";
import { ANA, whole } from "../membership/world";
import { failure, ref } from "../execution/world";

type Answer = Listing | Error;

function refs(n: number): GroupRef[] {
  return Array.from({ length: n }, (_, i) => ({ ...ref, group: `G${i}` }));
}

/** Answers each group with what the table says for it, else with a whole listing; counts what is under way. */
function reader(answers: Readonly<Record<string, Answer>>) {
  const seen = { asked: [] as string[], underWay: 0, most: 0 };
  const listParticipants = async ({ group }: GroupRef): Promise<Listing> => {
    seen.asked.push(group);
    seen.most = Math.max(seen.most, ++seen.underWay);
    await nextTurn();
    seen.underWay -= 1;
    const answer = answers[group] ?? whole(ANA);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { seen, listParticipants };
}

const silent = failure("unreachable", { code: "ECONNREFUSED" });
const answered = failure("unknown outcome", { code: "InternalError", httpStatus: 500 });
const notCams = failure("unknown outcome", { code: "NoCode", httpStatus: 200 });

test("every group is listed once, and observed by its GroupId", async () => {
  const doubtful: Listing = { kind: "doubtful", why: "Total changed" };
  const cams = reader({ G1: doubtful });
  const progress: [number, number][] = [];
  const roll = await observeAll(cams, refs(3), { concurrency: 1, onProgress: (...told) => progress.push(told) });
  expect(cams.seen.asked).toEqual(["G0", "G1", "G2"]);
  expect([...roll]).toEqual([
    ["G0", whole(ANA)],
    ["G1", doubtful],
    ["G2", whole(ANA)],
  ]);
  expect(progress).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});

test("no group, no call", async () => {
  const cams = reader({});
  expect([...(await observeAll(cams, [], { concurrency: 4 }))]).toEqual([]);
  expect(cams.seen.asked).toEqual([]);
});

test("no more listings are under way than asked for", async () => {
  const cams = reader({});
  await observeAll(cams, refs(20), { concurrency: 4 });
  expect(cams.seen.most).toBe(4);
});

test.each<[CamsErrorKind, string]>([
  ["unknown group", "unknown group"],
  ["refused", "doubtful"],
  ["throttled", "doubtful"],
  ["unknown outcome", "doubtful"],
  ["unreachable", "doubtful"],
])("one group's failure by %s holds nobody else up: it is observed as %s", async (kind, observed) => {
  const error = failure(kind, { httpStatus: 400 });
  const roll = await observeAll(reader({ G1: error }), refs(3), { concurrency: 1 });
  expect(roll.get("G1")).toEqual({ kind: observed, why: expect.stringContaining(error.message) as string });
  expect([roll.get("G0")?.kind, roll.get("G2")?.kind]).toEqual(["whole", "whole"]);
});

test("a failure that every group would meet ends the roll call at once", async () => {
  const access = failure("access");
  const cams = reader({ G0: access });
  await expect(observeAll(cams, refs(50), { concurrency: 1 })).rejects.toBe(access);
  expect(cams.seen.asked).toEqual(["G0"]);
});

test("what is no failure of CAMS is thrown as it is", async () => {
  const bug = new TypeError("bug");
  await expect(observeAll(reader({ G1: bug }), refs(3), { concurrency: 1 })).rejects.toBe(bug);
});

describe("failures without any answer of CAMS", () => {
  const all = (error: CamsError, n: number) => Object.fromEntries(refs(n).map(({ group }) => [group, error]));

  test.each([
    ["no connection", silent],
    ["answers of something that is not CAMS", notCams],
    ["redirections", failure("unknown outcome", { code: "UnreadableAnswer", httpStatus: 302 })],
  ])("%s: given up after three", async (_, error) => {
    const cams = reader(all(error, 50));
    await expect(observeAll(cams, refs(50), { concurrency: 1 })).rejects.toBe(error);
    expect(cams.seen.asked).toHaveLength(3);
  });

  test.each([1, 2])("given up too when there are only %d groups", async (n) => {
    await expect(observeAll(reader(all(silent, n)), refs(n), { concurrency: 1 })).rejects.toBe(silent);
  });

  test("do not end it once CAMS was heard", async () => {
    const roll = await observeAll(reader({ ...all(silent, 9), G0: whole(ANA) }), refs(9), { concurrency: 1 });
    expect([...roll.values()].filter(({ kind }) => kind === "doubtful")).toHaveLength(8);
  });

  test("do not end it when CAMS was heard earlier in the run", async () => {
    const roll = await observeAll(reader(all(silent, 9)), refs(9), { concurrency: 1, heard: true });
    expect([...roll.values()].filter(({ kind }) => kind === "doubtful")).toHaveLength(9);
  });

  test("do not end it when CAMS answers by refusals", async () => {
    const roll = await observeAll(reader(all(answered, 9)), refs(9), { concurrency: 1 });
    expect([...roll.values()].filter(({ kind }) => kind === "doubtful")).toHaveLength(9);
  });
});
