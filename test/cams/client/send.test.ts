import type { Engine, GroupRef, Look, TemplateMessage } from "../../../src/cams";
import { LOOK_HOLDS_MS } from "../../../src/cams/authority";
import { fromAnswer } from "../../../src/cams/classify";
import { failure, ref } from "../../execution/world";
import { ANA, BOT } from "../../membership/world";
import { answer, clientOf as clientWith, ended, type Reply } from "./world";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const LINK = "https://chat.whatsapp.com/AbC123";
const message: TemplateMessage = {
  ...{ to: ANA, template: "invite", language: "en_US", parameters: { name: "Ana", link: LINK } },
};
const accepted = answer(undefined, { MessageId: "M-1" });

function clientOf(replies: readonly Reply[] = [accepted], over: Partial<Engine> = {}, callsPerSecond = 100) {
  const client = clientWith(replies, over, callsPerSecond);
  const look = async (of: GroupRef = ref): Promise<Look> => {
    const listing = await ended(client.cams.listParticipants(of));
    if (listing.kind !== "whole") throw new Error(listing.why);
    return listing;
  };
  const send = async (over: Partial<TemplateMessage> = {}, to: GroupRef = ref) => {
    const seen = await look(to);
    return ended(client.cams.sendMessage(to, { ...message, ...over }, seen));
  };
  return { ...client, look, send };
}

const request = {
  operation: "SendChatappMessage",
  group: "EA93UU0042",
  query: {
    ...{ ChannelType: "whatsapp", CustSpaceId: "cams-8c8e", Type: "template", From: BOT, To: ANA },
    ...{ TemplateCode: "invite", Language: "en_US", TemplateParams: `{"name":"Ana","link":"${LINK}"}` },
  },
};

test("a message is sent in one call, by the names of the API", async () => {
  const { send, sent } = clientOf();
  expect(await send()).toEqual({ requestId: "R-1", messageId: "M-1" });
  expect(sent).toEqual([{ ...request, at: expect.any(Number) as number }]);
});

test("a template without variables gets no TemplateParams", async () => {
  const { send, sent } = clientOf();
  await send({ parameters: {} });
  expect(sent[0]?.query).not.toHaveProperty("TemplateParams");
});

test.each([{}, { MessageId: "" }, { MessageId: 7 }, { MessageId: null }])(
  "an answer with %p beside Data is accepted, without an id",
  async (beside) => {
    expect(await clientOf([answer(undefined, beside)]).send()).toEqual({ requestId: "R-1", messageId: "" });
  },
);

test.each<[string, Partial<TemplateMessage>, GroupRef]>([
  ["the business number", { to: BOT }, ref],
  ["the business number of another account", { to: "8613800000001" }, { ...ref, businessNumber: "8613800000001" }],
  ["a number with a plus", { to: `+${ANA}` }, ref],
  ["an id that is no number", { to: "US.13491208655302741918" }, ref],
  ["nobody", { to: "" }, ref],
  ["too few digits", { to: "1234" }, ref],
  ["too many digits", { to: "1234567890123456" }, ref],
  ["two people", { to: `${ANA},${ANA}` }, ref],
  ["no template", { template: "" }, ref],
  ["no language", { language: "" }, ref],
])("a message is never sent with %s", async (_, over, to) => {
  const { send, sent } = clientOf();
  await expect(send(over, to)).rejects.toThrow(RangeError);
  expect(sent).toEqual([]);
});

test.each<[string, (client: ReturnType<typeof clientOf>) => Promise<Look>]>([
  ["a copy of a listing", async ({ look }) => ({ ...(await look()) })],
  ["another client's listing", () => clientOf().look()],
  ["another group's listing", ({ look }) => look({ ...ref, group: "EA2" })],
  ["another number's listing", ({ look }) => look({ ...ref, businessNumber: "8613800000009" })],
  ["another space's listing", ({ look }) => look({ ...ref, custSpaceId: "cams-9d9f" })],
  ["a listing of groups", ({ cams }) => ended(cams.listGroups(ref)) as unknown as Promise<Look>],
  ["nothing", () => Promise.resolve({ kind: "whole", participants: [], unidentified: 0 })],
])("a message is not sent by %s", async (_, lookOf) => {
  const client = clientOf();
  const look = await lookOf(client);
  await expect(ended(client.cams.sendMessage(ref, message, look))).rejects.toMatchObject({
    ...{ kind: "look too old", applied: "no" },
  });
  expect(client.sent).toEqual([]);
});

test("a message is not sent by a listing that is too old", async () => {
  const { cams, sent, look } = clientOf();
  const old = await look();
  await jest.advanceTimersByTimeAsync(LOOK_HOLDS_MS);
  await expect(ended(cams.sendMessage(ref, message, old))).rejects.toMatchObject({ kind: "look too old" });
  expect(sent).toEqual([]);
});

test.each<[keyof Engine, string]>([
  ["stopped", "stopped"],
  ["gone", "engine gone"],
])("a message is not sent once the run is over: %s", async (sign, kind) => {
  const { send, sent } = clientOf([accepted], { [sign]: () => true });
  await expect(send()).rejects.toMatchObject({ kind, applied: "no" });
  expect(sent).toEqual([]);
});

test("a message is not sent again after throttling once the run is over", async () => {
  let asked = 0;
  const { send, sent } = clientOf([failure("throttled"), accepted], { gone: () => asked++ >= 1 });
  await expect(send()).rejects.toMatchObject({ kind: "engine gone" });
  expect(sent).toHaveLength(1);
});

test.each(["unreachable", "unknown outcome", "access", "unknown group", "refused"] as const)(
  "a message is not sent again when it fails by %s",
  async (kind) => {
    const error = failure(kind);
    const { send, sent } = clientOf([error, accepted]);
    await expect(send()).rejects.toBe(error);
    expect(sent).toHaveLength(1);
  },
);

test("a message whose answer does not come in time is not sent again, and may have been sent", async () => {
  const lost = failure("unknown outcome", { code: "ReadTimeout" });
  const { send, sent } = clientOf([failure("throttled"), lost, accepted]);
  await expect(send()).rejects.toMatchObject({ kind: "unknown outcome", applied: "maybe" });
  expect(sent).toHaveLength(2);
});

const call = { operation: "SendChatappMessage", group: ref.group };
const said = (code: string, text = "", httpStatus = 200) =>
  fromAnswer({ code, message: text, requestId: "R-9" }, httpStatus, call);

test.each([
  ["131056", "", 200],
  ["SendError", "(#131056) too many messages to this person", 400],
  ["130429", "", 400],
  ["SendError", "130429: throughput", 200],
  ["Throttling.User", "", 400],
])("a message is sent again, as it was, after %s %p, HTTP %d, which did nothing", async (code, text, status) => {
  const { send, sent } = clientOf([said(code, text, status), said(code, text, status), accepted]);
  expect(await send()).toMatchObject({ messageId: "M-1" });
  expect(sent.map(({ query }) => query)).toEqual([request.query, request.query, request.query]);
});

test("a message that is throttled for ever is given up when its look is too old", async () => {
  const { send, sent } = clientOf([said("131056")]);
  await expect(send()).rejects.toMatchObject({ kind: "look too old", applied: "no" });
  expect(sent.length).toBeGreaterThan(3);
});

test("messages go before listings that wait, and keep the one pace", async () => {
  const client = clientOf([accepted], {}, 2);
  const look = await client.look();
  const reads = Array.from({ length: 8 }, () => client.cams.listMessages(ref, { template: "invite", since: 0 }));
  await ended(Promise.all([...reads, client.cams.sendMessage(ref, message, look)]));
  expect(client.sent.slice(0, 2).map(({ operation }) => operation)).toContain("SendChatappMessage");
  expect(client.sent.at(-1)!.at - client.sent[0]!.at).toBeGreaterThanOrEqual(8 * 500 - 50);
});

test("neither the number nor the link comes into an error", async () => {
  const echo = `bad {"To":"${ANA}","link":"${LINK}"} or chat.whatsapp.com/AbC123`;
  const error: unknown = await clientOf([said("InvalidParameter.MessageInvalid", echo, 400)])
    .send()
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: "refused", applied: "no" });
  expect(String(error)).toContain("InvalidParameter.MessageInvalid");
  expect(`${String(error)}${JSON.stringify(error)}`).not.toMatch(new RegExp(`${ANA}|AbC123`));
});
