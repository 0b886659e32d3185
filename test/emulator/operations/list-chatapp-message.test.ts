import { businessNumber, custSpaceId, failure, stopAll } from "../client";
import { ana, budi, invite, listed, template, text, timed } from "../messages/world";

afterEach(stopAll);

const Page = '{"Index":1,"Size":10}';

describe("the list of messages", () => {
  it("is Data itself, without Total, beside Code", async () => {
    const cams = await timed();
    const query = { ChannelType: "whatsapp", Page };
    expect(await cams.send("ListChatappMessage", query)).toMatchObject({ Code: "OK", Success: true, Data: [] });
    const { MessageId } = await invite(cams);
    expect(await listed(cams)).toEqual([
      {
        BusinessNumber: businessNumber,
        ChannelType: "WHATSAPP",
        ClientAcceptStatusName: "Success",
        EventAction: "DOWN",
        EventActionName: "DOWN",
        LanguageCode: "en",
        Message: text,
        MessageId,
        MessageSource: "api",
        MessageStatus: "success",
        MessageStatusName: "Success",
        Month: expect.stringMatching(/^20\d{4}$/) as string,
        SendTime: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/) as string,
        TemplateCode: template.code,
        TemplateName: "group_invitation",
        Type: "template",
        UniqueMessageId: expect.stringMatching(/^[0-9a-f]{36}$/) as string,
        UserNumber: ana,
      },
    ]);
  });

  it("has the newest first, page by page, until a page is short", async () => {
    const cams = await timed();
    const ids = [];
    for (let n = 0; n < 5; n++) {
      ids.unshift((await invite(cams)).MessageId);
      if (n > 1) cams.pass(1000);
    }
    const page = async (Index: number) =>
      (await listed(cams, { Page: JSON.stringify({ Index, Size: 2 }) })).map(({ MessageId }) => MessageId);
    expect([await page(1), await page(2), await page(3), await page(4)]).toEqual([
      ids.slice(0, 2),
      ids.slice(2, 4),
      ids.slice(4),
      [],
    ]);
  });

  it("tells what has become of a message", async () => {
    const cams = await timed({ deliveryMs: 1000 });
    await invite(cams);
    const told = async () => {
      const [row] = await listed(cams);
      return [row!.MessageStatus, row!.ClientAcceptStatusName, row!.ClientReadStatus, row!.FailReason];
    };
    expect(await told()).toEqual(["success", undefined, undefined, undefined]);
    cams.pass(1000);
    expect(await told()).toEqual(["success", "Success", undefined, undefined]);
    await cams.control("POST", `inbox/${ana}/read`);
    expect(await told()).toEqual(["success", "Success", "success", undefined]);
    await invite(cams);
    await cams.control("POST", `inbox/${ana}/fail`, { code: "131026" });
    expect(await told()).toEqual(["fail", undefined, undefined, "131026:Message undeliverable."]);
  });

  it("may lag behind the answer, though the message is delivered already", async () => {
    const cams = await timed({ messageLagMs: 5000 });
    await invite(cams);
    expect((await cams.control("GET", `inbox/${ana}`)).json).toMatchObject([{ status: "delivered" }]);
    cams.pass(4999);
    expect(await listed(cams)).toEqual([]);
    cams.pass(1);
    expect(await listed(cams)).toMatchObject([{ UserNumber: ana, ClientAcceptStatusName: "Success" }]);
  });

  it("can be filtered", async () => {
    const other = { ...template, code: "other" };
    const businessNumbers = {
      [businessNumber]: { custSpaceId, templates: [template, other] },
      "8613900000000": { custSpaceId },
    };
    const cams = await timed({ seed: { businessNumbers } });
    await invite(cams, ana);
    cams.pass(60_000);
    await invite(cams, budi, { TemplateCode: "other" });
    await cams.arm({ fault: "opted-out" });
    await invite(cams, budi);
    const at = Date.parse(String((await listed(cams)).at(-1)!.SendTime));
    const found = async (filters: Record<string, string>) =>
      (await listed(cams, filters)).map(({ UserNumber, TemplateCode }) => [UserNumber, TemplateCode]);
    const [first, second, third] = [
      [ana, template.code],
      [budi, "other"],
      [budi, template.code],
    ];
    expect(await found({})).toEqual([third, second, first]);
    expect(await found({ UserNumber: ana })).toEqual([first]);
    expect(await found({ TemplateCode: template.code })).toEqual([third, first]);
    expect(await found({ UserNumber: budi, TemplateCode: "other" })).toEqual([second]);
    expect(await found({ StartTime: String(at) })).toEqual([third, second, first]);
    expect(await found({ StartTime: String(at + 1) })).toEqual([third, second]);
    expect(await found({ EndTime: String(at) })).toEqual([first]);
    expect(await found({ EndTime: String(at - 1) })).toEqual([]);
    expect(await found({ EventAction: "DOWN" })).toEqual([third, second, first]);
    expect(await found({ EventAction: "UP" })).toEqual([]);
    expect(await found({ MessageStatus: "success" })).toEqual([second, first]);
    expect(await found({ MessageStatus: "fail" })).toEqual([third]);
    expect(await found({ ClientAcceptStatus: "success" })).toEqual([second, first]);
    expect(await found({ GroupMessageId: "1" })).toEqual([]);
    expect(await found({ BusinessNumber: "8613900000000" })).toEqual([]);
  });

  it.each(["BusinessNumber", "CustSpaceId", "ChannelType", "Page"])("needs %s", async (name) => {
    const cams = await timed();
    const query = { ChannelType: "whatsapp", Page, [name]: "" };
    expect(await failure(cams.send("ListChatappMessage", query))).toMatchObject({ code: `Missing${name}` });
  });

  it.each<[Record<string, string>, string]>([
    [{ BusinessNumber: "+8613800000000" }, "InvalidParameter.FromOnlyNumeric"],
    [{ CustSpaceId: "cams-other" }, "Authentication.NoAuth"],
    [{ ChannelType: "viber" }, "InvalidParameter.ChannelTypeNotSupport"],
    [{ Page: '{"Index":1,"Size":101}' }, "InvalidParameter.PageInvalid"],
    [{ UserNumber: `+${ana}` }, "InvalidParameter.ToOnlyNumeric"],
    [{ StartTime: "yesterday" }, "InvalidParameter.TimeInvalid"],
    [{ EndTime: "-1" }, "InvalidParameter.TimeInvalid"],
  ])("is refused with %j", async (change, code) => {
    const cams = await timed();
    const body = await cams.send("ListChatappMessage", { ChannelType: "whatsapp", Page, ...change });
    expect(body).toMatchObject({ Code: code, Success: false });
  });

  it("takes the ChannelType in capitals too, as the older documents write it", async () => {
    const cams = await timed();
    await invite(cams);
    expect(await listed(cams, { ChannelType: "WHATSAPP" })).toHaveLength(1);
  });
});
