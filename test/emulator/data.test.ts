import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groupId, local, people, stopAll } from "./client";
import { ana, inbox, invite, messageSeed, template } from "./messages/world";

let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-emulator-"));
  data = join(folder, "cams.json");
});
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

describe("a data file", () => {
  it("keeps the world, the armed faults and the calls over a restart", async () => {
    const before = await local({ data, removalReads: 3 });
    await before.send("AddChatGroup", { Subject: "New" });
    await before.remove([people[0]!]);
    await before.control("POST", `groups/${groupId}/join`, { number: "628110000009" });
    await before.list();
    await before.arm({ fault: "reset", times: 2 });
    const state = (await before.control("GET", "state")).json;
    const calls = await before.calls();
    await before.close();

    const after = await local({ data, seed: { businessNumbers: {} }, removalReads: 3 });
    expect((await after.control("GET", "state")).json).toEqual(state);
    expect(await after.calls()).toEqual(calls);
    expect((await after.control("GET", "faults")).json.armed).toMatchObject([{ fault: "reset", times: 2 }]);
    await after.control("DELETE", "faults");
    const back = await after.control("POST", `groups/${groupId}/join`, { number: people[0] });
    expect(back).toMatchObject({ status: 409, json: { reason: "removed" } });
    const { InviteLink } = await after.send("AddChatGroupInviteLink", { GroupId: groupId });
    expect(JSON.stringify(state)).not.toContain(InviteLink);
  });

  it("keeps templates, messages and faults for one number over a restart", async () => {
    const before = await local({ data, seed: messageSeed });
    await before.control("POST", `templates/${template.code}`, { quality: "RED" });
    const { MessageId } = await invite(before);
    await before.control("POST", `inbox/${ana}/read`);
    await before.arm({ fault: "opted-out", number: ana });
    const calls = await before.calls();
    const state = (await before.control("GET", "state")).json;
    await before.close();

    const after = await local({ data });
    expect((await after.control("GET", "state")).json).toEqual(state);
    expect(await after.calls()).toEqual(calls);
    expect(await inbox(after)).toMatchObject([{ messageId: MessageId, status: "read" }]);
    expect((await invite(after)).MessageId).not.toBe(MessageId);
    expect((await inbox(after)).map(({ status }) => status)).toEqual(["read", "failed"]);
  });

  it("is written before the answer goes out", async () => {
    const cams = await local({ data });
    await cams.remove([people[0]!]);
    expect(readFileSync(data, "utf8")).toContain(`"removed":["${people[0]!}"]`);
    expect(existsSync(`${data}.new`)).toBe(false);
  });

  it.each([
    ["no JSON", "{"],
    ["something else", '{"a":1}'],
  ])("is refused when it is %s", async (_, text) => {
    writeFileSync(data, text);
    await expect(local({ data })).rejects.toThrow(/cams\.json: is no.* delete it to start anew/);
    expect(readFileSync(data, "utf8")).toBe(text);
  });
});
