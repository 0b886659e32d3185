import type { CamsErrorKind } from "../../../src/cams";
import { failure, ref } from "../../execution/world";
import { ANA, BOT, BUDI } from "../../membership/world";
import { answer, clientOf, ended, type Reply } from "./world";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const SINCE = 1_783_000_000_000;
const query = { template: "invite", since: SINCE };

const row = (id: string, over: object = {}) => ({
  ...{ MessageId: id, UserNumber: ANA, TemplateCode: "invite", MessageStatus: "success" },
  ...{ SendTime: "2026-07-02T13:46:40.000+00:00", EventAction: "DOWN" },
  ...over,
});
/** A page of so many rows, each with an id of its own. */
const page = (from: number, count: number) => answer(Array.from({ length: count }, (_, i) => row(`M-${from + i}`)));

const list = (replies: readonly Reply[], over: object = {}) => {
  const client = clientOf(replies);
  return { ...client, messages: ended(client.cams.listMessages(ref, { ...query, ...over })) };
};

describe("listing messages", () => {
  test("asks by the names of the API, with the channel in lower case, for what was sent only", async () => {
    const { messages, sent } = list([answer([row("M-1", { FailReason: "None", Message: "Join us" })])]);
    expect(await messages).toEqual([
      { id: "M-1", to: ANA, state: "accepted", why: "", at: SINCE, template: "invite", text: "Join us" },
    ]);
    expect(sent).toMatchObject([{ operation: "ListChatappMessage", group: undefined }]);
    expect(sent[0]?.query).toEqual({
      ...{ BusinessNumber: BOT, CustSpaceId: "cams-8c8e", ChannelType: "whatsapp", TemplateCode: "invite" },
      ...{ StartTime: "1783000000000", EventAction: "DOWN", Page: '{"Index":1,"Size":100}' },
    });
  });

  test("asks for one person's only, if so told", async () => {
    const { messages, sent } = list([answer([row("M-1"), row("M-2", { UserNumber: BUDI })])], { to: ANA });
    expect((await messages).map(({ id }) => id)).toEqual(["M-1"]);
    expect(sent[0]?.query).toMatchObject({ UserNumber: ANA });
  });

  test("goes on until a page is short", async () => {
    const { messages, sent } = list([page(1, 100), page(101, 100), page(201, 99), page(1_000, 100)]);
    expect(await messages).toHaveLength(299);
    expect(sent.map((one) => one.query.Page)).toEqual([
      ...['{"Index":1,"Size":100}', '{"Index":2,"Size":100}', '{"Index":3,"Size":100}'],
    ]);
  });

  test("goes on after a full page of which nothing is used", async () => {
    const others = Array.from({ length: 100 }, (_, i) => row(`O-${i}`, { TemplateCode: "other" }));
    const { messages } = list([answer(others), answer([row("M-1"), row("M-2", { TemplateCode: undefined })])]);
    expect((await messages).map(({ id }) => id)).toEqual(["M-1", "M-2"]);
  });

  test("a message that a new one pushed onto the next page is one message, with what the last look saw", async () => {
    const first = Array.from({ length: 100 }, (_, i) => row(`M-${i}`));
    const again = row("M-99", { MessageStatus: "fail", FailReason: "131026" });
    const listed = await list([answer(first), answer([again])]).messages;
    expect(listed).toHaveLength(100);
    expect(listed.filter(({ id }) => id === "M-99")).toMatchObject([{ state: "failed", why: "131026" }]);
  });

  test.each([undefined, null, []])("is empty when Data is %p", async (data) => {
    expect(await list([answer(data)]).messages).toEqual([]);
  });

  test.each<[unknown]>([[{ List: [] }], ["None"], [7]])("throws when Data is %p", async (data) => {
    await expect(list([answer(data)]).messages).rejects.toMatchObject({
      ...{ kind: "refused", applied: "no", failure: { code: "DoubtfulListing", operation: "ListChatappMessage" } },
    });
  });

  test("throws when it does not come to an end", async () => {
    const { messages, sent } = list([page(1, 100)]);
    await expect(messages).rejects.toMatchObject({ kind: "refused", failure: { code: "DoubtfulListing" } });
    await expect(messages).rejects.toThrow(/more than 300 pages of 100 messages/);
    expect(sent).toHaveLength(300);
  });

  test("a page that fails to the end throws, whatever the pages before it said", async () => {
    const error = failure("unknown outcome");
    await expect(list([page(1, 100), error]).messages).rejects.toBe(error);
  });

  test.each<[string, object]>([
    ["no template", { template: "" }],
    ["no time", { since: NaN }],
    ["a time before 1970", { since: -1 }],
    ["a part of a millisecond", { since: 1.5 }],
    ["a number with a plus", { to: `+${ANA}` }],
    ["no number", { to: "" }],
  ])("never asks with %s", async (_, over) => {
    const { messages, sent } = list([page(1, 1)], over);
    await expect(messages).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });
});

describe("looking at a template", () => {
  const look = (reply: Reply) => {
    const client = clientOf([reply]);
    return { ...client, template: ended(client.cams.template(ref, "invite", "en_US")) };
  };

  test("asks for its code and language", async () => {
    const data = { AuditStatus: "pass", Category: "UTILITY", Components: [{ Type: "BODY", Text: "Hi $(name)" }] };
    const { template, sent } = look(answer(data));
    expect(await template).toEqual({
      ...{ status: "pass", category: "UTILITY", categoryChangePaused: false, quality: "", variables: ["name"] },
    });
    expect(sent).toMatchObject([{ operation: "GetChatappTemplateDetail", group: undefined }]);
    expect(sent[0]?.query).toEqual({
      ...{ TemplateCode: "invite", Language: "en_US", CustSpaceId: "cams-8c8e", TemplateType: "WHATSAPP" },
    });
  });

  test("gives none when CAMS says that it knows none, in the code or by no Data", async () => {
    const error = failure("refused", { code: "DetailError.TemplateNotExist", httpStatus: 400 });
    expect(await look(error).template).toBeUndefined();
    expect(await look(answer(undefined)).template).toBeUndefined();
  });

  test.each<[CamsErrorKind, string]>([
    ["refused", "InvalidParameter.LanguageNotSupport"],
    ["access", "Forbidden.RAM"],
    ["unknown outcome", "DetailError.TemplateNotExist"],
  ])("throws whatever else fails: %s, %s", async (kind, code) => {
    const error = failure(kind, { code });
    await expect(look(error).template).rejects.toBe(error);
  });
});

describe("looking at the business number", () => {
  const look = (beside: object, to = ref) => {
    const client = clientOf([answer(undefined, { ...beside })]);
    return { ...client, number: ended(client.cams.businessNumber(to)) };
  };

  test("asks for the numbers of the space, and finds it beside Data", async () => {
    const row = { PhoneNumber: BOT, IsOfficial: "Y", MessagingLimitTier: "TIER_1K" };
    const { number, sent } = look({ PhoneNumbers: [{ PhoneNumber: ANA, IsOfficial: "N" }, row] });
    expect(await number).toEqual({ number: BOT, official: true, tier: "TIER_1K", quality: "", status: "" });
    expect(sent).toMatchObject([{ operation: "QueryChatappPhoneNumbers", group: undefined }]);
    expect(sent[0]?.query).toEqual({ CustSpaceId: "cams-8c8e" });
  });

  test.each<[string, object]>([
    ["another number only", { PhoneNumbers: [{ PhoneNumber: ANA, IsOfficial: "Y" }] }],
    ["no list", {}],
    ["a list that is none", { PhoneNumbers: { PhoneNumber: BOT } }],
  ])("gives none when CAMS lists %s", async (_, beside) => {
    expect(await look(beside).number).toBeUndefined();
  });
});

describe("looks at messages", () => {
  const looks: Readonly<Record<string, (client: ReturnType<typeof clientOf>) => Promise<unknown>>> = {
    messages: (client) => client.cams.listMessages(ref, query),
    template: (client) => client.cams.template(ref, "invite", "en"),
    number: (client) => client.cams.businessNumber(ref),
  };
  const passing = [failure("throttled"), failure("unreachable"), failure("unknown outcome")];

  test.each(Object.entries(looks))("are taken again after failures that passed: %s", async (_, look) => {
    const client = clientOf([...passing, answer([])]);
    await ended(look(client));
    expect(client.sent).toHaveLength(4);
  });

  test.each(Object.entries(looks))("are taken though the run is to stop: %s", async (_, look) => {
    const client = clientOf([answer([])], { stopped: () => true, gone: () => true });
    await ended(look(client));
    expect(client.sent).toHaveLength(1);
  });

  test("keep the one pace of all calls", async () => {
    const client = clientOf([answer([])], {}, 5);
    await ended(Promise.all([...Object.values(looks), ...Object.values(looks)].map((look) => look(client))));
    expect(client.sent).toHaveLength(6);
    expect(client.sent.at(-1)!.at - client.sent[0]!.at).toBeGreaterThanOrEqual(5 * 200 - 50);
  });
});
