import fc from "fast-check";
import { execute } from "../../src/execution/execute";
import type { Execution, Task } from "../../src/execution/types";
import { ANA, BUDI, CITRA, DEWI, EKO, members, numbersOf, remembered } from "../membership/world";
import { seeded } from "../seeded";
import { failure, taskOf, world, type ListStep, type RemoveStep, type Script, type World } from "./world";

/** Like nobody else's number. */
const STRANGER = "6591234567";

/** Calls alone, without the lines of the audit log. */
function calls({ log }: World): readonly string[] {
  return log.filter((line) => /^(list|remove)/.test(line));
}

function removals({ log }: World): readonly string[] {
  return log.filter((line) => line.startsWith("remove"));
}

function outcomes({ outcomes: all }: Execution): Record<string, string> {
  return Object.fromEntries(all.map(({ number, outcome }) => [number, outcome]));
}

interface Case {
  readonly what: string;
  readonly script?: Script;
  /** Who is there when the executor comes; Budi and Citra are approved. */
  readonly there?: readonly string[];
  readonly calls: readonly string[];
  readonly outcomes: Record<string, string>;
}

const BOTH = `remove ${BUDI} ${CITRA}`;

describe("Budi and Citra are to go", () => {
  test.each<Case>([
    {
      what: "all goes well",
      calls: ["list", BOTH, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "one has left already",
      there: [ANA, CITRA],
      calls: ["list", `remove ${CITRA}`, "list"],
      outcomes: { [BUDI]: "already gone", [CITRA]: "removed" },
    },
    {
      what: "both have left already",
      there: [ANA],
      calls: ["list"],
      outcomes: { [BUDI]: "already gone", [CITRA]: "already gone" },
    },
    {
      what: "somebody joined, whom nobody reviewed",
      there: [ANA, BUDI, CITRA, DEWI],
      calls: ["list", BOTH, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "accepted, and done a little later",
      script: { removes: ["slow"], lag: 2 },
      calls: ["list", BOTH, "list", "list", "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "accepted, and never done",
      script: { removes: ["ignored"] },
      calls: ["list", BOTH, ...Array<string>(5).fill("list")],
      outcomes: { [BUDI]: "still listed", [CITRA]: "still listed" },
    },
    {
      what: "accepted, and a doubtful listing between whole ones",
      script: { removes: ["slow"], lag: 1, lists: ["ok", "doubtful", "unknown outcome"] },
      calls: ["list", BOTH, "list: doubtful", "list: unknown outcome", "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "accepted, but never listed whole again",
      script: { lists: ["ok", ...Array<ListStep>(9).fill("doubtful")] },
      calls: ["list", BOTH, ...Array<string>(5).fill("list: doubtful")],
      outcomes: { [BUDI]: "unknown", [CITRA]: "unknown" },
    },
    {
      what: "no answer, but done",
      script: { removes: ["lost but done"] },
      calls: ["list", BOTH, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "no answer and not done: asked once more, one by one, after a listing",
      script: { removes: ["lost"] },
      calls: ["list", BOTH, ...Array<string>(5).fill("list"), `remove ${BUDI}`, `remove ${CITRA}`, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "no answer for the only one, and not done: asked once more",
      there: [ANA, BUDI],
      script: { removes: ["lost"] },
      calls: ["list", `remove ${BUDI}`, ...Array<string>(5).fill("list"), `remove ${BUDI}`, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "already gone" },
    },
    {
      what: "no answer, twice",
      script: { removes: ["lost", "lost", "lost but done"] },
      calls: [
        ...["list", BOTH, ...Array<string>(5).fill("list")],
        ...[`remove ${BUDI}`, `remove ${CITRA}`, ...Array<string>(5).fill("list")],
      ],
      outcomes: { [BUDI]: "unknown", [CITRA]: "removed" },
    },
    {
      what: "no answer, and no whole listing: not asked again",
      script: { removes: ["lost"], lists: ["ok", ...Array<ListStep>(9).fill("unknown outcome")] },
      calls: ["list", BOTH, ...Array<string>(5).fill("list: unknown outcome")],
      outcomes: { [BUDI]: "unknown", [CITRA]: "unknown" },
    },
    {
      what: "one odd number has the list refused: the other one goes all the same",
      script: { odd: [BUDI] },
      calls: ["list", BOTH, "list", `remove ${BUDI}`, `remove ${CITRA}`, "list"],
      outcomes: { [BUDI]: "refused", [CITRA]: "removed" },
    },
    {
      what: "a refused person is not asked for again",
      there: [ANA, BUDI],
      script: { odd: [BUDI] },
      calls: ["list", `remove ${BUDI}`, "list"],
      outcomes: { [BUDI]: "refused", [CITRA]: "already gone" },
    },
    {
      what: "the list is refused, but each of them is not",
      script: { removes: ["refused"] },
      calls: ["list", BOTH, "list", `remove ${BUDI}`, `remove ${CITRA}`, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "no permission: not asked again",
      script: { removes: ["access"] },
      calls: ["list", BOTH, "list"],
      outcomes: { [BUDI]: "refused", [CITRA]: "refused" },
    },
    {
      what: "the run is to stop: nobody is asked for again",
      script: { removes: ["stopped"] },
      calls: ["list", BOTH, "list"],
      outcomes: { [BUDI]: "refused", [CITRA]: "refused" },
    },
    {
      what: "the engine has ended: nobody is asked for again",
      script: { removes: ["engine gone"] },
      calls: ["list", BOTH, "list"],
      outcomes: { [BUDI]: "refused", [CITRA]: "refused" },
    },
    {
      what: "no answer, and the engine has ended meanwhile: nobody else is asked for",
      script: { removes: ["lost", "engine gone", "engine gone"] },
      calls: [...["list", BOTH, ...Array<string>(5).fill("list")], ...[`remove ${BUDI}`, `remove ${CITRA}`, "list"]],
      outcomes: { [BUDI]: "refused", [CITRA]: "refused" },
    },
    {
      what: "the look is too old: asked again by a new one",
      script: { removes: ["look too old"] },
      calls: ["list", BOTH, "list", BOTH, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "the look is too old time and again: asked for as long as the others are",
      script: { removes: Array<RemoveStep>(11).fill("look too old") },
      calls: ["list", ...Array<readonly string[]>(12).fill([BOTH, "list"]).flat()],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
    {
      what: "the look is too old for ever: given up",
      script: { removes: Array<RemoveStep>(99).fill("look too old") },
      calls: ["list", ...Array<readonly string[]>(12).fill([BOTH, "list"]).flat()],
      outcomes: { [BUDI]: "refused", [CITRA]: "refused" },
    },
    {
      what: "the look is too old, and there is no new one: not asked again",
      script: { removes: ["look too old"], lists: ["ok", ...Array<ListStep>(9).fill("unknown outcome")] },
      calls: ["list", BOTH, ...Array<string>(5).fill("list: unknown outcome")],
      outcomes: { [BUDI]: "refused", [CITRA]: "refused" },
    },
    {
      what: "no answer, and the look for the second time grows old after one of two: nobody is asked for three times",
      script: { removes: ["lost", "lost", "look too old", "lost"] },
      calls: [
        ...["list", BOTH, ...Array<string>(5).fill("list")],
        ...[`remove ${BUDI}`, `remove ${CITRA}`, ...Array<string>(5).fill("list")],
        ...[`remove ${CITRA}`, ...Array<string>(5).fill("list")],
      ],
      outcomes: { [BUDI]: "unknown", [CITRA]: "unknown" },
    },
    {
      what: "throttled to the end of the client's patience: asked once more",
      script: { removes: ["throttled"] },
      calls: ["list", BOTH, "list", `remove ${BUDI}`, `remove ${CITRA}`, "list"],
      outcomes: { [BUDI]: "removed", [CITRA]: "removed" },
    },
  ])("$what", async ({ script = {}, there = [ANA, BUDI, CITRA], calls: expected, outcomes: ends }) => {
    const with_ = world(there, script);
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(calls(with_)).toEqual(expected);
    expect(outcomes(execution)).toEqual(ends);
    expect(execution.refusals).toEqual([]);
    expect(execution.observed).toEqual(with_.listings.at(-1));
  });

  const doubtful: ListStep[] = ["ok", ...Array<ListStep>(9).fill("doubtful")];
  test.each<[string, Script, string]>([
    ["removed", {}, ""],
    ["still listed", { removes: ["ignored"] }, ""],
    ["unknown", { lists: doubtful }, "accepted, but there was no listing afterwards that could be believed"],
    ["refused", { removes: ["access"] }, failure("access", { detail: "no" }).message],
  ])("%s: the outcome says what CAMS said", async (outcome, script, detail) => {
    const { outcomes: ends } = await execute(taskOf([ANA, BUDI]), world([ANA, BUDI], script));
    expect(ends).toEqual([{ number: BUDI, name: "", reason: "never declared", outcome, detail }]);
  });

  test.each(["listParticipants", "removeParticipants"] as const)(
    "what is no failure of CAMS is a fault of the program, and no outcome: %s",
    async (call) => {
      const with_ = world([ANA, BUDI]);
      let calls = 0;
      const broken = () =>
        calls++ > 0 || call === "removeParticipants" ? Promise.reject(new TypeError("bug")) : listed();
      const listed = () => with_.cams.listParticipants(ref());
      const cams = { ...with_.cams, [call]: broken };
      await expect(execute(taskOf([ANA, BUDI]), { ...with_, cams })).rejects.toThrow(TypeError);
    },
  );

  test.each([
    [0, 1],
    [249, 1],
    [250, 2],
    [749, 2],
    [750, 3],
  ])("the group is listed as long as it may take: %i ms, %i times", async (confirmTimeoutMs, looks) => {
    const with_ = world([ANA, BUDI], { removes: ["ignored"] });
    await execute(taskOf([ANA, BUDI]), { ...with_, confirmTimeoutMs });
    expect(calls(with_)).toEqual(["list", `remove ${BUDI}`, ...Array<string>(looks).fill("list")]);
  });

  test("somebody refused who is gone in the next listing counts as gone", async () => {
    const with_ = world([ANA, BUDI, CITRA], { odd: [BUDI] });
    const { removeParticipants } = with_.cams;
    const cams = {
      ...with_.cams,
      removeParticipants: (...call: Parameters<typeof removeParticipants>) => {
        with_.there.delete(BUDI);
        return removeParticipants(...call);
      },
    };
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), { ...with_, cams });
    expect(outcomes(execution)).toEqual({ [BUDI]: "already gone", [CITRA]: "removed" });
  });
});

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

/** A removal that had to wait, as under throttling, until its look was too old. */
describe("a look that is too old", () => {
  const waited = (joinsOrLeaves: (there: Set<string>) => void, script: Script = {}) => {
    const with_ = world([ANA, BUDI, CITRA], { removes: ["look too old"], ...script });
    const { removeParticipants } = with_.cams;
    let first = true;
    const cams = {
      ...with_.cams,
      removeParticipants: (...call: Parameters<typeof removeParticipants>) => {
        if (first) joinsOrLeaves(with_.there);
        first = false;
        return removeParticipants(...call);
      },
    };
    return { ...with_, cams };
  };

  test("each removal names the last listing, by which it was judged", async () => {
    const with_ = world([ANA, BUDI, CITRA], { removes: ["look too old", "lost", "look too old"] });
    await execute(taskOf([ANA, BUDI, CITRA]), with_);
    const at = with_.looks.map((look) => with_.listings.findIndex((listing) => listing === look));
    expect(at).toEqual([0, 1, 6, 7, 7]);
  });

  test("the guards judge by the new one: nobody is asked for when who was to stay has left meanwhile", async () => {
    const with_ = waited((there) => there.delete(ANA));
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(removals(with_)).toEqual([BOTH]);
    expect(execution).toMatchObject({ outcomes: [], observed: undefined });
    expect(execution.refusals.map(({ rule }) => rule)).toContain("removes-everybody");
  });

  test("a new one that lost people is not believed, though they were to go: nothing was asked of CAMS", async () => {
    const all = [ANA, BUDI, CITRA, DEWI, EKO];
    const with_ = world(all, {
      removes: ["look too old"],
      lists: ["ok", ...Array<ListStep>(9).fill("empty")],
    });
    const execution = await execute(taskOf(all, { members: members(ANA) }), with_);
    expect(removals(with_)).toHaveLength(1);
    expect(new Set(Object.values(outcomes(execution)))).toEqual(new Set(["refused"]));
  });

  test("whoever was to go and left meanwhile counts as lost, for nobody was asked for", async () => {
    const go = [BUDI, CITRA, DEWI];
    const with_ = world([ANA, EKO, ...go], { removes: ["look too old"] });
    const execution = await execute(taskOf([ANA, EKO, ...go], { members: members(ANA, EKO) }), leaving(with_, ...go));
    expect(new Set(Object.values(outcomes(execution)))).toEqual(new Set(["refused"]));
  });

  test("whoever left meanwhile is gone already, and whoever joined is not asked for", async () => {
    const with_ = waited((there) => {
      there.delete(BUDI);
      there.add(DEWI);
    });
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(removals(with_)).toEqual([BOTH, `remove ${CITRA}`]);
    expect(outcomes(execution)).toEqual({ [BUDI]: "already gone", [CITRA]: "removed" });
  });

  test("it is so for all who come after, who are not named in vain", async () => {
    const many = Array.from({ length: 9 }, (_, i) => `62812000000${i}`);
    const with_ = world([ANA, ...many], { removes: ["look too old"] });
    await execute(taskOf([ANA, ...many]), with_);
    const first = `remove ${many.slice(0, 8).join(" ")}`;
    expect(removals(with_)).toEqual([first, first, `remove ${many[8]}`]);
  });

  test("the audit log says that nobody was asked for, then what became of them", async () => {
    const with_ = world([ANA, BUDI], { removes: ["look too old"] });
    await execute(taskOf([ANA, BUDI]), with_);
    expect(with_.log.filter((line) => !/^(list|remove)/.test(line))).toEqual([
      ...[`attempt ${BUDI}`, `answer ${BUDI} refused`],
      ...[`attempt ${BUDI}`, `answer ${BUDI} accepted`, `outcome ${BUDI} removed`],
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

/** The same world, in which these leave while somebody is removed. */
function leaving(with_: World, ...numbers: readonly string[]): World {
  const { removeParticipants } = with_.cams;
  return {
    ...with_,
    cams: {
      ...with_.cams,
      removeParticipants: (...call: Parameters<typeof removeParticipants>) => {
        for (const number of numbers) with_.there.delete(number);
        return removeParticipants(...call);
      },
    },
  };
}

/** Within seconds hardly anybody leaves: a listing that lacks most people is no word on whoever is to go. */
describe("a second look that lost people", () => {
  const suspicious = [{ rule: "suspicious-listing", name: "jakarta/ops" }];

  test("Total 0: nobody is asked for, nobody counts as already gone, and nothing is remembered", async () => {
    const with_ = world([ANA, BUDI, CITRA], { lists: ["empty"] });
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(execution).toMatchObject({ outcomes: [], refusals: suspicious, observed: undefined });
    expect(with_.log).toEqual(["list: empty"]);
  });

  test("Total 0 of a group in which nobody declared was: as little", async () => {
    const seen = [STRANGER, CITRA];
    const with_ = world(seen, { lists: ["empty"] });
    const execution = await execute(taskOf(seen, { protect: new Set([CITRA]) }), with_);
    expect(execution).toMatchObject({ outcomes: [], refusals: suspicious, observed: undefined });
    expect(with_.log).toEqual(["list: empty"]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["three of five are gone, two of them to be removed", [ANA, DEWI], [ANA, BUDI, CITRA, DEWI, EKO]],
    ["three of five are gone, who are declared", [BUDI, CITRA], [ANA, BUDI, CITRA, DEWI, EKO]],
  ])("%s: nobody is asked for", async (_, there, seen) => {
    const with_ = world(there);
    const task = taskOf(seen, { members: members(ANA, DEWI, EKO) });
    const execution = await execute(task, with_);
    expect(execution).toMatchObject({ outcomes: [], refusals: suspicious, observed: undefined });
    expect(with_.log).toEqual(["list"]);
  });

  test("a confirming listing that lost people is not believed, and the next one is", async () => {
    const with_ = world([ANA, BUDI, CITRA], { lists: ["ok", "empty"] });
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(calls(with_)).toEqual(["list", BOTH, "list: empty", "list"]);
    expect(outcomes(execution)).toEqual({ [BUDI]: "removed", [CITRA]: "removed" });
    expect(execution.observed).toMatchObject({ participants: [ANA] });
  });

  test("no confirming listing that can be believed: nobody counts as removed, nor is asked for again", async () => {
    const with_ = world([ANA, BUDI, CITRA], {
      removes: ["ignored"],
      lists: ["ok", ...Array<ListStep>(9).fill("empty")],
    });
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(removals(with_)).toEqual([BOTH]);
    expect(outcomes(execution)).toEqual({ [BUDI]: "unknown", [CITRA]: "unknown" });
    expect(execution.observed).toMatchObject({ participants: [ANA, BUDI, CITRA] });
  });

  test("those who stay are gone from it, too: it says nothing of whoever was asked for", async () => {
    const stay = [ANA, DEWI, EKO];
    const with_ = world([...stay, BUDI], { removes: ["lost"] });
    const execution = await execute(taskOf([...stay, BUDI], { members: members(...stay) }), leaving(with_, ...stay));
    expect(removals(with_)).toEqual([`remove ${BUDI}`]);
    expect(outcomes(execution)).toEqual({ [BUDI]: "unknown" });
    expect(execution.observed).toEqual(with_.listings[0]);
  });

  test("whoever was asked for before does not count as lost, in whatever listing", async () => {
    const go = [BUDI, CITRA, DEWI, EKO];
    const with_ = world([ANA, ...go], { odd: [BUDI], removes: ["refused"] });
    const execution = await execute(taskOf([ANA, ...go]), with_);
    expect(outcomes(execution)).toEqual({
      [BUDI]: "refused",
      [CITRA]: "removed",
      [DEWI]: "removed",
      [EKO]: "removed",
    });
    expect(execution.observed).toMatchObject({ participants: [ANA, BUDI] });
  });
});

function ref() {
  return taskOf([ANA]).ref;
}

test("more people than one request may name go in several", async () => {
  const many = Array.from({ length: 9 }, (_, i) => `62812000000${i}`);
  const with_ = world([ANA, ...many]);
  const execution = await execute(taskOf([ANA, ...many]), with_);
  expect(removals(with_)).toEqual([`remove ${many.slice(0, 8).join(" ")}`, `remove ${many[8]}`]);
  expect(new Set(Object.values(outcomes(execution)))).toEqual(new Set(["removed"]));
});

describe("the audit log", () => {
  test("has each person before the request, after the answer, and after the listing", async () => {
    const with_ = world([ANA, BUDI], { removes: ["lost but done"] });
    await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(with_.log).toEqual([
      "list",
      `attempt ${BUDI}`,
      `remove ${BUDI}`,
      `answer ${BUDI} unknown`,
      "list",
      `outcome ${CITRA} already gone`,
      `outcome ${BUDI} removed`,
    ]);
    expect(with_.audited[0]).toEqual({
      event: "attempt",
      group: "EA93UU0042",
      roster: "jakarta/ops",
      number: BUDI,
      name: "",
      reason: "never declared",
    });
  });

  test("tells in every line that somebody's removal was released from the limits, and of nobody else", async () => {
    const with_ = world([ANA, BUDI, CITRA]);
    await execute(taskOf([ANA, BUDI, CITRA], { released: new Set([BUDI]) }), with_);
    expect(with_.audited.map(({ event, number, released }) => [event, number, released])).toEqual(
      ["attempt", "answer", "outcome"].flatMap((event) => [
        [event, BUDI, true],
        [event, CITRA, undefined],
      ]),
    );
  });

  test.each<[string, (index: number) => boolean]>([
    ["at all", () => true],
    ["for the second of two people", (index) => index === 1],
  ])("nobody is removed when it can't be written %s", async (_, fails) => {
    const with_ = world([ANA, BUDI, CITRA], { unwritable: (entry, i) => entry.event === "attempt" && fails(i) });
    const execution = await execute(taskOf([ANA, BUDI, CITRA]), with_);
    expect(removals(with_)).toEqual([]);
    expect(execution.outcomes).toMatchObject(
      [BUDI, CITRA].map((number) => ({
        number,
        outcome: "refused",
        detail: "nobody was asked for: Error: no space left on device",
      })),
    );
  });

  test("a line that can't be written after the request is a warning, and hides nothing", async () => {
    const with_ = world([ANA, BUDI], { unwritable: ({ event }) => event !== "attempt" });
    const execution = await execute(taskOf([ANA, BUDI]), with_);
    expect(outcomes(execution)).toEqual({ [BUDI]: "removed" });
    expect(with_.warnings).toEqual(Array(2).fill("Error: no space left on device"));
  });
});

describe("whatever CAMS does", () => {
  const steps = <S extends string>(...all: readonly S[]) => fc.array(fc.constantFrom(...all), { maxLength: 12 });
  const script: fc.Arbitrary<Script> = fc.record({
    lists: steps<ListStep>("ok", "ok", "ok", "empty", "doubtful", "unknown outcome", "throttled", "access"),
    removes: steps<RemoveStep>(
      "ok",
      "slow",
      "ignored",
      "lost",
      "lost but done",
      "refused",
      "throttled",
      "access",
      "stopped",
    ),
    odd: fc.subarray([BUDI, EKO]),
    lag: fc.nat(6),
    joins: fc.dictionary(fc.nat(8).map(String), fc.constantFrom("628129999990", "628129999991"), { maxKeys: 2 }),
  });
  const people = fc.subarray([BUDI, CITRA, DEWI, EKO]);

  const always = (check: (execution: Execution, with_: World, task: Task) => void) =>
    fc.assert(
      fc.asyncProperty(people, people, script, fc.boolean(), async (seen, there, faults, empty) => {
        const task = taskOf([ANA, ...seen]);
        const lists: ListStep[] = [empty ? "empty" : "ok", ...(faults.lists ?? [])];
        const with_ = world([ANA, ...there], { ...faults, lists });
        check(await execute(task, with_), with_, task);
      }),
      seeded,
    );
  const named = (line: string): readonly string[] => line.split(" ").slice(1);

  test("nobody is asked for who is not approved, or not in the last whole listing", () =>
    always((_, { log, listings }, { approved }) => {
      let looks = 0;
      for (const line of log) {
        if (line === "list") looks += 1;
        if (!line.startsWith("remove")) continue;
        expect(numbersOf(approved.remove)).toEqual(expect.arrayContaining([...named(line)]));
        expect(listings[looks - 1]?.participants).toEqual(expect.arrayContaining([...named(line)]));
      }
    }));

  test("nobody is asked for twice without a whole listing in between, nor three times", () =>
    always((_, { log }) => {
      const times = new Map<string, number>();
      let since = new Set<string>();
      for (const line of log) {
        if (line === "list") since = new Set();
        if (!line.startsWith("remove")) continue;
        for (const number of named(line)) {
          expect(since).not.toContain(number);
          since.add(number);
          times.set(number, (times.get(number) ?? 0) + 1);
        }
      }
      expect(Math.max(0, ...times.values())).toBeLessThanOrEqual(2);
    }));

  test("everybody approved gets one outcome, and nobody else", () =>
    always((execution, _, { approved }) => {
      const expected = execution.refusals.length > 0 ? [] : numbersOf(approved.remove);
      expect(numbersOf(execution.outcomes)).toEqual(expected);
    }));

  test("removed and already gone are true, and so is what goes into state", () =>
    always((execution, { there, listings }) => {
      for (const { number, outcome } of execution.outcomes) {
        if (outcome === "removed" || outcome === "already gone") expect(there).not.toContain(number);
      }
      expect(execution.observed).toEqual(execution.refusals.length > 0 ? undefined : listings.at(-1));
    }));

  test("each person named stands in the audit log before the request, and is answered after it", () =>
    always((_, { log }) => {
      log.forEach((line, at) => {
        if (!line.startsWith("remove")) return;
        const people = named(line);
        const before = log.slice(at - people.length, at);
        const after = log.slice(at + 1, at + 1 + people.length);
        expect(before).toEqual(people.map((number) => `attempt ${number}`));
        expect(after.map((one) => one.split(" ", 2).join(" "))).toEqual(people.map((number) => `answer ${number}`));
      });
    }));
});
