import { judgeRun } from "../../../src/membership/guards";
import { BUDI, CITRA, DEWI, full, removal } from "../world";
import { everywhere, inRun, limits, losses, messageOf, testRunRule } from "./tables";

testRunRule({
  rule: "max-groups-per-person",
  passes: [
    ["as many groups as the limit", everywhere(3)],
    ["one more, released there", [...everywhere(3), inRun("x", [removal(BUDI)], BUDI)]],
    ["any number, offboarded", everywhere(4, "offboarded")],
    ["any number, of a number that the person had", everywhere(4, "changed number")],
    ["many groups, different people", losses(8)],
  ],
  refused: [
    ["one more than the limit", everywhere(4)],
    ["one more, somebody else released", [...everywhere(3), inRun("x", [removal(BUDI)], CITRA)]],
    ["one more, expired", everywhere(4, "expired")],
  ],
  names: [
    ...[`Budi (${BUDI})`, "4 groups", "group-0, group-1, group-2, group-3", "limit of 3"],
    ...["rollcall:maxGroupsPerPerson to 4", "offboarded in people.yaml", "releases.yaml"],
  ],
});

test.each([[[BUDI, CITRA, DEWI]], [[DEWI, CITRA, BUDI]]])(
  "each person in too many groups is a refusal of their own, by number: %j",
  (people) => {
    const all = Array.from({ length: 4 }, (_, i) =>
      inRun(
        `group-${i}`,
        people.map((number) => removal(number)),
      ),
    );
    const messages = judgeRun(all, { ...limits, maxRemovalsPerRun: 12 }, full).map(({ message }) => message);
    expect(messages.map((message) => message.slice(0, BUDI.length))).toEqual([BUDI, CITRA, DEWI]);
  },
);

test("somebody in too many groups is called by the name that any of the groups knows", () => {
  const [first, second, ...rest] = everywhere(4);
  const all = [inRun("x", [removal(BUDI)]), inRun("y", [removal(BUDI, "expired", "Budi")]), first!, second!, ...rest];
  const message = messageOf(judgeRun(all, limits, full), "max-groups-per-person");
  expect(message).toMatch(/^Budi \(628110000002\) would be removed from 6 groups \(x, y, group-0, /);
});
