import { businessNumber, custSpaceId, stopAll } from "../client";
import { ana, budi, inbox, invite, parameters, template, text, timed } from "../messages/world";

afterEach(stopAll);

describe("an inbox", () => {
  it("tells the messages to a number, oldest first, and nothing else of them", async () => {
    const cams = await timed();
    const first = await invite(cams);
    cams.pass(1000);
    const second = await invite(cams);
    await invite(cams, budi);
    const told = { template: template.code, parameters, text, status: "delivered" };
    const at = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
    expect(await inbox(cams)).toEqual([
      { messageId: first.MessageId, ...told, at },
      { messageId: second.MessageId, ...told, at },
    ]);
  });

  it("has the messages of all business numbers, by time", async () => {
    const of = { custSpaceId, templates: [template] };
    const businessNumbers = { [businessNumber]: of, "8613900000000": { custSpaceId } };
    const cams = await timed({ seed: { businessNumbers } });
    const first = await invite(cams, ana, { From: "8613900000000" });
    cams.pass(1000);
    const second = await invite(cams);
    expect((await inbox(cams)).map(({ messageId }) => messageId)).toEqual([first.MessageId, second.MessageId]);
  });

  it("is read by its person, all of it or one message", async () => {
    const cams = await timed();
    const { MessageId } = await invite(cams);
    await invite(cams);
    const read = await cams.control("POST", `inbox/${ana}/read`, { messageId: MessageId });
    expect(read).toMatchObject({ status: 200, json: [{ status: "read" }, { status: "delivered" }] });
    await cams.control("POST", `inbox/${ana}/read`);
    expect(await inbox(cams)).toMatchObject([{ status: "read" }, { status: "read" }]);
  });

  it("has messages that did not come yet, which can't be read, until they do", async () => {
    const cams = await timed({ deliveryMs: 1000 });
    await invite(cams);
    await cams.control("POST", `inbox/${ana}/read`);
    expect(await inbox(cams)).toMatchObject([{ status: "sent" }]);
    await cams.control("POST", `inbox/${ana}/deliver`);
    expect(await inbox(cams)).toMatchObject([{ status: "delivered" }]);
    await invite(cams);
    cams.pass(1000);
    expect(await inbox(cams)).toMatchObject([{ status: "delivered" }, { status: "delivered" }]);
  });

  it("has messages that failed later, and these stay so", async () => {
    const cams = await timed({ deliveryMs: 1000 });
    await invite(cams);
    await cams.control("POST", `inbox/${ana}/fail`, { code: "131050" });
    await cams.control("POST", `inbox/${ana}/deliver`);
    cams.pass(60_000);
    expect(await inbox(cams)).toMatchObject([{ status: "failed" }]);
  });

  it.each<[string, object, number, string]>([
    ["read", { messageId: "none" }, 404, "no message none"],
    ["read", { message: "x" }, 400, '"messageId"'],
    ["fail", {}, 400, '"code":"131026"'],
    ["fail", { code: "Throttling" }, 400, "Meta's codes"],
    ["fail", { code: "999999" }, 400, "Meta's codes"],
    ["open", {}, 404, "inbox/<number>/read|deliver|fail"],
  ])("answers %s with %j by %i", async (verb, body, status, error) => {
    const cams = await timed();
    await invite(cams);
    const answer = await cams.control("POST", `inbox/${ana}/${verb}`, body);
    expect(answer).toMatchObject({ status, json: { error: expect.stringContaining(error) as string } });
    expect(await inbox(cams)).toMatchObject([{ status: "delivered" }]);
  });
});

test("the state shows templates and messages, and can be a seed", async () => {
  const cams = await timed();
  const { MessageId } = await invite(cams);
  const { json } = await cams.control("GET", "state");
  expect(json).toMatchObject({
    businessNumbers: {
      [businessNumber]: {
        official: true,
        templates: [{ ...template, category: "UTILITY", status: "pass", quality: "UNKNOWN" }],
        messages: [{ messageId: MessageId, to: ana, template: template.code, parameters, text }],
      },
    },
  });
  const other = await timed({ seed: json as never });
  expect((await other.control("GET", "state")).json).toEqual(json);
  expect((await invite(other)).MessageId).not.toBe(MessageId);
  expect(await inbox(other)).toHaveLength(2);
});
