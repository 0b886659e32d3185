import { messageFailure, type MessageFailure } from "../../src/cams";
import { fromAnswer } from "../../src/cams/classify";

test.each<[string, MessageFailure["kind"], RegExp]>([
  ["131026", "final", /not on WhatsApp/],
  ["131050", "final", /opted out/],
  ["InvalidParameter.PhoneNumberError", "final", /number/],
  ["131047", "passing", /24 hours/],
  ["131049", "passing", /marketing/],
  ["131056", "passing", /too many messages/],
  ["130429", "passing", /too many messages/],
  ["132001", "template", /template/],
  ["132015", "template", /paused/],
  ["132016", "template", /disabled/],
])("%s is %s, in every form in which CAMS passes it on", (code, kind, meaning) => {
  const known = { code, kind, meaning: expect.stringMatching(meaning) as string };
  expect(messageFailure(code)).toEqual(known);
  expect(messageFailure(`${code}: Message undeliverable.`)).toEqual(known);
  expect(messageFailure(`(#${code}) see 628110000001`)).toEqual(known);
  const call = { operation: "SendChatappMessage", group: "EA93UU0042" };
  expect(messageFailure(fromAnswer({ code, message: "no", requestId: "R-1" }, 400, call).message)).toEqual(known);
});

test.each([
  "",
  "timeout",
  "131000: something went wrong",
  "131999",
  "number 628131026000 is odd",
  "1310260",
  "x131026",
  "InvalidParameter.PhoneNumberErrors",
  "constructor",
])("%p says nothing that is known", (text) => {
  expect(messageFailure(text)).toBeUndefined();
});

test("the first code decides, also when nothing is known of it", () => {
  expect(messageFailure("131049, then 131026")).toMatchObject({ code: "131049", kind: "passing" });
  expect(messageFailure("131000 and 131026")).toBeUndefined();
});
