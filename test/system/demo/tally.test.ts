import { evaluate } from "../setup/support";

/** What the demo says at its end, and what it refuses to have done. The story itself is told by `npm run demo`. */
const call = (action: string, numbers: readonly string[] = []) => ({ action, numbers });
const CALLS = [
  call("ListChatGroupParticipants"),
  call("ListChatGroup"),
  call("AddChatGroup"),
  call("DeleteChatGroupParticipants", ["628110000002", "628110000001"]),
  call("DeleteChatGroupParticipants", ["628110000003"]),
  call("ListChatGroupParticipants"),
  call("AddChatGroupInviteLink"),
  { ...call("SendChatappMessage"), to: "628110000004" },
];
const STORY = {
  ...{ removed: ["628110000001", "628110000002", "628110000003"], made: 1, renewed: 1 },
  invited: ["628110000004"],
};
/** The lines, or why it fails. */
const tally = (story: object) =>
  evaluate(
    "demo/tally.mjs",
    `(() => { try { return m.tally(${JSON.stringify(CALLS)}, ${JSON.stringify(story)}) } catch (e) { return e.message } })()`,
  );

test("counts what was asked of CAMS", () => {
  expect(tally(STORY)).toEqual([
    "2 listings of people, and 1 of groups",
    "2 removal calls, which named 628110000002, 628110000001 and 628110000003",
    "1 group to be made, and 1 invite link to be made anew",
    "1 message to be sent, to 628110000004",
  ]);
});

test.each([
  [
    "a person",
    { removed: ["628110000001", "628110000002"] },
    "asked to remove 628110000002, 628110000001, 628110000003",
  ],
  ["a group", { made: 0 }, "asked for 1 groups and 1 links"],
  ["a link", { renewed: 2 }, "asked for 1 groups and 1 links"],
  ["a message", { invited: [] }, "asked to write to 628110000004"],
])("fails when the story does not know of %s", (_what, change, message) => {
  expect(tally({ ...STORY, ...change })).toBe(`CAMS was ${message}`);
});
