import { execute } from "../../../src/execution/execute";
import type { Task } from "../../../src/execution/types";
import { ANA, BUDI, CITRA, DEWI, EKO, members, remembered } from "../../membership/world";
import { taskOf, world } from "../world";
import { BOTH, leaving, ref, removals } from "./told";

/** Like nobody else's number. */
const STRANGER = "6591234567";

describe("the second look", () => {
  test("a doubtful listing: nobody is asked for", async () => {
    const with_ = world([ANA, BUDI], { lists: ["doubtful"] });
    const execution = await execute(taskOf([ANA, BUDI]), with_);
    expect(execution).toEqual({
      outcomes: [],
      refusals: [{ rule: "doubtful-listing", name: "jakarta/ops", message: expect.stringMatching(/Total/) as string }],
      observed: undefined,
    });
    expect(with_.log).toEqual(["list: doubtful"]);
  });

  test.each(["access", "unknown group", "unreachable", "unknown outcome"] as const)(
    "a listing that fails by %s throws, and nobody is asked for",
    async (kind) => {
      const with_ = world([ANA, BUDI], { lists: [kind] });
      await expect(execute(taskOf([ANA, BUDI]), with_)).rejects.toMatchObject({ kind });
      expect(with_.log).toEqual([`list: ${kind}`]);
    },
  );

  test.each<[string, readonly string[], readonly string[], string]>([
    ["who was to stay has left", [ANA, BUDI, CITRA], [BUDI, CITRA], "removes-everybody"],
    ["everybody left but one, who is to go", [ANA, BUDI, CITRA], [BUDI], "removes-everybody"],
  ])("a guard objects when %s, and what was seen is not remembered", async (_, seen, there, rule) => {
    const with_ = world(there);
    const execution = await execute(taskOf(seen), with_);
    expect(execution.refusals.map((one) => one.rule)).toContain(rule);
    expect({ outcomes: execution.outcomes, observed: execution.observed, log: with_.log }).toEqual({
      outcomes: [],
      observed: undefined,
      log: ["list"],
    });
  });

  test.each<[string, Partial<Task["desired"]>, string]>([
    ["declared by now", { members: members(ANA, BUDI) }, `remove ${CITRA}`],
    ["protected by now", { protect: new Set([CITRA]) }, `remove ${BUDI}`],
  ])("nobody is asked for who is %s", async (_, over, asked) => {
    const task = taskOf([ANA, BUDI, CITRA]);
    const with_ = world([ANA, BUDI, CITRA]);
    await execute({ ...task, desired: { ...task.desired, ...over } }, with_);
    expect(removals(with_)).toEqual([asked]);
  });

  test("the guards judge again before a second request: who was to stay has left by then", async () => {
    const with_ = world([ANA, BUDI, CITRA], { odd: [BUDI] });
    const { listParticipants } = with_.cams;
    let looks = 0;
    const cams = {
      ...with_.cams,
      listParticipants: () => {
        if (++looks === 2) with_.there.delete(ANA);
        return listParticipants(ref());
      },
    };
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), { ...with_, cams });
    expect(removals(with_)).toEqual([BOTH]);
    expect(execution.outcomes).toMatchObject([
      { number: BUDI, outcome: "refused", detail: expect.stringMatching(/everybody/) as string },
      { number: CITRA, outcome: "refused" },
    ]);
  });
});

test("every guard that objects before a second request is told", async () => {
  const stay = [ANA, DEWI];
  // Eko had left by the first look, which is one of three; now it is all of them.
  const task = {
    ...taskOf([...stay, STRANGER], { members: members(...stay, EKO) }),
    history: remembered({
      declared: members(...stay, EKO),
      removing: new Map([[STRANGER, { name: "", reason: "never declared" }]]),
    }),
  };
  const with_ = world([...stay, STRANGER], { removes: ["lost"] });
  const { outcomes: ends } = await execute(task, leaving(with_, ...stay));
  expect(ends).toMatchObject([
    {
      outcome: "refused",
      detail: expect.stringMatching(/lacks 3 people.*run again later; jakarta.*would take out everybody/) as string,
    },
  ]);
  expect(removals(with_)).toEqual([`remove ${STRANGER}`]);
});
