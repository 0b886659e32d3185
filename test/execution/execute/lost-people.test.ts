import { execute } from "../../../src/execution/execute";
import { ANA, BUDI, CITRA, DEWI, EKO, members } from "../../membership/world";
import { taskOf, world, type ListStep } from "../world";
import { BOTH, calls, leaving, outcomes, removals } from "./told";

/** Like nobody else's number. */
const STRANGER = "6591234567";

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
