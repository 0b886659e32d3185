import { businessNumber, custSpaceId, groupId, local, stopAll, type Body, type Local } from "../client";

afterEach(stopAll);

const link = "https://chat.whatsapp.com/AAAAAAAAAAAAAAAAAAAAAA";
const newLink = "https://chat.whatsapp.com/M1xaeFQhtY4pbhg5tMSpAF";
const seed = {
  businessNumbers: { [businessNumber]: { custSpaceId, groups: [{ groupId, subject: "Ops", inviteLink: link }] } },
};

/** Each write on groups and links: its parameters, and the groups before and after it was carried out. */
const before = ["Ops", link];
const writes: readonly (readonly [action: string, query: Record<string, string>, after: readonly unknown[][]])[] = [
  ["AddChatGroup", { Subject: "New" }, [before, ["New", expect.any(String)]]],
  ["UpdateChatGroup", { GroupId: groupId, Subject: "New" }, [["New", link]]],
  ["AddChatGroupInviteLink", { GroupId: groupId }, [["Ops", newLink]]],
  ["DeleteChatGroupInviteLink", { GroupId: groupId }, [["Ops", null]]],
];

async function groups(cams: Local): Promise<readonly unknown[][]> {
  const { businessNumbers } = (await cams.control("GET", "state")).json as {
    businessNumbers: Record<string, { groups: Body[] }>;
  };
  return businessNumbers[businessNumber]!.groups.map(({ subject, inviteLink }) => [subject, inviteLink]);
}

describe.each(writes)("%s", (action, query, after) => {
  it.each([
    ["hang", "RequestTimeoutError", false],
    ["hang-applied", "RequestTimeoutError", true],
    ["reset", "ECONNRESET", false],
    ["reset-applied", "ECONNRESET", true],
    ["bad-gateway", "SyntaxError", false],
    ["bad-gateway-applied", "SyntaxError", true],
    ["empty-500", "SyntaxError", false],
    ["empty-500-applied", "SyntaxError", true],
    ["body-cut-off", "ECONNRESET", true],
    ["body-truncated", "SyntaxError", true],
    ["internal-error", "InternalError", false],
    ["service-unavailable", "ServiceUnavailable", false],
    ["throttled-429", "Throttling.User", false],
    ["forbidden-ram", "Forbidden.RAM", false],
  ])("may fail by %s", async (fault, thrown, applied) => {
    const cams = await local({ seed });
    await cams.arm({ fault, action });
    const said = await cams.send(action, query, fault.startsWith("hang") ? { readTimeout: 300 } : {}).then(
      () => "OK",
      (error: unknown) => (error as { code?: string }).code ?? (error as Error).name,
    );
    expect(said).toBe(thrown);
    expect(await groups(cams)).toEqual(applied ? after : [before]);
    expect(await cams.send(action, query)).toMatchObject({ Code: "OK" });
  });

  it("is in the call log with its group, and the code that its client was told", async () => {
    const cams = await local({ seed });
    await cams.send(action, query);
    await cams.arm({ fault: "reset-applied", action });
    await expect(cams.send(action, query)).rejects.toThrow();
    await cams.arm({ fault: "meta-131208", action });
    await cams.send(action, query);
    const entry = { action, groupId: query.GroupId ?? null, numbers: [], at: expect.any(String) as string };
    expect(await cams.calls()).toEqual([
      { ...entry, httpStatus: 200, code: "OK" },
      { ...entry, httpStatus: 0, code: "" },
      { ...entry, httpStatus: 200, code: "131208" },
    ]);
  });
});

describe("AddChatGroup", () => {
  const texts = [
    ["131211", "The business number has reached its number of groups."],
    ["131214", "Creating groups is disabled for the time being."],
    ["131215", "The business number is not eligible for groups."],
  ] as const;

  it.each(texts)("may be refused with %s in each form, and then makes no group", async (code, text) => {
    const cams = await local({ seed });
    const add = (): Promise<Body> => cams.send("AddChatGroup", { Subject: "New" });
    await cams.arm({ fault: `meta-${code}`, action: "AddChatGroup" });
    expect(await add()).toMatchObject({ Code: code, Message: `(#${code}) ${text}`, Success: false });
    await cams.arm({ fault: `meta-${code}`, action: "AddChatGroup", value: "message" });
    expect(await add()).toMatchObject({ Code: "InternalError", Message: `(#${code}) ${text}`, Success: false });
    await cams.arm({ fault: `meta-${code}`, action: "AddChatGroup", value: "http" });
    await expect(add()).rejects.toMatchObject({ code, statusCode: 400 });
    expect(await groups(cams)).toEqual([before]);
  });

  it("is refused by itself beyond 10,000 groups of one business number", async () => {
    const many = Array.from({ length: 9_999 }, (_, n) => ({ groupId: `EA${n}`, subject: "Ops" }));
    const cams = await local({ seed: { businessNumbers: { [businessNumber]: { custSpaceId, groups: many } } } });
    expect(await cams.send("AddChatGroup", { Subject: "New" })).toMatchObject({ Code: "OK" });
    expect(await cams.send("AddChatGroup", { Subject: "One more" })).toMatchObject({ Code: "131211" });
    expect(await groups(cams)).toHaveLength(10_000);
  });
});
