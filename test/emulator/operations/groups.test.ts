import { businessNumber, groupId, local, stopAll, type Body, type Local } from "../client";

afterEach(stopAll);

const Page = '{"Index":1,"Size":20}';

async function groups(cams: Local, query: Record<string, string> = {}): Promise<Body[]> {
  const body = await cams.send("ListChatGroup", { Page, ...query });
  expect(body.Code).toBe("OK");
  return (body.Data as { List: Body[] }).List;
}

describe("a group", () => {
  it("is listed with all that is known of it", async () => {
    const cams = await local();
    expect(await groups(cams)).toEqual([
      {
        BusinessNumber: businessNumber,
        BusinessRole: "ADMIN",
        Description: "",
        GmtModifier: 0,
        GroupId: groupId,
        GroupStatus: "ACTIVE",
        InviteLink: expect.stringMatching(/^https:\/\/chat\.whatsapp\.com\/[A-Za-z0-9]{22}$/) as string,
        Subject: "Ops",
        TotalParticipantCount: 3,
      },
    ]);
  });

  it("is found by status and subject, and paged", async () => {
    const cams = await local({ settlingReads: 0 });
    for (const Subject of ["Sales", "Ops night"]) await cams.send("AddChatGroup", { Subject });
    expect((await groups(cams, { Subject: "Ops" })).map((row) => row.Subject)).toEqual(["Ops", "Ops night"]);
    expect(await groups(cams, { GroupStatus: "SUSPENDED" })).toEqual([]);
    const second = await cams.send("ListChatGroup", { Page: '{"Index":2,"Size":2}' });
    expect(second.Data).toMatchObject({ Total: 3, List: [{ Subject: "Ops night" }] });
  });

  it("is created a while after it was asked for", async () => {
    const cams = await local({ settlingReads: 2 });
    const made = await cams.send("AddChatGroup", { Subject: " New ", Description: "what for" });
    expect(made).toMatchObject({ Code: "OK", UniqueCode: expect.stringMatching(/^\d+$/) as string });
    expect(made).not.toHaveProperty("GroupId");
    const statusOf = async () => (await groups(cams, { Subject: "New" }))[0]!.GroupStatus;
    expect([await statusOf(), await statusOf(), await statusOf()]).toEqual(["CREATING", "CREATING", "ACTIVE"]);
    const [group] = await groups(cams, { Subject: "New" });
    expect(group).toMatchObject({ Subject: "New", Description: "what for", TotalParticipantCount: 0 });
    const joined = await cams.control("POST", `groups/${String(group!.GroupId)}/join`, { number: "628110000009" });
    expect(joined.status).toBe(200);
  });

  it("counts its participants as their list does, whoever comes and goes", async () => {
    const cams = await local({ removalReads: 1 });
    const count = async () => (await groups(cams))[0]!.TotalParticipantCount;
    await cams.control("POST", `groups/${groupId}/join`, { number: "628110000009" });
    expect(await count()).toBe(4);
    await cams.control("POST", `groups/${groupId}/leave`, { number: "628110000001" });
    expect(await count()).toBe(3);
    await cams.control("POST", `groups/${groupId}/change-number`, { from: "628110000002", to: "628110000012" });
    expect(await count()).toBe(3);
    await cams.remove(["628110000003"]);
    expect(await count()).toBe(3);
    expect(await cams.list()).toEqual(["628110000012", "628110000003", "628110000009"]);
    expect(await count()).toBe(2);
    expect(await cams.list()).toEqual(["628110000012", "628110000009"]);
  });

  it.each([
    ["no Subject", {}],
    ["a blank Subject", { Subject: "  " }],
    ["a Subject of 129", { Subject: "x".repeat(129) }],
    ["a Description of 2049", { Subject: "x", Description: "x".repeat(2049) }],
  ])("is not created with %s", async (_, query) => {
    const cams = await local();
    expect(await cams.send("AddChatGroup", query)).toMatchObject({ Code: "InvalidParameter.SubjectInvalid" });
    expect(await groups(cams)).toHaveLength(1);
  });

  it("is updated in what is given only", async () => {
    const cams = await local();
    expect(await cams.send("UpdateChatGroup", { GroupId: groupId, Description: "new" })).toMatchObject({ Result: 1 });
    await cams.send("UpdateChatGroup", { GroupId: groupId, ProfilePictureFile: "https://example.com/a.jpg" });
    expect(await groups(cams)).toMatchObject([
      { Subject: "Ops", Description: "new", ProfilePictureFile: "https://example.com/a.jpg" },
    ]);
    expect(await cams.send("UpdateChatGroup", { GroupId: groupId, Subject: " " })).toMatchObject({
      Code: "InvalidParameter.SubjectInvalid",
    });
  });

  it("is deleted for good: everybody is out, and after a while it is not listed any more", async () => {
    const cams = await local();
    expect(await cams.send("DeleteChatGroup", { GroupId: groupId })).toMatchObject({ Code: "OK", Result: 1 });
    expect(await groups(cams)).toMatchObject([{ GroupStatus: "DELETING", TotalParticipantCount: 0 }]);
    expect(await groups(cams)).toEqual([]);
    expect(await cams.send("ListChatGroupParticipants", { GroupId: groupId })).toMatchObject({ Code: "131041" });
  });

  it("gets a new invite link each time, and can be without one", async () => {
    const cams = await local();
    const first = (await groups(cams))[0]!.InviteLink;
    const { InviteLink } = await cams.send("AddChatGroupInviteLink", { GroupId: groupId });
    expect(InviteLink).not.toBe(first);
    expect(await cams.group()).toMatchObject({ inviteLink: InviteLink });

    expect(await cams.send("DeleteChatGroupInviteLink", { GroupId: groupId })).toMatchObject({ Result: 1 });
    expect(await cams.send("DeleteChatGroupInviteLink", { GroupId: groupId })).toMatchObject({ Result: 0 });
    expect((await groups(cams))[0]).not.toHaveProperty("InviteLink");
    const joined = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000009" });
    expect(joined).toMatchObject({ status: 409, json: { reason: "no-link" } });
  });

  it("does not let somebody in who was removed, not even by a new link", async () => {
    const cams = await local();
    await cams.remove(["628110000001"]);
    await cams.send("AddChatGroupInviteLink", { GroupId: groupId });
    const back = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000001" });
    expect(back).toMatchObject({ status: 409, json: { reason: "removed" } });
  });

  it("may hold people without a number", async () => {
    const odd = ["", "", "US.13491208655302741918", "628110000001"];
    const seed = {
      businessNumbers: { [businessNumber]: { custSpaceId: "cams-8c8e", groups: [{ groupId, participants: odd }] } },
    };
    const cams = await local({ seed });
    expect(await cams.list()).toEqual(odd);
    expect(await cams.remove(["US.13491208655302741918"])).toMatchObject({ Code: "OK", Result: 1 });
    expect(await cams.list()).toEqual(["", "", "628110000001"]);
  });

  it.each(["AddChatGroup", "ListChatGroup", "UpdateChatGroup", "DeleteChatGroup", "AddChatGroupInviteLink"])(
    "is out of reach for %s from another business",
    async (action) => {
      const cams = await local();
      const query = { GroupId: groupId, Page, Subject: "x" };
      const code = async (more: Record<string, string>) => (await cams.send(action, { ...query, ...more })).Code;
      expect(await code({ CustSpaceId: "cams-other" })).toBe("Authentication.NoAuth");
      expect(await code({ BusinessNumber: "8613900000000" })).toBe("Authentication.NoAuth");
      expect(await code({ BusinessNumber: "+8613800000000" })).toBe("InvalidParameter.FromOnlyNumeric");
      expect(await code({ ChannelType: "TELEGRAM" })).toBe("InvalidParameter.ChannelTypeNotSupport");
    },
  );
});
