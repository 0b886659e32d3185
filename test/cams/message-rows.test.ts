import type { MessageInfo } from "../../src/cams";
import { eachOnce, toMessageInfo, toNumberInfo, toTemplateInfo } from "../../src/cams/message-rows";
import { ANA, BOT } from "../membership/world";

const row = {
  ...{
    MessageId: "M-1",
    UserNumber: ANA,
    TemplateCode: "invite",
    MessageStatus: "success",
    MessageStatusName: "Success",
  },
  ...{ SendTime: "2026-07-02T13:46:40.000+00:00", Message: '{"link":"https://chat.whatsapp.com/AbC"}' },
};

test("a row of a message says what it is, and keeps its text as it is", () => {
  expect(toMessageInfo(row)).toEqual({
    ...{ id: "M-1", to: ANA, state: "accepted", why: "", at: 1_783_000_000_000, template: "invite" },
    text: '{"link":"https://chat.whatsapp.com/AbC"}',
  });
});

test("what a row does not say is empty", () => {
  expect(toMessageInfo({ UserNumber: ANA, MessageStatus: "success" })).toEqual({
    ...{ id: "", to: ANA, state: "accepted", why: "", at: 0, template: "", text: "" },
  });
});

test.each<[string, unknown]>([
  ["no number", { ...row, UserNumber: undefined }],
  ["a number with a plus", { ...row, UserNumber: `+${ANA}` }],
  ["a masked number", { ...row, UserNumber: "62811000****" }],
  ["a number that is no text", { ...row, UserNumber: 628110000001 }],
  ["no status", { ...row, MessageStatus: "", MessageStatusName: "None" }],
  ["a status that is no text", { ...row, MessageStatus: 1, MessageStatusName: undefined }],
  ["a message that a person wrote", { ...row, EventAction: "UP" }],
  ["nothing", null],
  ["a text", "row"],
])("a row with %s is left out", (_, odd) => {
  expect(toMessageInfo(odd)).toBeUndefined();
});

const columns = (sending: string, arrival = "", reading = "") => ({
  ...{ MessageStatus: "", MessageStatusName: sending, ClientAcceptStatusName: arrival, ClientReadStatusName: reading },
});

test.each<[MessageInfo["state"], readonly [string, string?, string?]]>([
  ["accepted", ["Success"]],
  ["accepted", ["Sent"]],
  ["accepted", ["sending"]],
  ["accepted", ["Strange"]],
  ["accepted", ["Success", "Waiting", "Unread"]],
  ["accepted", ["Success", "", "Not read"]],
  ["accepted", ["Success", "Undefined", "Fail"]],
  ["delivered", ["Delivered"]],
  ["delivered", ["DELIVERED"]],
  ["delivered", ["Success", "Success"]],
  ["delivered", ["Success", "Success", "Unread"]],
  ["read", ["Read"]],
  ["read", ["Success", "Success", "success"]],
  ["read", ["Success", "", "READ"]],
  ["failed", ["Fail"]],
  ["failed", ["FAILED"]],
  ["failed", ["Send failure"]],
  ["failed", ["Undelivered"]],
  ["failed", ["Success", "Failed"]],
  ["failed", ["Rejected", "", "Success"]],
])("a message is %s by the columns %p", (state, [sending, arrival, reading]) => {
  expect(toMessageInfo({ ...row, ...columns(sending, arrival, reading) })?.state).toBe(state);
});

test("the code of a column counts as its name does", () => {
  const codes = { MessageStatus: "success", MessageStatusName: undefined };
  expect(toMessageInfo({ ...row, ...codes, MessageStatus: "fail" })?.state).toBe("failed");
  expect(toMessageInfo({ ...row, ...codes, ClientAcceptStatus: "success" })?.state).toBe("delivered");
  expect(toMessageInfo({ ...row, ...codes, ClientReadStatus: "success" })?.state).toBe("read");
});

test.each<[unknown, number]>([
  ["2026-07-02T21:46:40.000+08:00", 1_783_000_000_000],
  ["2026-07-02T13:46:40Z", 1_783_000_000_000],
  ["2026-07-02 13:46:40 +0000", 0],
  ["2026-07-02 13:46:40", 0],
  ["2026-07-02T13:46:40", 0],
  ["2026-13-45T13:46:40Z", 0],
  ["1783000000000", 1_783_000_000_000],
  [1_783_000_000_000, 1_783_000_000_000],
  [1_783_000_000, 0],
  ["yesterday", 0],
  [-5, 0],
  [null, 0],
])("SendTime %p is %d", (SendTime, at) => {
  expect(toMessageInfo({ ...row, SendTime })?.at).toBe(at);
});

test("a reason shows neither a number nor a link, and keeps its code", () => {
  const FailReason = `131026: ${ANA} can't open https://chat.whatsapp.com/AbC or chat.whatsapp.com/AbC`;
  const why = toMessageInfo({ ...row, MessageStatus: "fail", FailReason })?.why;
  expect(why).toBe("131026: 6281••••••01 can't open [url] or [url]");
});

test("of rows with one id the one that says most stays, in the place of the first; rows without one all stay", () => {
  const message = (id: string, state: MessageInfo["state"]): MessageInfo => ({
    ...{ id, to: ANA, state, why: "", at: 0, template: "", text: "" },
  });
  const listed = [
    ...[message("a", "accepted"), message("b", "read"), message("", "accepted"), message("", "accepted")],
    ...[message("a", "delivered"), message("b", "accepted"), message("a", "failed"), message("#2", "read")],
    ...[message("c", "failed"), message("c", "accepted"), message("d", "failed"), message("d", "delivered")],
  ];
  expect(eachOnce(listed).map(({ id, state }) => `${id} ${state}`)).toEqual([
    ...["a delivered", "b read", " accepted", " accepted", "#2 read", "c failed", "d delivered"],
  ]);
});

describe("a template", () => {
  test("tells what CAMS says of it", () => {
    const data = { AuditStatus: "APPROVED", Category: "MARKETING", CategoryChangePaused: true, QualityScore: "RED" };
    expect(toTemplateInfo(data)).toEqual({
      ...{
        status: "APPROVED",
        category: "MARKETING",
        categoryChangePaused: true,
        quality: "RED",
        variables: undefined,
      },
    });
  });

  test.each<[unknown, boolean]>([
    ["true", true],
    [false, false],
    ["false", false],
    [undefined, false],
    [1, false],
  ])("CategoryChangePaused %p is %p", (CategoryChangePaused, told) => {
    expect(toTemplateInfo({ CategoryChangePaused })?.categoryChangePaused).toBe(told);
  });

  const components = [
    { Type: "HEADER", Format: "IMAGE", Url: "$(picture)" },
    { Type: "BODY", Text: "Hi $(name), $(business_1) invites you. $(name)! $5 $() $(a b) {{1}}" },
    { Type: "BUTTONS", Buttons: [{ Type: "URL", Text: "Join", Url: "https://chat.whatsapp.com/$(link)" }] },
  ];
  test.each<[string, unknown]>([
    ["a list", components],
    ["JSON", JSON.stringify(components)],
  ])("has the variables of all its components, each once, in their order: %s", (_, Components) => {
    expect(toTemplateInfo({ Components })?.variables).toEqual(["picture", "name", "business_1", "link"]);
  });

  test("has none when its texts show none", () => {
    expect(toTemplateInfo({ Components: [{ Type: "BODY", Text: "Hi" }] })?.variables).toEqual([]);
  });

  test.each([undefined, null, [], "[]", "[{", "", "{}", {}, 7])(
    "can't tell them when Components is %p",
    (Components) => {
      expect(toTemplateInfo({ Components })?.variables).toBeUndefined();
    },
  );

  test.each([undefined, null, [], "None", 7])("is none when Data is %p", (data) => {
    expect(toTemplateInfo(data)).toBeUndefined();
  });

  test("of any depth and length can be read", () => {
    const deep = `${"[".repeat(50_000)}"$(deep)"${"]".repeat(50_000)}`;
    const long = JSON.stringify(Array.from({ length: 300_000 }, () => "$(a)"));
    expect(toTemplateInfo({ Components: deep })?.variables).toEqual(["deep"]);
    expect(toTemplateInfo({ Components: long })?.variables).toEqual(["a"]);
  });
});

describe("a business number", () => {
  test("tells what CAMS says of it, written with or without a plus", () => {
    const info = { MessagingLimitTier: "TIER_1K", QualityRating: "GREEN", Status: "CONNECTED" };
    const told = { number: BOT, official: true, tier: "TIER_1K", quality: "GREEN", status: "CONNECTED" };
    expect(toNumberInfo([{ PhoneNumber: BOT, IsOfficial: true, ...info }], BOT)).toEqual(told);
    expect(toNumberInfo([{ PhoneNumber: `+${BOT}`, IsOfficial: true, ...info }], BOT)).toEqual(told);
  });

  test.each<[unknown, boolean | undefined]>([
    ...(["true", "Y", "yes", "TRUE", true] as const).map((value): [unknown, boolean] => [value, true]),
    ...(["false", "N", "no", false] as const).map((value): [unknown, boolean] => [value, false]),
    ...([undefined, null, "", "None", "perhaps", 1] as const).map((value): [unknown, undefined] => [value, undefined]),
  ])("IsOfficial %p is %p", (IsOfficial, official) => {
    expect(toNumberInfo([{ PhoneNumber: BOT, IsOfficial }], BOT)?.official).toBe(official);
  });

  test.each([undefined, null, "x", {}, [], [null], [{ PhoneNumber: ANA }], [{ PhoneNumber: Number(BOT) }]])(
    "is not listed in %j",
    (rows) => {
      expect(toNumberInfo(rows, BOT)).toBeUndefined();
    },
  );
});
