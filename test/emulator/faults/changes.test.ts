import { businessNumber, custSpaceId, groupId, local, stopAll, type Body, type Local } from "../client";

afterEach(stopAll);

const first = "https://chat.whatsapp.com/AAAAAAAAAAAAAAAAAAAAAA";
const seedOf = (inviteLink: string | null) => ({
  businessNumbers: { [businessNumber]: { custSpaceId, groups: [{ groupId, subject: "Ops", inviteLink }] } },
});
const seed = seedOf(first);
const renew = (cams: Local): Promise<Body> => cams.send("AddChatGroupInviteLink", { GroupId: groupId });
const close = (cams: Local): Promise<Body> => cams.send("DeleteChatGroupInviteLink", { GroupId: groupId });

async function row(cams: Local, query: Record<string, string> = {}): Promise<Body | undefined> {
  const body = await cams.send("ListChatGroup", { Page: '{"Index":1,"Size":20}', ...query });
  return (body.Data as { List: Body[] }).List[0];
}

async function links(cams: Local, readings: number): Promise<unknown[]> {
  const seen = [];
  for (let n = 0; n < readings; n++) seen.push((await row(cams))!.InviteLink);
  return seen;
}

describe("a renewal", () => {
  it("may be acknowledged with the link that there was, and change nothing", async () => {
    const cams = await local({ seed });
    await cams.arm({ fault: "link-unchanged" });
    expect(await renew(cams)).toMatchObject({ Code: "OK", InviteLink: first });
    expect(await links(cams, 1)).toEqual([first]);
    const joined = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000009", link: first });
    expect(joined.status).toBe(200);
    const { InviteLink } = await renew(cams);
    expect(InviteLink).not.toBe(first);
    expect(await links(cams, 1)).toEqual([InviteLink]);
  });

  it("makes a link all the same where there was none", async () => {
    const cams = await local({ seed: seedOf(null) });
    await cams.arm({ fault: "link-unchanged" });
    const { InviteLink } = await renew(cams);
    expect(InviteLink).toMatch(/^https:\/\/chat\.whatsapp\.com\/[A-Za-z0-9]{22}$/);
    expect(await links(cams, 1)).toEqual([InviteLink]);
  });

  it("may be acknowledged with a link that leads nowhere", async () => {
    const cams = await local({ seed });
    await cams.arm({ fault: "change-ignored", action: "AddChatGroupInviteLink" });
    const { Code, InviteLink } = await renew(cams);
    expect(Code).toBe("OK");
    expect(InviteLink).not.toBe(first);
    expect(await links(cams, 1)).toEqual([first]);
    const joined = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000009", link: InviteLink });
    expect(joined).toMatchObject({ status: 409, json: { reason: "old-link" } });
  });

  it("may be listed after so many more readings only, while the old link is dead already", async () => {
    const cams = await local({ seed });
    await cams.arm({ fault: "change-lags", value: 2 });
    const { InviteLink } = await renew(cams);
    expect(InviteLink).not.toBe(first);
    const join = async (number: string, link: unknown) =>
      (await cams.control("POST", `groups/${groupId}/join`, { number, link })).status;
    expect(await join("628110000008", first)).toBe(409);
    expect(await join("628110000009", InviteLink)).toBe(200);
    expect(await row(cams)).toMatchObject({ InviteLink: first, GmtModifier: 0, TotalParticipantCount: 1 });
    expect(await links(cams, 2)).toEqual([first, InviteLink]);
  });

  it.each([0, "soon"])("is listed at once when it lags by %j readings", async (value) => {
    const cams = await local({ seed });
    await cams.arm({ fault: "change-lags", value });
    const { InviteLink } = await renew(cams);
    expect(await links(cams, 1)).toEqual([InviteLink]);
  });

  it("that makes the first link may be listed after so many more readings only", async () => {
    const cams = await local({ seed: seedOf(null) });
    await cams.arm({ fault: "change-lags", value: 1 });
    const { InviteLink } = await renew(cams);
    expect(await links(cams, 2)).toEqual([undefined, InviteLink]);
  });
});

describe("the deletion of a link", () => {
  it("may be acknowledged, and change nothing", async () => {
    const cams = await local({ seed });
    await cams.arm({ fault: "change-ignored", action: "DeleteChatGroupInviteLink" });
    expect(await close(cams)).toMatchObject({ Code: "OK", Result: 1 });
    expect(await links(cams, 1)).toEqual([first]);
    const joined = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000009", link: first });
    expect(joined.status).toBe(200);
    expect(await close(cams)).toMatchObject({ Code: "OK", Result: 1 });
    expect(await links(cams, 1)).toEqual([undefined]);
  });

  it("may show after so many more readings only", async () => {
    const cams = await local({ seed });
    await cams.arm({ fault: "change-lags", action: "DeleteChatGroupInviteLink" });
    expect(await close(cams)).toMatchObject({ Code: "OK", Result: 1 });
    expect(await links(cams, 3)).toEqual([first, first, undefined]);
  });
});

describe("an update", () => {
  it("may be acknowledged, and change nothing", async () => {
    const cams = await local({ seed });
    await cams.arm({ fault: "change-ignored", action: "UpdateChatGroup" });
    const answer = await cams.send("UpdateChatGroup", { GroupId: groupId, Subject: "New", Description: "new" });
    expect(answer).toMatchObject({ Code: "OK", Result: 1 });
    expect(await row(cams)).toMatchObject({ Subject: "Ops", Description: "", GmtModifier: 0 });
  });

  it("may show after so many more readings only, also to the filter", async () => {
    const cams = await local({ seed });
    await cams.arm({ fault: "change-lags", value: 2, action: "UpdateChatGroup" });
    await cams.send("UpdateChatGroup", { GroupId: groupId, Subject: "New" });
    expect(await row(cams, { Subject: "New" })).toBeUndefined();
    expect(await row(cams, { Subject: "Ops" })).toMatchObject({ Subject: "Ops" });
    expect(await row(cams, { Subject: "New" })).toMatchObject({ Subject: "New" });
  });
});

test.each(["change-lags", "change-ignored", "link-unchanged"])("%s leaves a refused call refused", async (fault) => {
  const cams = await local({ seed });
  await cams.control("POST", `groups/${groupId}/status`, { status: "SUSPENDED" });
  await cams.arm({ fault });
  expect(await renew(cams)).toMatchObject({ Code: "131207" });
  expect(await links(cams, 1)).toEqual([first]);
});
