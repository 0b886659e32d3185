import { businessNumber, failure, groupId, listOf, local, people, rowsOf, stopAll, totalOf } from "../client";

afterEach(stopAll);

describe("the participants of a group", () => {
  it("are listed in the order in which they joined", async () => {
    const cams = await local();
    const body = await cams.send("ListChatGroupParticipants", { GroupId: groupId });
    expect(body).toMatchObject({ Code: "OK", Message: "None", AccessDeniedDetail: "None", Success: true });
    expect(totalOf(body)).toBe(3);
    expect(rowsOf(body)).toEqual(people);
  });

  it("are paged, Total being that of all pages", async () => {
    const cams = await local();
    expect(await cams.list({ Index: 1, Size: 2 })).toEqual(people.slice(0, 2));
    expect(await cams.list({ Index: 2, Size: 2 })).toEqual(people.slice(2));
    expect(await cams.list({ Index: 3, Size: 2 })).toEqual([]);
  });

  it.each([
    ["not JSON", "1,2"],
    ["Index 0", '{"Index":0,"Size":10}'],
    ["no Size", '{"Index":1}'],
    ["a Size over the limit", '{"Index":1,"Size":101}'],
  ])("are refused for a page with %s", async (_, Page) => {
    const cams = await local();
    const body = await cams.send("ListChatGroupParticipants", { GroupId: groupId, Page });
    expect(body).toMatchObject({ Code: "InvalidParameter.PageInvalid", Success: false });
  });

  it("go when they are removed, and can't come back by link", async () => {
    const cams = await local();
    expect(await cams.remove([people[1]!])).toMatchObject({ Code: "OK", Result: 1 });
    expect(await cams.list()).toEqual([people[0], people[2]]);
    const back = await cams.control("POST", `groups/${groupId}/join`, { number: people[1] });
    expect(back).toMatchObject({ status: 409, json: { reason: "removed" } });
    expect(await cams.group()).toMatchObject({ participants: [people[0], people[2]], removed: [people[1]] });
  });

  it("can come back when they left on their own", async () => {
    const cams = await local();
    expect(await cams.control("POST", `groups/${groupId}/leave`, { number: people[0] })).toMatchObject({ status: 200 });
    expect(await cams.control("POST", `groups/${groupId}/join`, { number: people[0] })).toMatchObject({ status: 200 });
    expect(await cams.list()).toEqual([people[1], people[2], people[0]]);
  });

  it("are 8 at most", async () => {
    const cams = await local();
    for (const last of [4, 5, 6, 7, 8]) {
      const joined = await cams.control("POST", `groups/${groupId}/join`, { number: `62811000000${last}` });
      expect(joined.status).toBe(200);
    }
    const ninth = await cams.control("POST", `groups/${groupId}/join`, { number: "628110000009" });
    expect(ninth).toMatchObject({ status: 409, json: { reason: "full" } });
  });

  it("stay listed for a while after their removal, if the emulator is told so", async () => {
    const cams = await local({ removalReads: 2 });
    await cams.remove([people[0]!]);
    expect(await cams.group()).toMatchObject({
      participants: people.slice(1),
      leaving: [{ number: people[0], reads: 2 }],
    });
    expect(await cams.list()).toEqual(people);
    expect(await cams.list()).toEqual(people);
    expect(await cams.list()).toEqual(people.slice(1));
  });

  it.each([
    ["no List", undefined, "InvalidParameter.ListInvalid"],
    ["an empty List", "[]", "InvalidParameter.ListInvalid"],
    ["a List that is not JSON", "[", "InvalidParameter.ListInvalid"],
    ["nine entries", listOf([...Array(9).keys()].map((n) => `62811000000${n}`)), "InvalidParameter.ListInvalid"],
    ["somebody twice", listOf([people[0]!, people[0]!]), "131202"],
    ["a number with plus", listOf([`+${people[0]!}`]), "InvalidParameter.ToOnlyNumeric"],
    ["nobody of the group", listOf(["628119999999"]), "131212"],
    ["the business itself", listOf([businessNumber]), "131212"],
  ])("are left alone by a removal with %s", async (_, List, code) => {
    const cams = await local();
    const body = await cams.send("DeleteChatGroupParticipants", {
      GroupId: groupId,
      ...(List === undefined ? {} : { List }),
    });
    expect(body).toMatchObject({ Code: code, Success: false });
    expect(await cams.list()).toEqual(people);
  });

  it("are removed beside others who are not there", async () => {
    const cams = await local();
    expect(await cams.remove([people[0]!, "628119999999"])).toMatchObject({ Code: "OK", Result: 1 });
    expect(await cams.list()).toEqual(people.slice(1));
  });

  it.each(["SUSPENDED", "DELETING", "CREATING"])(
    "can be listed but not removed in a group that is %s",
    async (status) => {
      const cams = await local();
      await cams.control("POST", `groups/${groupId}/status`, { status });
      expect(await cams.list()).toEqual(people);
      expect(await cams.remove([people[0]!])).toMatchObject({ Code: status === "SUSPENDED" ? "131207" : "131041" });
      expect(await cams.list()).toEqual(people);
    },
  );

  it("of an unknown group are answered with Meta's code", async () => {
    const cams = await local();
    const body = await cams.send("ListChatGroupParticipants", { GroupId: "ea93uu0042" });
    expect(body).toMatchObject({ Code: "131041", Success: false });
    expect(body.Message).toMatch(/^\(#131041\) .* GroupId ea93uu0042\.$/);
  });

  it("need a GroupId", async () => {
    const cams = await local();
    const error = await failure(cams.send("ListChatGroupParticipants"));
    expect(error).toMatchObject({ code: "MissingGroupId", statusCode: 400 });
    expect(error.data).toMatchObject({ HostId: `127.0.0.1:${cams.port}`, Code: "MissingGroupId" });
    expect(error.data.Recommend).toContain("MissingGroupId");
    expect(error.data.RequestId).toMatch(/^[0-9A-F]{8}-/);
  });
});
