import { execute } from "../../../src/execution/execute";
import { ANA, BUDI, CITRA, DEWI } from "../../membership/world";
import { failure, taskOf, world, type ListStep, type RemoveStep, type Script } from "../world";
import { BOTH, calls, outcomes, ref, removals } from "./told";

interface Case {
  readonly what: string;
  readonly script?: Script;
  /** Who is there when the executor comes; Budi and Citra are approved. */
  readonly there?: readonly string[];
  readonly calls: readonly string[];
  readonly outcomes: Record<string, string>;
}

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

test("more people than one request may name go in several", async () => {
  const many = Array.from({ length: 9 }, (_, i) => `62812000000${i}`);
  const with_ = world([ANA, ...many]);
  const execution = await execute(taskOf([ANA, ...many]), with_);
  expect(removals(with_)).toEqual([`remove ${many.slice(0, 8).join(" ")}`, `remove ${many[8]}`]);
  expect(new Set(Object.values(outcomes(execution)))).toEqual(new Set(["removed"]));
});
