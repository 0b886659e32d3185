import { businessNumber, custSpaceId, local, stopAll, type Body, type Local } from "../client";

afterEach(stopAll);

const empty = { businessNumbers: { [businessNumber]: { custSpaceId } } };
const add = (cams: Local): Promise<Body> => cams.send("AddChatGroup", { Subject: "Ops", Description: "of ours" });

async function listed(cams: Local): Promise<Body[]> {
  const body = await cams.send("ListChatGroup", { Page: '{"Index":1,"Size":20}', Subject: "Ops" });
  return (body.Data as { List: Body[] }).List;
}

/** What so many readings of ListChatGroup, one after the other, show of the groups with this subject. */
async function statuses(cams: Local, readings: number): Promise<unknown[][]> {
  const seen = [];
  for (let n = 0; n < readings; n++) seen.push((await listed(cams)).map((row) => row.GroupStatus));
  return seen;
}

describe("a creation", () => {
  it("is listed after so many more readings only, CREATING at first", async () => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault: "creation-lags", value: 2 });
    expect(await add(cams)).toMatchObject({ Code: "OK", UniqueCode: "89380000003" });
    expect(await statuses(cams, 5)).toEqual([[], [], ["CREATING"], ["ACTIVE"], ["ACTIVE"]]);
  });

  it("is counted by Total only when it is listed", async () => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault: "creation-lags", value: 1 });
    await add(cams);
    const total = async () =>
      ((await cams.send("ListChatGroup", { Page: '{"Index":1,"Size":20}' })).Data as Body).Total;
    expect([await total(), await total()]).toEqual([0, 1]);
  });

  it("does not come nearer by later pages of one reading", async () => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault: "creation-lags", value: 1 });
    await add(cams);
    await cams.send("ListChatGroup", { Page: '{"Index":2,"Size":20}' });
    expect(await statuses(cams, 2)).toEqual([[], ["CREATING"]]);
  });

  it("stays CREATING for ever, until WhatsApp says otherwise", async () => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault: "creation-stuck" });
    expect(await add(cams)).toMatchObject({ Code: "OK" });
    expect(await statuses(cams, 6)).toEqual(Array(6).fill(["CREATING"]));
    const id = String((await listed(cams))[0]!.GroupId);
    expect(await cams.send("AddChatGroupInviteLink", { GroupId: id })).toMatchObject({ Code: "131041" });
    await cams.control("POST", `groups/${id}/status`, { status: "ACTIVE" });
    expect(await statuses(cams, 1)).toEqual([["ACTIVE"]]);
  });

  it("is acknowledged, and nothing comes of it", async () => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault: "creation-ignored" });
    expect(await add(cams)).toMatchObject({ Code: "OK", UniqueCode: "89380000003" });
    expect(await statuses(cams, 3)).toEqual([[], [], []]);
    await add(cams);
    expect(await statuses(cams, 1)).toEqual([["CREATING"]]);
  });

  it("may come without an invite link, and gets one when it is asked for", async () => {
    const cams = await local({ seed: empty, settlingReads: 0 });
    await cams.arm({ fault: "creation-without-link" });
    await add(cams);
    const [row] = await listed(cams);
    expect(row).not.toHaveProperty("InviteLink");
    const { InviteLink } = await cams.send("AddChatGroupInviteLink", { GroupId: String(row!.GroupId) });
    expect(await listed(cams)).toMatchObject([{ InviteLink }]);
  });

  it.each(["twin-before", "twin-after"])("may have a twin that nothing tells from it: %s", async (fault) => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault });
    expect(await add(cams)).toMatchObject({ Code: "OK" });
    const rows = await listed(cams);
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map((row) => row.GroupId)).size).toBe(2);
    expect(new Set(rows.map((row) => row.InviteLink)).size).toBe(2);
    for (const row of rows) {
      expect(row).toMatchObject({
        Subject: "Ops",
        Description: "of ours",
        GroupStatus: "CREATING",
        TotalParticipantCount: 0,
      });
    }
  });

  it.each([
    ["twin-before", "89380000006"],
    ["twin-after", "89380000003"],
  ])("is answered with its own UniqueCode, not with the twin's: %s", async (fault, UniqueCode) => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault });
    expect(await add(cams)).toMatchObject({ UniqueCode });
  });

  it("may be listed later than its twin", async () => {
    const cams = await local({ seed: empty, settlingReads: 0 });
    await cams.arm({ fault: "twin-before", value: 2 });
    await add(cams);
    expect(await statuses(cams, 3)).toEqual([["ACTIVE"], ["ACTIVE"], ["ACTIVE", "ACTIVE"]]);
  });

  it.each([
    ["twin-reset", 1],
    ["twin-reset-applied", 2],
  ])("whose outcome is not told may have a twin, and not be: %s", async (fault, groups) => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault });
    await expect(add(cams)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await listed(cams)).toHaveLength(groups);
  });

  it("that is refused has no effect by any of these faults", async () => {
    const cams = await local({ seed: empty });
    for (const fault of [
      "creation-lags",
      "creation-stuck",
      "creation-ignored",
      "creation-without-link",
      "twin-before",
    ]) {
      await cams.arm({ fault });
      expect(await cams.send("AddChatGroup", { Subject: " " })).toMatchObject({
        Code: "InvalidParameter.SubjectInvalid",
      });
    }
    expect(await listed(cams)).toEqual([]);
  });

  it("keeps what it waits for over a restart", async () => {
    const cams = await local({ seed: empty });
    await cams.arm({ fault: "creation-lags", value: 2 });
    await add(cams);
    await listed(cams);
    const { json } = await cams.control("GET", "state");
    const after = await local({ seed: json as typeof empty });
    expect(await statuses(after, 3)).toEqual([[], ["CREATING"], ["ACTIVE"]]);
  });
});
