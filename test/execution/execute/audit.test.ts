import { execute } from "../../../src/execution/execute";
import { ANA, BUDI, CITRA } from "../../membership/world";
import { taskOf, world } from "../world";
import { outcomes, removals } from "./told";

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
