import { faultNames } from "../../../src/emulator";
import { messageListings } from "../../../src/emulator/faults/message-listings";
import { messageFaults } from "../../../src/emulator/faults/messages";
import { stopAll, type Body } from "../client";
import { ana, budi, inbox, invite, listed, timed, type Timed } from "../messages/world";

afterEach(stopAll);

/** Faults by which a message fails: Meta's code, and the words of FailReason after it. */
const failures: readonly (readonly [fault: string, code: string, words: string])[] = [
  ["not-on-whatsapp", "131026", "Message undeliverable."],
  ["opted-out", "131050", "The person has opted out of marketing messages."],
  ["marketing-capped", "131049", "Not delivered, to keep the number of marketing messages low."],
  ["too-many-to-person", "131056", "Too many messages to the same person in a short time."],
  ["too-many-messages", "130429", "Too many messages from this business number in a short time."],
  ["message-fails", "131000", "Something went wrong."],
  ["template-missing", "132001", "The template does not exist in this language, or it has not been approved."],
  ["template-paused", "132015", "The template is paused for low quality."],
  ["template-disabled", "132016", "The template is disabled for low quality."],
];
const others = ["message-lags", "message-never-listed", "message-ignored", "delivery-lags", "never-delivered"];
const lists = [
  "messages-empty",
  "messages-missing",
  "messages-in-receipt-words",
  "messages-without-status",
  "messages-by-other-ids",
  "messages-page-clamped",
  "messages-page-repeated",
];

test("every fault of messages is played here", () => {
  expect(Object.keys(messageFaults)).toEqual([...failures.map(([fault]) => fault), ...others]);
  expect(Object.keys(messageListings)).toEqual(lists);
  expect(faultNames).toEqual(expect.arrayContaining([...others, ...lists]));
});

describe.each(failures)("%s", (fault, code, words) => {
  it("is accepted, and told in the list", async () => {
    const cams = await timed();
    await cams.arm({ fault, action: "SendChatappMessage" });
    const { Code, MessageId } = await invite(cams);
    expect(Code).toBe("OK");
    const failed = { MessageId, MessageStatus: "fail", MessageStatusName: "Fail", FailReason: `${code}:${words}` };
    const [row] = await listed(cams);
    expect(row).toMatchObject(failed);
    expect(row).not.toHaveProperty("ClientAcceptStatusName");
    expect(await inbox(cams)).toMatchObject([{ status: "failed" }]);
    expect(await invite(cams)).toMatchObject({ Code: "OK" });
    expect((await inbox(cams)).map(({ status }) => status)).toEqual(["failed", "delivered"]);
  });

  it.each([
    ["code", { Code: code }],
    ["message", { Code: "InternalError", Message: expect.stringContaining(`(#${code}) `) as string }],
    ["http", { thrown: code, statusCode: 400 }],
  ])("is refused at once, by %s", async (value, seen) => {
    const cams = await timed();
    await cams.arm({ fault, value });
    expect(await seenBy(invite(cams))).toMatchObject(seen);
    expect(await inbox(cams)).toEqual([]);
    expect(await listed(cams)).toEqual([]);
  });
});

describe("a message", () => {
  it("may be listed later than it is delivered", async () => {
    const cams = await timed();
    await cams.arm({ fault: "message-lags", value: 3000 });
    await invite(cams);
    expect(await inbox(cams)).toMatchObject([{ status: "delivered" }]);
    cams.pass(2999);
    expect(await listed(cams)).toEqual([]);
    cams.pass(1);
    expect(await listed(cams)).toHaveLength(1);
  });

  it("may never be listed, though it is delivered", async () => {
    const cams = await timed();
    await cams.arm({ fault: "message-never-listed" });
    await invite(cams);
    cams.pass(86_400_000 / 200);
    expect(await inbox(cams)).toMatchObject([{ status: "delivered" }]);
    expect(await listed(cams)).toEqual([]);
  });

  it("may be acknowledged and not sent", async () => {
    const cams = await timed();
    await cams.arm({ fault: "message-ignored" });
    expect(await invite(cams)).toMatchObject({ Code: "OK", MessageId: expect.any(String) as string });
    expect([await inbox(cams), await listed(cams)]).toEqual([[], []]);
  });

  it("may be delivered late, or never", async () => {
    const cams = await timed();
    await cams.arm({ fault: "delivery-lags" });
    await cams.arm({ fault: "never-delivered" });
    await invite(cams);
    await invite(cams);
    const statuses = async () => (await inbox(cams)).map(({ status }) => status);
    cams.pass(1999);
    expect(await statuses()).toEqual(["sent", "sent"]);
    cams.pass(1);
    expect(await statuses()).toEqual(["delivered", "sent"]);
    cams.pass(600_000);
    expect(await statuses()).toEqual(["delivered", "sent"]);
  });

  it.each([
    ["hang", 0],
    ["hang-applied", 1],
    ["reset", 0],
    ["reset-applied", 1],
    ["bad-gateway", 0],
    ["bad-gateway-applied", 1],
    ["empty-500", 0],
    ["empty-500-applied", 1],
    ["body-cut-off", 1],
    ["internal-error", 0],
    ["throttled-429", 0],
    ["forbidden-ram", 0],
  ])("may be lost or not by %s; sent again it is one more", async (fault, sent) => {
    const cams = await timed();
    await cams.arm({ fault, action: "SendChatappMessage", value: 200 });
    await expect(invite(cams)).rejects.toThrow();
    expect(await inbox(cams)).toHaveLength(sent);
    await invite(cams);
    expect(await listed(cams)).toHaveLength(sent + 1);
  });
});

describe("a fault for one number", () => {
  it("strikes messages to it, however many go to others before", async () => {
    const cams = await timed();
    await cams.arm({ fault: "not-on-whatsapp", number: budi, times: 2 });
    for (const to of [ana, budi, ana, budi, budi]) await invite(cams, to);
    const statuses = async (number: string) => (await inbox(cams, number)).map(({ status }) => status);
    expect(await statuses(ana)).toEqual(["delivered", "delivered"]);
    expect(await statuses(budi)).toEqual(["failed", "failed", "delivered"]);
  });

  it("strikes lists of messages to it, and no call about nobody in particular", async () => {
    const cams = await timed();
    await invite(cams);
    await cams.arm({ fault: "internal-error", number: ana, action: "ListChatappMessage" });
    expect(await listed(cams)).toHaveLength(1);
    expect(await listed(cams, { UserNumber: budi })).toHaveLength(0);
    expect(await cams.list()).toEqual([]);
    await expect(listed(cams, { UserNumber: ana })).rejects.toMatchObject({ code: "InternalError" });
    expect((await cams.control("GET", "faults")).json.armed).toEqual([]);
  });

  it.each([
    [{ fault: "reset", action: "DeleteChatGroupParticipants", number: ana }, "can strike SendChatappMessage"],
    [{ fault: "removal-lags", number: ana }, "can strike SendChatappMessage"],
    [{ fault: "reset", number: `+${ana}` }, "without plus"],
  ])("is not armed as %j", async (body, error) => {
    const cams = await timed();
    const answer = await cams.control("POST", "faults", body);
    expect(answer).toMatchObject({ status: 400, json: { error: expect.stringContaining(error) as string } });
  });
});

describe("a list of messages", () => {
  async function struck(fault: string, filters: Record<string, string> = {}): Promise<Body[]> {
    const cams = await filled();
    await cams.arm({ fault, action: "ListChatappMessage" });
    const rows = await listed(cams, filters);
    expect(await listed(cams)).toHaveLength(4);
    return rows;
  }

  /** A message of each status; the newest, which failed, comes first in the list. */
  async function filled(): Promise<Timed> {
    const cams = await timed();
    await cams.arm({ fault: "never-delivered" });
    await invite(cams);
    await invite(cams);
    await cams.control("POST", `inbox/${ana}/read`);
    await invite(cams);
    await cams.arm({ fault: "opted-out" });
    await invite(cams);
    return cams;
  }

  it("may be empty, or missing", async () => {
    expect(await struck("messages-empty")).toEqual([]);
    expect(await struck("messages-missing")).toBeUndefined();
  });

  it("may tell the status by the words of receipts", async () => {
    const rows = await struck("messages-in-receipt-words");
    expect(rows.map(({ MessageStatus }) => MessageStatus)).toEqual(["Failed", "Delivered", "Read", "Sent"]);
    expect(rows[0]).toMatchObject({ FailReason: expect.stringContaining("131050:") as string });
    expect(rows.map((row) => Object.keys(row).filter((key) => key.startsWith("Client")))).toEqual([[], [], [], []]);
  });

  it("may not tell the status at all", async () => {
    const rows = await struck("messages-without-status");
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(Object.keys(row).filter((key) => /Status|Fail/.test(key))).toEqual([]);
  });

  it("may have other ids than the answers", async () => {
    for (const { MessageId, UniqueMessageId } of await struck("messages-by-other-ids")) {
      expect(MessageId).toBe(UniqueMessageId);
    }
  });

  it("may have shorter pages than were asked for, or the same page again", async () => {
    expect(await struck("messages-page-clamped")).toHaveLength(2);
    const cams = await filled();
    const page = (Index: number) => listed(cams, { Page: JSON.stringify({ Index, Size: 2 }) });
    const first = await page(1);
    await cams.arm({ fault: "messages-page-repeated" });
    expect(await page(1)).toEqual(first);
    expect(await page(2)).toEqual(first);
    expect(await page(2)).not.toEqual(first);
  });
});

async function seenBy(call: Promise<Body>): Promise<Body> {
  return call.catch((error: unknown) => {
    const { code, statusCode } = error as { code: string; statusCode: number };
    return { thrown: code, statusCode };
  });
}
