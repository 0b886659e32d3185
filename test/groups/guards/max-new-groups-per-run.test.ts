import { maxNewGroupsPerRun } from "../../../src/groups/guards/max-new-groups-per-run";

test.each<[string, readonly string[], number, string | undefined]>([
  ["none", [], 0, undefined],
  ["as many as the limit", ["a", "b"], 2, undefined],
  [
    "one more than the limit",
    ["a", "jakarta/ops", "c"],
    2,
    "3 groups would be made, more than the run's limit of 2: a, jakarta/ops, c. To permit it, set rollcall:maxNewGroupsPerRun to 3",
  ],
  [
    "any, where none may be made",
    ["a"],
    0,
    "1 group would be made, more than the run's limit of 0: a. To permit it, set rollcall:maxNewGroupsPerRun to 1",
  ],
])("%s", (_, names, limit, message) => expect(maxNewGroupsPerRun(names, limit)).toBe(message));
