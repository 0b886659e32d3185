import type { Aim, World } from "./world";
import { BusinessNumber, GroupId, InviteLink, Template } from "./world";

const To = "628110000009";
const Page = { Index: 1, Size: 20 };
const TemplateParams = { name: "Ana María 🎉", group: 'Ops "A" & B+C', link: InviteLink };
const text = `Hello Ana María 🎉, join Ops "A" & B+C: ${InviteLink}`;
const anyText = expect.any(String) as string;

/** What every official client must be able to do with messages by template. */
export function messages({ send, control, arm }: World): void {
  const invite = (change: Record<string, unknown> = {}, more: Aim = {}) => {
    const { code: TemplateCode, language: Language } = Template;
    const params = { ChannelType: "whatsapp", Type: "template", From: BusinessNumber, To, TemplateCode, Language };
    return send("SendChatappMessage", { ...params, TemplateParams, ...change }, more);
  };
  const listed = async (filters: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> => {
    const { body } = await send("ListChatappMessage", { ChannelType: "whatsapp", Page, ...filters });
    return body!.Data as Record<string, unknown>[];
  };
  const inbox = async () => (await control("GET", `inbox/${To}`)).json as Record<string, unknown>[];

  it("sends a message by template, which comes with its variables replaced", async () => {
    const { statusCode, body } = await invite();
    expect(statusCode).toBe(200);
    expect(body).toEqual({
      AccessDeniedDetail: "None",
      Code: "OK",
      Message: "None",
      MessageId: anyText,
      RequestId: anyText,
    });
    const [message, ...more] = await inbox();
    expect(more).toEqual([]);
    expect(message).toEqual({
      messageId: body!.MessageId,
      template: Template.code,
      parameters: TemplateParams,
      text,
      at: anyText,
      status: "delivered",
    });
    const joined = await control("POST", `groups/${GroupId}/join`, { number: To, link: InviteLink });
    expect(joined.status).toBe(200);
  });

  it("finds the message in the list, which is Data itself", async () => {
    const { body } = await invite();
    await invite({ To: "628110000008" });
    const [row, ...more] = await listed({ UserNumber: To, TemplateCode: Template.code, EventAction: "DOWN" });
    expect(more).toEqual([]);
    expect(row).toEqual({
      BusinessNumber,
      ChannelType: "WHATSAPP",
      ClientAcceptStatusName: "Success",
      EventAction: "DOWN",
      EventActionName: "DOWN",
      LanguageCode: "en",
      Message: text,
      MessageId: body!.MessageId,
      MessageSource: "api",
      MessageStatus: "success",
      MessageStatusName: "Success",
      Month: anyText,
      SendTime: anyText,
      TemplateCode: Template.code,
      TemplateName: Template.name,
      Type: "template",
      UniqueMessageId: anyText,
      UserNumber: To,
    });
    await control("POST", `inbox/${To}/read`);
    expect(await listed({ UserNumber: To })).toMatchObject([{ ClientReadStatus: "success" }]);
    const sent = Date.parse(String(row!.SendTime));
    expect(await listed({ StartTime: sent, EndTime: sent + 600_000 })).toHaveLength(2);
    expect(await listed({ EndTime: sent - 1 })).toEqual([]);
    expect(await listed({ Page: { Index: 1, Size: 1 } })).toMatchObject([{ UserNumber: "628110000008" }]);
    expect(await listed({ Page: { Index: 3, Size: 1 } })).toEqual([]);
  });

  it("reads what a template and a business number are", async () => {
    const query = { TemplateCode: Template.code, Language: "en", TemplateType: "WHATSAPP" };
    const detail = await send("GetChatappTemplateDetail", query);
    expect(detail.body).toMatchObject({
      Code: "OK",
      Success: true,
      Data: {
        AuditStatus: "pass",
        Category: "UTILITY",
        CategoryChangePaused: false,
        Components: [{ Type: "BODY", Text: Template.body }],
        Language: "en",
        Name: Template.name,
        QualityScore: "UNKNOWN",
        TemplateCode: Template.code,
        TemplateType: "WHATSAPP",
      },
    });
    const numbers = await send("QueryChatappPhoneNumbers");
    expect(numbers.body).toMatchObject({
      Code: "OK",
      PhoneNumbers: [
        {
          IsOfficial: "Y",
          MessagingLimitTier: "TIER_1K",
          PhoneNumber: BusinessNumber,
          QualityRating: "GREEN",
          Status: "CONNECTED",
          VerifiedName: anyText,
        },
      ],
    });
  });

  it("is refused a message by the rules, in a 200 without Success", async () => {
    const code = async (change: Record<string, unknown>): Promise<unknown> => {
      const { body } = await invite(change);
      expect(body).not.toHaveProperty("Success");
      return body!.Code;
    };
    expect(await code({ To: `+${To}` })).toBe("InvalidParameter.ToOnlyNumeric");
    expect(await code({ From: `+${BusinessNumber}` })).toBe("InvalidParameter.FromOnlyNumeric");
    expect(await code({ TemplateParams: { name: "Ana" } })).toBe("InvalidParameter.MessageInvalid");
    await control("POST", `templates/${Template.code}`, { status: "paused" });
    expect(await code({})).toBe("132015");
    expect(await inbox()).toEqual([]);
  });

  it("is refused a template that is not there, by 400", async () => {
    const error = { code: "DetailError.TemplateNotExist", statusCode: 400 };
    expect((await invite({ TemplateCode: "1" })).error).toMatchObject(error);
    const detail = await send("GetChatappTemplateDetail", { TemplateCode: "1", Language: "en" });
    expect(detail.error).toMatchObject(error);
  });

  it("is told in the list that a message failed", async () => {
    await arm("not-on-whatsapp");
    expect((await invite()).body).toMatchObject({ Code: "OK" });
    expect(await listed()).toMatchObject([{ MessageStatus: "fail", FailReason: "131026:Message undeliverable." }]);
  });

  it.each([
    ["hang", 0],
    ["hang-applied", 1],
    ["reset", 0],
    ["reset-applied", 1],
  ])("does not learn what became of a message after %s, and sends it once", async (fault, sent) => {
    await arm(fault);
    const { error } = await invite({}, fault.startsWith("hang") ? { readTimeoutMs: 500 } : {});
    expect(error).toBeDefined();
    expect((await control("GET", "calls")).json).toMatchObject([{ action: "SendChatappMessage", to: To, code: "" }]);
    expect(await listed({ UserNumber: To })).toHaveLength(sent);
  });
}
