import { businessNumber, custSpaceId, failure, groupId, stopAll } from "../client";
import { ana, inbox, invite, link, listed, parameters, template, text, timed } from "../messages/world";

afterEach(stopAll);

describe("a message by template", () => {
  it("is answered as documented: a MessageId, and no Success", async () => {
    const cams = await timed();
    expect(await invite(cams)).toEqual({
      AccessDeniedDetail: "None",
      Code: "OK",
      Message: "None",
      MessageId: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      RequestId: expect.any(String) as string,
    });
  });

  it("comes to the person with its variables replaced", async () => {
    const cams = await timed();
    const { MessageId } = await invite(cams);
    expect(await inbox(cams)).toMatchObject([
      { messageId: MessageId, template: template.code, parameters, text, status: "delivered" },
    ]);
    expect(await inbox(cams, "628110000009")).toEqual([]);
  });

  it("holds a link by which the person can join", async () => {
    const cams = await timed();
    await invite(cams);
    const [message] = await inbox(cams);
    const [opened] = /https:\S+/.exec(String(message!.text))!;
    expect((await cams.control("POST", `groups/${groupId}/join`, { number: ana, link: opened })).status).toBe(200);
    await cams.send("AddChatGroupInviteLink", { GroupId: groupId });
    const late = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000009", link: opened });
    expect(late).toMatchObject({ status: 409, json: { reason: "old-link" } });
  });

  it("is another one when it is sent again: nothing tells a repeated call", async () => {
    const cams = await timed();
    const [first, second] = [await invite(cams), await invite(cams)];
    expect(first.MessageId).not.toBe(second.MessageId);
    expect((await inbox(cams)).map(({ messageId }) => messageId)).toEqual([first.MessageId, second.MessageId]);
  });

  it("passes over values that the template has no variable for", async () => {
    const cams = await timed();
    await invite(cams, ana, { TemplateParams: JSON.stringify({ ...parameters, more: "x" }) });
    expect(await inbox(cams)).toMatchObject([{ parameters, text }]);
  });

  it("needs no TemplateParams when the template has no variable, and no CustSpaceId", async () => {
    const plain = { ...template, body: "Hello" };
    const seed = { businessNumbers: { [businessNumber]: { custSpaceId, templates: [plain] } } };
    const cams = await timed({ seed });
    expect(await invite(cams, ana, { TemplateParams: undefined, CustSpaceId: "" })).toMatchObject({ Code: "OK" });
    expect(await inbox(cams)).toMatchObject([{ parameters: {}, text: "Hello" }]);
  });

  it("is in the call log with its recipient", async () => {
    const cams = await timed();
    await invite(cams);
    await listed(cams);
    const [sent, list] = await cams.calls();
    expect(sent).toMatchObject({ action: "SendChatappMessage", to: ana, numbers: [], groupId: null, code: "OK" });
    expect(list).not.toHaveProperty("to");
  });

  it("can be sent by a template of another number of the same CustSpaceId, and of no other", async () => {
    const businessNumbers = {
      [businessNumber]: { custSpaceId },
      "8613900000000": { custSpaceId, templates: [template] },
      "8613700000000": { custSpaceId: "cams-other" },
    };
    const cams = await timed({ seed: { businessNumbers } });
    expect(await invite(cams)).toMatchObject({ Code: "OK" });
    expect(await listed(cams)).toMatchObject([{ TemplateName: "group_invitation", BusinessNumber: businessNumber }]);
    const other = invite(cams, ana, { From: "8613700000000", CustSpaceId: "cams-other" });
    expect(await failure(other)).toMatchObject({ code: "DetailError.TemplateNotExist" });
  });
});

describe("a message is refused", () => {
  it.each(["ChannelType", "Type", "From", "To"])("without %s", async (name) => {
    const cams = await timed();
    expect(await failure(invite(cams, ana, { [name]: undefined }))).toMatchObject({
      code: `Missing${name}`,
      statusCode: 400,
    });
    expect(await inbox(cams)).toEqual([]);
  });

  it.each([
    ["a template that is not there", { TemplateCode: "1" }],
    ["a language that the template doesn't have", { Language: "id" }],
  ])("with %s: 400, in the gateway's form", async (_, more) => {
    const cams = await timed();
    const error = await failure(invite(cams, ana, more));
    expect(error).toMatchObject({ code: "DetailError.TemplateNotExist", statusCode: 400 });
    expect(error.data).toHaveProperty("HostId");
  });

  const values = (change: object): Record<string, string> => ({
    TemplateParams: JSON.stringify({ ...parameters, ...change }),
  });
  it.each<[string, Record<string, string | undefined>, string]>([
    ["a ChannelType in capitals", { ChannelType: "WHATSAPP" }, "InvalidParameter.ChannelTypeNotSupport"],
    ["a From with a plus", { From: `+${businessNumber}` }, "InvalidParameter.FromOnlyNumeric"],
    ["a From of somebody else", { From: "8613900000000" }, "Authentication.NoAuth"],
    ["a CustSpaceId of somebody else", { CustSpaceId: "cams-other" }, "Authentication.NoAuth"],
    ["a To with a plus", { To: `+${ana}` }, "InvalidParameter.ToOnlyNumeric"],
    ["a To that is too short", { To: "6281" }, "InvalidParameter.PhoneNumberError"],
    ["a group as recipient", { RecipientType: "group" }, "InvalidParameter.ToOnlyNumeric"],
    ["no TemplateCode", { TemplateCode: undefined }, "InvalidParameter.TemplateCodeNotEmpty"],
    ["no Language", { Language: undefined }, "InvalidParameter.LanguageNotEmpty"],
    ["another Type", { Type: "mail" }, "InvalidParameter.MessageTypeNotSupport"],
    ["no TemplateParams", { TemplateParams: undefined }, "InvalidParameter.MessageInvalid"],
    ["TemplateParams that are no JSON", { TemplateParams: "{" }, "InvalidParameter.MessageInvalid"],
    ["TemplateParams that are a list", { TemplateParams: "[]" }, "InvalidParameter.MessageInvalid"],
    ["a value that is no text", values({ name: 1 }), "InvalidParameter.MessageInvalid"],
    ["a variable without value", values({ name: undefined }), "InvalidParameter.MessageInvalid"],
    ["an empty value", values({ name: "" }), "InvalidParameter.MessageInvalid"],
    ["a value with a line break", values({ name: "Ana\n" }), "InvalidParameter.MessageInvalid"],
    ["free text without MessageType", { Type: "message" }, "InvalidParameter.MessageTypeNotEmpty"],
    ["free text without Content", { Type: "message", MessageType: "text" }, "InvalidParameter.ContentNotEmpty"],
    ["free text to somebody who didn't write", { Type: "message", MessageType: "text", Content: "{}" }, "131047"],
  ])("with %s, in a 200 without Success", async (_, more, code) => {
    const cams = await timed();
    const body = await invite(cams, ana, more);
    expect(body).toMatchObject({ Code: code, Message: expect.any(String) as string });
    expect(body).not.toHaveProperty("Success");
    expect(body).not.toHaveProperty("MessageId");
    expect(await listed(cams)).toEqual([]);
  });

  it.each([
    ["fail", "132001"],
    ["auditing", "132001"],
    ["unaudit", "132001"],
    ["paused", "132015"],
    ["disabled", "132016"],
  ] as const)("by a template that is %s", async (status, code) => {
    const templates = [{ ...template, status }];
    const cams = await timed({ seed: { businessNumbers: { [businessNumber]: { custSpaceId, templates } } } });
    expect(await invite(cams)).toMatchObject({ Code: code, Message: expect.stringContaining(`(#${code})`) as string });
    expect(await inbox(cams)).toEqual([]);
    await cams.control("POST", `templates/${template.code}`, { status: "pass" });
    expect(await invite(cams)).toMatchObject({ Code: "OK" });
    expect((await inbox(cams))[0]!.text).toContain(link);
  });
});
