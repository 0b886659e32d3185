import { rosterMark } from "../../src/provider/roster-mark";

/** Plans and states that were written before have such marks, so they stay what they are. */
test("the mark of members is the same at any time, and in any order", () => {
  const show = (number: string) => `62~${number.slice(-2)}`;
  const [ana, budi] = [
    ["628110000001", "Ana"],
    ["628110000002", "Budi"],
  ] as const;
  expect([rosterMark([ana, budi], show), rosterMark([budi, ana], show)]).toEqual(["3yqf4l2Mtw", "3yqf4l2Mtw"]);
});
