import { businessNumber, custSpaceId, groupId, local, stopAll } from "../client";

afterEach(stopAll);

const link = "https://chat.whatsapp.com/AAAAAAAAAAAAAAAAAAAAAA";
const othersLink = "https://chat.whatsapp.com/BBBBBBBBBBBBBBBBBBBBBB";
const seed = {
  businessNumbers: {
    [businessNumber]: {
      custSpaceId,
      groups: [
        { groupId, inviteLink: link, participants: ["628110000001"] },
        { groupId: "EA2", inviteLink: othersLink },
        { groupId: "EA3", inviteLink: null },
      ],
    },
  },
};
const newcomer = "628110000009";

describe("somebody who opens an invite link", () => {
  it("joins by the link that the group has now", async () => {
    const cams = await local({ seed });
    expect(await cams.control("POST", `groups/${groupId}/join`, { number: newcomer, link })).toMatchObject({
      status: 200,
      json: { participants: ["628110000001", newcomer] },
    });
    expect(await cams.list()).toEqual(["628110000001", newcomer]);
  });

  it("is let in by a renewed link, and not by the one before", async () => {
    const cams = await local({ seed });
    const { InviteLink } = await cams.send("AddChatGroupInviteLink", { GroupId: groupId });
    expect(await cams.control("POST", `groups/${groupId}/join`, { number: newcomer, link })).toEqual({
      status: 409,
      json: { error: "628110000009 can't join: the link is not the group's now.", reason: "old-link" },
    });
    expect(await cams.list()).toEqual(["628110000001"]);
    const joined = await cams.control("POST", `groups/${groupId}/join`, { number: newcomer, link: InviteLink });
    expect(joined.status).toBe(200);
  });

  it.each([
    ["another group's link", groupId, { number: newcomer, link: othersLink }, "old-link"],
    ["a link to a group that has none", "EA3", { number: newcomer, link }, "old-link"],
    ["no link in particular to a group that has none", "EA3", { number: newcomer }, "no-link"],
    ["an old link, though they are in the group", groupId, { number: "628110000001", link: othersLink }, "old-link"],
  ])("is told so with %s", async (_, id, body, reason) => {
    const cams = await local({ seed });
    expect(await cams.control("POST", `groups/${id}/join`, body)).toMatchObject({ status: 409, json: { reason } });
  });

  it("is not let in by the link of before once it was deleted, and made anew", async () => {
    const cams = await local({ seed });
    await cams.send("DeleteChatGroupInviteLink", { GroupId: groupId });
    const reason = async () =>
      (await cams.control("POST", `groups/${groupId}/join`, { number: newcomer, link })).json.reason;
    expect(await reason()).toBe("old-link");
    await cams.send("AddChatGroupInviteLink", { GroupId: groupId });
    expect(await reason()).toBe("old-link");
  });

  it("is not let in by any link once they were removed", async () => {
    const cams = await local({ seed });
    await cams.remove(["628110000001"]);
    const back = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000001", link });
    expect(back).toMatchObject({ status: 409, json: { reason: "removed" } });
  });

  it.each([[{ number: newcomer, link: "" }], [{ number: newcomer, link: null }], [{ link }]])(
    "has to say who they are, and a link if any: %j",
    async (body) => {
      const cams = await local({ seed });
      const answer = await cams.control("POST", `groups/${groupId}/join`, body);
      expect(answer.status).toBe(400);
      expect(answer.json.error).toContain('"link":"https://…"');
    },
  );
});

test("who leaves needs no link, and can't give one", async () => {
  const cams = await local({ seed });
  const answer = await cams.control("POST", `groups/${groupId}/leave`, { number: "628110000001", link });
  expect(answer.status).toBe(400);
  expect((await cams.control("POST", `groups/${groupId}/leave`, { number: "628110000001" })).status).toBe(200);
});
