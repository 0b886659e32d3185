import { errors, type ErrorCode } from "../../../src/emulator/errors";
import { actions } from "../../../src/emulator/operations";
import type { OfficialClient, Outcome } from "./client";
import { groupsAndLinks } from "./groups";
import { messages } from "./messages";
import { BusinessNumber, GroupId, localWorld, people, Template, type Aim } from "./world";

/**
 * What every official client must be able to do with the local CAMS: all operations, all codes, all throttling, and the
 * network at its worst. The clients are Alibaba Cloud's own; what they answer is asserted as they answer it.
 */
const codes = Object.entries(errors).map(([code, { layer, http }]) => ({ code: code as ErrorCode, layer, http }));

/** What differs between the clients, none of it the server's doing. */
export interface Peculiarities {
  /** Whether the client can write a delete list or page that is wrong in itself; typed ones can't. */
  readonly untyped: boolean;
}

export function conformance(start: () => OfficialClient, aim: Aim, { untyped }: Peculiarities): void {
  const world = localWorld(start, aim);
  const { send, control, arm } = world;
  const list = (Page?: { Index: number; Size: number }): Promise<Outcome> =>
    send("ListChatGroupParticipants", { GroupId, ...(Page === undefined ? {} : { Page }) });
  const remove = (numbers: readonly string[], more: Aim = {}): Promise<Outcome> =>
    send(
      "DeleteChatGroupParticipants",
      { GroupId, List: numbers.map((ParticipantNumber) => ({ ParticipantNumber })) },
      more,
    );
  const present = async (): Promise<string[]> => rows(await list());

  groupsAndLinks(world);
  messages(world);

  it("does every operation", async () => {
    const Page = { Index: 1, Size: 20 };
    expect(await send("ListChatGroup", { Page })).toMatchObject({
      statusCode: 200,
      body: { Code: "OK", Data: { Total: 1, List: [{ GroupId, GroupStatus: "ACTIVE", TotalParticipantCount: 3 }] } },
    });
    const made = await send("AddChatGroup", { Subject: "Sales", Description: "all of them" });
    expect(made.body).toMatchObject({ Code: "OK", UniqueCode: expect.any(String) as string });
    await send("ListChatGroup", { Page });
    const sales = await send("ListChatGroup", { Page, Subject: "Sales", GroupStatus: "ACTIVE" });
    const { List } = sales.body!.Data as { List: Record<string, unknown>[] };
    expect(List).toMatchObject([{ Subject: "Sales", Description: "all of them", BusinessNumber }]);
    const id = String(List[0]!.GroupId);

    expect(await send("UpdateChatGroup", { GroupId: id, Subject: "Sales 2" })).toMatchObject({ body: { Result: 1 } });
    const link = await send("AddChatGroupInviteLink", { GroupId: id });
    expect(link.body).toMatchObject({
      Code: "OK",
      InviteLink: expect.stringContaining("https://chat.whatsapp.com/") as string,
    });
    expect((await control("POST", `groups/${id}/join`, { number: people[0] })).status).toBe(200);
    expect(rows(await send("ListChatGroupParticipants", { GroupId: id }))).toEqual([people[0]]);
    expect(await send("DeleteChatGroupInviteLink", { GroupId: id })).toMatchObject({ body: { Code: "OK", Result: 1 } });
    expect(await send("DeleteChatGroup", { GroupId: id })).toMatchObject({ body: { Code: "OK", Result: 1 } });

    expect(await remove(people.slice(0, 2))).toMatchObject({
      statusCode: 200,
      body: { Code: "OK", Result: 2, Success: true },
    });
    expect(await present()).toEqual([people[2]]);
    expect((await control("POST", `groups/${GroupId}/join`, { number: people[0] })).status).toBe(409);

    const template = { TemplateCode: Template.code, Language: Template.language };
    const message = { ChannelType: "whatsapp", Type: "template", From: BusinessNumber, To: people[0], ...template };
    const TemplateParams = { name: "Ana", group: "Sales", link: "https://chat.whatsapp.com/x" };
    expect(await send("SendChatappMessage", { ...message, TemplateParams })).toMatchObject({ body: { Code: "OK" } });
    const listed = await send("ListChatappMessage", { ChannelType: "whatsapp", Page });
    expect(listed.body).toMatchObject({ Code: "OK", Data: [{ UserNumber: people[0] }] });
    expect(await send("GetChatappTemplateDetail", template)).toMatchObject({ body: { Data: { AuditStatus: "pass" } } });
    expect(await send("QueryChatappPhoneNumbers")).toMatchObject({ body: { Code: "OK" } });

    const calls = (await control("GET", "calls")).json as readonly { action: string; code: string }[];
    const done = new Set(calls.filter(({ code }) => code === "OK").map(({ action }) => action));
    expect([...done].sort()).toEqual([...actions].sort());
  });

  it("pages", async () => {
    expect(rows(await list({ Index: 1, Size: 2 }))).toEqual(people.slice(0, 2));
    const last = await list({ Index: 2, Size: 2 });
    expect(last.body).toMatchObject({ Data: { Total: 3 } });
    expect(rows(last)).toEqual(people.slice(2));
  });

  it.each(["a b+c%20d", "!'()*~", "Группа 群组 🎉", 'x="1"&y=<2>'])("signs any text, such as %s", async (Subject) => {
    expect(await send("UpdateChatGroup", { GroupId, Subject })).toMatchObject({ body: { Code: "OK" } });
    expect(JSON.stringify((await control("GET", "state")).json)).toContain(JSON.stringify(Subject));
  });

  it.each(codes.filter(({ layer }) => layer === "gateway"))("throws $code of the gateway", async ({ code, http }) => {
    await arm("gateway-error", code);
    const { error } = await remove(people);
    expect(error).toMatchObject({ code, statusCode: http });
    expect(error!.requestId ?? error!.message).toMatch(/[0-9A-F]{8}-[0-9A-F]{4}-/);
    expect(await present()).toEqual(people);
  });

  it.each(codes.filter(({ layer }) => layer !== "gateway"))("returns $code of the product", async ({ code }) => {
    await arm("business-error", code);
    expect(await remove(people)).toMatchObject({ statusCode: 200, body: { Code: code, Success: false } });
    expect(await present()).toEqual(people);
  });

  it("is told who may not do what", async () => {
    await arm("forbidden-ram");
    expect((await remove(people)).error).toMatchObject({
      code: "Forbidden.RAM",
      statusCode: 403,
      accessDeniedDetail: { AuthAction: "cams:DeleteChatGroupParticipants", NoPermissionType: "ImplicitDeny" },
    });
  });

  it.each([
    ["throttled-400", "Throttling.User", 400],
    ["throttled-400-retry-after", "Throttling", 400],
    ["throttled-429", "Throttling.User", 429],
    ["throttled-429-retry-after", "Throttling.User", 429],
    ["throttled-503", "Throttling.User", 503],
    ["throttled-503-retry-after", "Throttling.Api", 503],
  ])("is throttled by %s", async (fault, code, statusCode) => {
    await arm(fault);
    expect((await remove(people)).error).toMatchObject({ code, statusCode });
    expect(await present()).toEqual(people);
  });

  it("is refused with keys that are not right", async () => {
    const wrong = await remove(people, { accessKeySecret: "wrong" });
    expect(wrong.error).toMatchObject({ code: "SignatureDoesNotMatch", statusCode: 400 });
    const other = await remove(people, { accessKeyId: "other" });
    expect(other.error).toMatchObject({ code: "InvalidAccessKeyId.NotFound", statusCode: 404 });
    expect(await present()).toEqual(people);
  });

  it("is refused without what is required", async () => {
    expect((await send("ListChatGroupParticipants")).error).toMatchObject({ code: "MissingGroupId", statusCode: 400 });
    expect((await send("ListChatGroup")).error).toMatchObject({ code: "MissingPage", statusCode: 400 });
  });

  it("is refused by the rules of a group, in a 200", async () => {
    const code = async (outcome: Promise<Outcome>): Promise<unknown> => (await outcome).body?.Code;
    expect(await code(send("ListChatGroupParticipants", { GroupId: "none" }))).toBe("131041");
    expect(await code(send("ListChatGroup", { BusinessNumber: "861", Page: { Index: 1, Size: 1 } }))).toBe(
      "Authentication.NoAuth",
    );
    expect(await code(list({ Index: 1, Size: 1000 }))).toBe("InvalidParameter.PageInvalid");
    expect(await code(remove([]))).toBe("InvalidParameter.ListInvalid");
    expect(await code(send("DeleteChatGroupParticipants", { GroupId }))).toBe("InvalidParameter.ListInvalid");
    expect(await code(remove(["1", "2", "3", "4", "5", "6", "7", "8", "9"]))).toBe("InvalidParameter.ListInvalid");
    expect(await code(remove([people[0]!, people[0]!]))).toBe("131202");
    expect(await code(remove([`+${people[0]!}`]))).toBe("InvalidParameter.ToOnlyNumeric");
    expect(await code(remove(["628119999999"]))).toBe("131212");
    if (untyped)
      expect(await code(send("DeleteChatGroupParticipants", { GroupId, List: "[" }))).toBe(
        "InvalidParameter.ListInvalid",
      );
    expect(await present()).toEqual(people);
  });

  it.each([
    ["bad-gateway", false],
    ["bad-gateway-applied", true],
    ["empty-500", false],
    ["empty-500-applied", true],
    ["hang", false],
    ["hang-applied", true],
    ["reset", false],
    ["reset-applied", true],
    ["body-cut-off", true],
    ["body-truncated", true],
  ])("does not learn what became of a call after %s, and sends it once", async (fault, applied) => {
    await arm(fault);
    const { error } = await remove(people.slice(0, 1), fault.startsWith("hang") ? { readTimeoutMs: 500 } : {});
    expect(error).toBeDefined();
    expect(error!.requestId ?? null).toBeNull();
    expect((await control("GET", "calls")).json).toHaveLength(1);
    expect(await present()).toEqual(applied ? people.slice(1) : people);
  });
}

function rows({ body }: Outcome): string[] {
  const { List } = body!.Data as { List: { ParticipantNumber: string }[] };
  return List.map((row) => row.ParticipantNumber);
}
