import { businessNumber, custSpaceId, groupId, local, people, stopAll } from "../client";

afterEach(stopAll);

const [first, second, third] = people as [string, string, string];
const to = "628220000002";
const path = `groups/${groupId}/change-number`;

/** The world of the other tests, with a second group of another business number that the second person is in too. */
const two = {
  businessNumbers: {
    [businessNumber]: { custSpaceId, groups: [{ groupId, participants: people }] },
    "8613900000000": {
      custSpaceId: "cams-2",
      groups: [{ groupId: "EA2", participants: [second] }, { groupId: "EA3" }],
    },
  },
};

describe("a person who changes their number", () => {
  it("is in the group under the new number, in the same place, and not under the old one", async () => {
    const cams = await local();
    expect(await cams.control("POST", path, { from: second, to })).toMatchObject({
      status: 200,
      json: { groupId, participants: [first, to, third], removed: [], modified: expect.any(Number) as number },
    });
    expect(await cams.list()).toEqual([first, to, third]);
    expect((await cams.group()).modified).toBeGreaterThan(0);
  });

  it("is not barred: the old number may join again", async () => {
    const cams = await local();
    await cams.control("POST", path, { from: second, to });
    expect((await cams.control("POST", `groups/${groupId}/join`, { number: second })).status).toBe(200);
    expect(await cams.list()).toEqual([first, to, third, second]);
  });

  it("needs no link and no free place for it", async () => {
    const full = ["1", "2", "3", "4", "5", "6", "7", "8"].map((last) => `62811000000${last}`);
    const groups = [{ groupId, inviteLink: null, status: "SUSPENDED" as const, participants: full }];
    const cams = await local({ seed: { businessNumbers: { [businessNumber]: { custSpaceId, groups } } } });
    expect((await cams.control("POST", path, { from: second, to })).status).toBe(200);
    expect(await cams.list({ Index: 1, Size: 8 })).toEqual([full[0], to, ...full.slice(2)]);
  });

  it("can be removed under the new number only", async () => {
    const cams = await local();
    await cams.control("POST", path, { from: second, to });
    expect(await cams.remove([second])).toMatchObject({ Code: "131212" });
    expect(await cams.remove([to])).toMatchObject({ Code: "OK", Result: 1 });
  });

  it.each([
    [
      "whose old number is not in the group",
      { from: "628110000099", to },
      "not-a-member",
      "628110000099 is not in group",
    ],
    ["whose new number is in it already", { from: second, to: third }, "already-a-member", `${third} is in group`],
    ["to the same number", { from: second, to: second }, "already-a-member", `${second} is in group`],
  ])("%s: 409", async (_, change, reason, error) => {
    const cams = await local();
    const answer = await cams.control("POST", path, change);
    expect(answer).toMatchObject({ status: 409, json: { reason, error: expect.stringContaining(error) as string } });
    expect(await cams.list()).toEqual(people);
  });

  it("does not count as there while only a removed row of theirs is listed", async () => {
    const cams = await local({ removalReads: 5 });
    await cams.remove([second]);
    expect(await cams.control("POST", path, { from: second, to })).toMatchObject({ status: 409 });
    expect(await cams.control("POST", path, { from: first, to: second })).toMatchObject({
      status: 409,
      json: { reason: "removed" },
    });
  });

  it.each([
    {},
    { from: second },
    { from: `+${second}`, to },
    { from: second, to: "" },
    { from: second, to: "1234" },
    { from: second, to: "US.13491208655302741918" },
    { from: 628110000002, to },
    { from: second, to, group: groupId },
  ])("with a bad request, such as %p: 400 and how it must read", async (body) => {
    const cams = await local();
    for (const where of [path, "change-number"]) {
      expect(await cams.control("POST", where, body)).toMatchObject({
        status: 400,
        json: { error: expect.stringContaining('{"from":"628…","to":"628…"}') as string },
      });
    }
    expect(await cams.list()).toEqual(people);
  });

  it("in a group that is not there: 404", async () => {
    const cams = await local();
    expect((await cams.control("POST", "groups/EA404/change-number", { from: second, to })).status).toBe(404);
  });

  it("is moved in all groups at once", async () => {
    const cams = await local({ seed: two });
    expect(await cams.control("POST", "change-number", { from: second, to })).toEqual({
      status: 200,
      json: { groups: [groupId, "EA2"] },
    });
    expect([await cams.group(), await cams.group("EA2"), await cams.group("EA3")]).toMatchObject([
      { participants: [first, to, third] },
      { participants: [to] },
      { participants: [] },
    ]);
  });

  it("is moved in no group when one of them can't have the new number", async () => {
    const cams = await local({ seed: two });
    await cams.control("POST", "groups/EA2/join", { number: to });
    expect(await cams.control("POST", "change-number", { from: second, to })).toMatchObject({
      status: 409,
      json: { reason: "already-a-member", error: `${to} is in group EA2 already.` },
    });
    expect(await cams.list()).toEqual(people);
  });

  it("is in no group at all: 409", async () => {
    const cams = await local({ seed: two });
    expect(await cams.control("POST", "change-number", { from: to, to: "628330000003" })).toMatchObject({
      status: 409,
      json: { error: `${to} is in no group.` },
    });
  });
});
