import { businessNumber, custSpaceId, failure, stopAll } from "../client";
import { template, timed } from "../messages/world";

afterEach(stopAll);

const asked = { TemplateCode: template.code, Language: "en", TemplateType: "WHATSAPP" };
const seedOf = (more: object) => ({
  seed: { businessNumbers: { [businessNumber]: { custSpaceId, templates: [{ ...template, ...more }] } } },
});

describe("the details of a template", () => {
  it("are told as documented", async () => {
    const cams = await timed();
    expect(await cams.send("GetChatappTemplateDetail", asked)).toMatchObject({
      Code: "OK",
      Success: true,
      Data: {
        AuditStatus: "pass",
        Category: "UTILITY",
        CategoryChangePaused: false,
        Components: [{ Type: "BODY", Text: template.body }],
        Language: "en",
        Name: "group_invitation",
        QualityScore: "UNKNOWN",
        TemplateCode: template.code,
        TemplateType: "WHATSAPP",
      },
    });
  });

  it("are those of the seed", async () => {
    const facts = {
      category: "MARKETING",
      status: "paused",
      quality: "RED",
      categoryChangePaused: true,
      language: "id",
    };
    const cams = await timed(seedOf(facts));
    const body = await cams.send("GetChatappTemplateDetail", { ...asked, Language: "id" });
    expect(body.Data).toMatchObject({
      AuditStatus: "paused",
      AllowSend: false,
      Category: "MARKETING",
      CategoryChangePaused: true,
      QualityScore: "RED",
      Language: "id",
    });
  });

  it("follow what Meta makes of the template, in one language or in all", async () => {
    const templates = [template, { ...template, language: "id" }];
    const cams = await timed({ seed: { businessNumbers: { [businessNumber]: { custSpaceId, templates } } } });
    const told = async (Language: string) =>
      (await cams.send("GetChatappTemplateDetail", { ...asked, Language })).Data as Record<string, unknown>;
    const path = `templates/${template.code}`;
    expect(await cams.control("POST", path, { language: "id", status: "disabled" })).toMatchObject({ status: 200 });
    expect([(await told("en")).AuditStatus, (await told("id")).AuditStatus]).toEqual(["pass", "disabled"]);
    await cams.control("POST", path, { category: "MARKETING", quality: "YELLOW" });
    expect(await told("en")).toMatchObject({ Category: "MARKETING", QualityScore: "YELLOW", AllowSend: true });
    expect(await told("id")).toMatchObject({ Category: "MARKETING", AuditStatus: "disabled" });
    expect((await cams.control("POST", path, { language: "fr", status: "pass" })).status).toBe(404);
    expect((await cams.control("POST", "templates/none", { status: "pass" })).status).toBe(404);
    const wrong = await cams.control("POST", path, { status: "open" });
    expect(wrong).toMatchObject({ status: 400, json: { error: expect.stringContaining('"status"') as string } });
  });

  it.each([
    [{ TemplateCode: "none" }, "DetailError.TemplateNotExist"],
    [{ Language: "fr" }, "DetailError.TemplateNotExist"],
    [{ Language: "" }, "MissingLanguage"],
  ])("are refused for %j: 400", async (change, code) => {
    const cams = await timed();
    const call = cams.send("GetChatappTemplateDetail", { ...asked, ...change });
    expect(await failure(call)).toMatchObject({ code, statusCode: 400 });
  });

  it.each([
    [{ TemplateCode: "" }, "InvalidParameter.TemplateCodeNotEmpty"],
    [{ TemplateType: "VIBER" }, "InvalidParameter.TemplateTypeNotSupport"],
    [{ CustSpaceId: "cams-other" }, "Authentication.NoAuth"],
  ])("are refused for %j: 200", async (change, code) => {
    const cams = await timed();
    expect(await cams.send("GetChatappTemplateDetail", { ...asked, ...change })).toMatchObject({
      Code: code,
      Success: false,
    });
  });
});

describe("the business numbers of a CustSpaceId", () => {
  const businessNumbers = {
    [businessNumber]: { custSpaceId },
    "8613900000000": { custSpaceId, official: false, tier: "TIER_250", quality: "RED", status: "FLAGGED" },
    "8613700000000": { custSpaceId: "cams-other" },
  } as const;
  const row = {
    CodeVerificationStatus: "VERIFIED",
    IsOfficial: "Y",
    MessagingLimitTier: "TIER_1K",
    NameStatus: "Approval",
    PhoneNumber: businessNumber,
    QualityRating: "GREEN",
    Status: "CONNECTED",
    VerifiedName: expect.any(String) as string,
  };
  const flagged = {
    ...row,
    IsOfficial: "N",
    MessagingLimitTier: "TIER_250",
    PhoneNumber: "8613900000000",
    QualityRating: "RED",
    Status: "FLAGGED",
  };

  it.each([
    [{}, [row, flagged]],
    [{ Status: "FLAGGED" }, [flagged]],
    [{ Status: "VERIFIED" }, [row, flagged]],
    [{ Status: "PENDING" }, []],
    [{ CustSpaceId: "" }, [row, flagged, { ...row, PhoneNumber: "8613700000000" }]],
  ])("are told in PhoneNumbers beside Code, for %j", async (query, PhoneNumbers) => {
    const cams = await timed({ seed: { businessNumbers } });
    const body = await cams.send("QueryChatappPhoneNumbers", query);
    expect(body).toMatchObject({ Code: "OK", Success: true });
    expect(body.PhoneNumbers).toEqual(PhoneNumbers);
    expect(body).not.toHaveProperty("Data");
  });

  it("are not told to somebody else", async () => {
    const cams = await timed({ seed: { businessNumbers } });
    expect(await cams.send("QueryChatappPhoneNumbers", { CustSpaceId: "cams-none" })).toMatchObject({
      Code: "Authentication.NoAuth",
    });
  });
});
