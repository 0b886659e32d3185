import fc from "fast-check";
import { execute } from "../../../src/execution/execute";
import type { Execution, Task } from "../../../src/execution/types";
import { ANA, BUDI, CITRA, DEWI, EKO, numbersOf } from "../../membership/world";
import { seeded } from "../../seeded";
import { taskOf, world, type ListStep, type RemoveStep, type Script, type World } from "../world";

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
