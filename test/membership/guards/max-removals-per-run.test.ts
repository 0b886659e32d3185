import { judgeRun } from "../../../src/membership/guards";
import { BUDI, CITRA, DEWI, EKO, full, removal } from "../world";
import { inRun, limits, losses, testRunRule } from "./tables";

testRunRule({
  rule: "max-removals-per-run",
  passes: [
    ["nobody", []],
    ["as many as the limit", losses(10)],
    ["one more, released there", [...losses(10), inRun("x", [removal(BUDI)], BUDI)]],
    ["one more, offboarded", [...losses(10), inRun("x", [removal(BUDI, "offboarded")])]],
  ],
  refused: [
    ["one more than the limit", losses(11)],
    ["one more, somebody else released", [...losses(10), inRun("x", [removal(BUDI)], CITRA)]],
    ["one more, expired", [...losses(10), inRun("x", [removal(BUDI, "expired")])]],
    ["one more, of a number that the person had", [...losses(10), inRun("x", [removal(BUDI, "changed number")])]],
    ["one more, released in another group", [...losses(10), inRun("x", [removal(BUDI)]), inRun("y", [], BUDI)]],
  ],
  names: [
    "628120000010 from group-0",
    "group-0: 1",
    "11 removals in 11 groups",
    "limit of 10",
    "rollcall:maxRemovalsPerRun to 11",
  ],
});

test("a run that removes too many says from where, and leaves out whoever does not count", () => {
  const all = [
    inRun("a", [removal(BUDI)]),
    inRun("b", [removal(CITRA)], CITRA),
    inRun("c", [removal(DEWI), removal(EKO)]),
  ];
  expect(judgeRun(all, { ...limits, maxRemovalsPerRun: 0 }, full)[0]?.message).toBe(
    "3 removals in 2 groups (a: 1, c: 2), more than the run's limit of 0: " +
      `${BUDI} from a, ${DEWI} from c, ${EKO} from c. ` +
      "To permit it, set rollcall:maxRemovalsPerRun to 3, or release these people in releases.yaml",
  );
  expect(judgeRun(all.slice(0, 1), { ...limits, maxRemovalsPerRun: 0 }, full)[0]?.message).toMatch(
    /^1 removal in 1 group \(a: 1\), /,
  );
});
