import { BusinessNumber, GroupId, InviteLink, type World } from "./world";

/** What every official client must be able to do with groups and their invite links. */
export function groupsAndLinks({ send, control, arm }: World): void {
  const groupsWith = async (filters: Record<string, string>): Promise<Record<string, unknown>[]> => {
    const { body } = await send("ListChatGroup", { Page: { Index: 1, Size: 20 }, ...filters });
    return (body!.Data as { List: Record<string, unknown>[] }).List;
  };
  const join = async (number: string, link?: string): Promise<string> => {
    const { status, json } = await control("POST", `groups/${GroupId}/join`, { number, link });
    return status === 200 ? "joined" : (json as { reason: string }).reason;
  };

  it("makes a group that is found by its subject only: CREATING, then ACTIVE", async () => {
    const { body } = await send("AddChatGroup", { Subject: "Night shift", Description: "all of them" });
    expect(body).toEqual({
      AccessDeniedDetail: "None",
      Code: "OK",
      Message: "None",
      RequestId: expect.any(String) as string,
      Success: true,
      UniqueCode: "89380000003",
    });
    const row = {
      BusinessNumber,
      BusinessRole: "ADMIN",
      Description: "all of them",
      GmtModifier: expect.any(Number) as number,
      GroupId: "EAAA0D1CF12849",
      GroupStatus: "CREATING",
      InviteLink: "https://chat.whatsapp.com/zdcxhQkviIFJ7BLUYhSKQ6",
      Subject: "Night shift",
      TotalParticipantCount: 0,
    };
    expect(await groupsWith({ Subject: "Night shift" })).toEqual([row]);
    expect(await groupsWith({ Subject: "Night shift" })).toEqual([{ ...row, GroupStatus: "ACTIVE" }]);
    expect(await groupsWith({ Subject: "Night shift", GroupStatus: "CREATING" })).toEqual([]);
    expect((await groupsWith({ Subject: "Ops" })).map((found) => found.GroupId)).toEqual([GroupId]);
  });

  it("makes a group whose subject another has already", async () => {
    await send("AddChatGroup", { Subject: "Ops" });
    const found = await groupsWith({ Subject: "Ops" });
    expect(found.map((row) => row.GroupId)).toEqual([GroupId, "EAAA0D1CF12849"]);
  });

  it("changes the subject and the description of a group, each if given", async () => {
    const subject = await send("UpdateChatGroup", { GroupId, Subject: "Ops 2" });
    expect(subject.body).toMatchObject({ Code: "OK", Result: 1 });
    const description = await send("UpdateChatGroup", { GroupId, Description: "by day" });
    expect(description.body).toMatchObject({ Code: "OK", Result: 1 });
    expect(await groupsWith({})).toMatchObject([{ GroupId, Subject: "Ops 2", Description: "by day", InviteLink }]);
    expect(await groupsWith({ Subject: "Ops 3" })).toEqual([]);
  });

  it("renews a link: the list shows the new one, and the old one lets nobody in", async () => {
    expect(await groupsWith({})).toMatchObject([{ InviteLink }]);
    const renewed = "https://chat.whatsapp.com/M1xaeFQhtY4pbhg5tMSpAF";
    const { body } = await send("AddChatGroupInviteLink", { GroupId });
    expect(body).toMatchObject({ Code: "OK", InviteLink: renewed, Success: true });
    expect(await groupsWith({})).toMatchObject([{ InviteLink: renewed, TotalParticipantCount: 3 }]);
    expect(await join("628110000008", InviteLink)).toBe("old-link");
    expect(await join("628110000009", renewed)).toBe("joined");
    expect(await groupsWith({})).toMatchObject([{ TotalParticipantCount: 4 }]);
  });

  it("deletes a link: the list shows none, and nobody is let in until there is a new one", async () => {
    expect((await send("DeleteChatGroupInviteLink", { GroupId })).body).toMatchObject({ Code: "OK", Result: 1 });
    expect((await groupsWith({}))[0]).not.toHaveProperty("InviteLink");
    expect(await join("628110000008", InviteLink)).toBe("old-link");
    expect(await join("628110000008")).toBe("no-link");
    expect((await send("DeleteChatGroupInviteLink", { GroupId })).body).toMatchObject({ Code: "OK", Result: 0 });
    const again = "https://chat.whatsapp.com/M1xaeFQhtY4pbhg5tMSpAF";
    expect((await send("AddChatGroupInviteLink", { GroupId })).body).toMatchObject({ InviteLink: again });
    expect(await join("628110000008", InviteLink)).toBe("old-link");
    expect(await join("628110000008", again)).toBe("joined");
  });

  it.each(["131211", "131214", "131215"])("is refused a new group by %s, in a 200", async (code) => {
    await arm(`meta-${code}`);
    expect(await send("AddChatGroup", { Subject: "Night shift" })).toMatchObject({
      statusCode: 200,
      body: { Code: code, Message: expect.stringContaining(`(#${code}) `) as string, Success: false },
    });
    expect(await groupsWith({ Subject: "Night shift" })).toEqual([]);
  });

  it.each([
    ["hang", []],
    ["hang-applied", ["Night shift"]],
    ["reset", []],
    ["reset-applied", ["Night shift"]],
    ["twin-reset", ["Night shift"]],
    ["twin-reset-applied", ["Night shift", "Night shift"]],
  ])("does not learn what became of a creation after %s, and sends it once", async (fault, made) => {
    await arm(fault);
    const more = fault.startsWith("hang") ? { readTimeoutMs: 500 } : {};
    const { error } = await send("AddChatGroup", { Subject: "Night shift" }, more);
    expect(error).toBeDefined();
    expect((await control("GET", "calls")).json).toHaveLength(1);
    expect((await groupsWith({ Subject: "Night shift" })).map(({ Subject }) => Subject)).toEqual(made);
  });
}
