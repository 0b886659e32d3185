import { faultNames } from "../../../src/emulator";
import { groupId, local, people, rowsOf, stopAll, totalOf, type Body, type Local } from "../client";
import { now, signed } from "../signed";
import { list, remove, table } from "./table";

afterEach(stopAll);

const [first = "", second = "", third = ""] = people;

/** What the official client makes of a call: the body, or the code, status and kind of its error. */
async function outcome(
  cams: Local,
  action: string,
  query: Record<string, string> = {},
  readTimeout = 10_000,
): Promise<Body> {
  const List = JSON.stringify([{ ParticipantNumber: first }, { ParticipantNumber: second }]);
  const whole = { GroupId: groupId, ...(action === remove ? { List } : {}), ...query };
  try {
    return await cams.send(action, whole, { readTimeout });
  } catch (error) {
    const { code, statusCode, name } = error as { code?: string; statusCode?: number; name: string };
    return { thrown: code ?? name, statusCode };
  }
}

/** What the call log shows of the call, and whether the two people are still in the group. */
async function traces(cams: Local): Promise<Body> {
  const calls = await cams.calls();
  const { httpStatus, code } = calls.at(-1)!;
  const { participants } = await cams.group();
  return { httpStatus, code, applied: !((participants ?? []) as string[]).includes(first) };
}

describe("the fault", () => {
  it.each(Object.entries(table))("%s strikes once, as its summary says", async (fault, [action, seen, left, query]) => {
    const cams = await local();
    await cams.arm({ fault, action });
    const body = await outcome(cams, action, query, fault.startsWith("hang") ? 300 : undefined);
    expect(body).toMatchObject(seen);
    if (action === list && "Data" in seen) expect(JSON.stringify(body.Data)).toBe(JSON.stringify(seen.Data));
    expect(await traces(cams)).toMatchObject(left);
    expect((await cams.control("GET", "faults")).json.armed).toEqual([]);
  });
});

describe("faults", () => {
  it("strike the action and the group that they were armed for, so many times", async () => {
    const cams = await local();
    await cams.arm({ fault: "internal-error", action: list, groupId, times: 2 });
    await cams.arm({ fault: "internal-error", groupId: "other" });
    expect(await cams.send("ListChatGroup", { Page: '{"Index":1,"Size":10}' })).toMatchObject({ Code: "OK" });
    expect(await outcome(cams, list)).toMatchObject({ thrown: "InternalError" });
    expect(await outcome(cams, list)).toMatchObject({ thrown: "InternalError" });
    expect(await outcome(cams, list)).toMatchObject({ Code: "OK" });
    expect((await cams.control("GET", "faults")).json.armed).toHaveLength(1);
    await cams.control("DELETE", "faults");
    expect((await cams.control("GET", "faults")).json.armed).toEqual([]);
  });

  it("strike one after the other, first armed first", async () => {
    const cams = await local();
    await cams.arm({ fault: "throttled-429" });
    await cams.arm({ fault: "internal-error" });
    await cams.arm({ fault: "reset" });
    await cams.control("DELETE", "faults/reset");
    expect(await outcome(cams, list)).toMatchObject({ statusCode: 429 });
    expect(await outcome(cams, list)).toMatchObject({ statusCode: 500 });
    expect(await outcome(cams, list)).toMatchObject({ Code: "OK" });
  });

  it("strike after a while, if told so", async () => {
    const cams = await local();
    await cams.arm({ fault: "slow", afterMs: 150 });
    const before = performance.now();
    expect(await cams.list()).toEqual(people);
    expect(performance.now() - before).toBeGreaterThan(140);
  });

  it("are not used up by a call that the gateway refuses", async () => {
    const cams = await local();
    await cams.arm({ fault: "internal-error" });
    await expect(cams.send(list, { GroupId: groupId }, { accessKeySecret: "wrong" })).rejects.toMatchObject({
      code: "SignatureDoesNotMatch",
    });
    expect(await outcome(cams, list)).toMatchObject({ thrown: "InternalError" });
  });

  it.each([
    ["an unknown name", { fault: "no-such" }, "fault"],
    ["an unknown action", { fault: "reset", action: "Nope" }, "action"],
    ["an unknown key", { fault: "reset", group: "x" }, "group"],
    ["no times", { fault: "reset", times: 0 }, "times"],
    ["an action that it can't strike", { fault: "row-empty", action: remove }, "row-empty"],
  ])("are not armed with %s", async (_, body, named) => {
    const cams = await local();
    const { status, json } = await cams.control("POST", "faults", body);
    expect(status).toBe(400);
    expect(json.error).toContain(named);
  });

  it("are listed with what they do", async () => {
    const cams = await local();
    const { faults } = (await cams.control("GET", "faults")).json as { faults: Body[] };
    expect(faults.map(({ name }) => name)).toEqual(faultNames);
    expect(faults.find(({ name }) => name === "removal-lags")).toMatchObject({
      actions: [remove],
      value: { byDefault: 2 },
    });
  });

  it.each([
    ["throttled-400-retry-after", undefined, 400, "1000"],
    ["throttled-429-retry-after", 2500, 429, "2500"],
    ["throttled-503-retry-after", 1, 503, "1"],
    ["throttled-429", undefined, 429, null],
  ])("of throttling may say when to come again: %s", async (fault, value, status, header) => {
    const cams = await local({ clock: () => now });
    await cams.arm({ fault, ...(value === undefined ? {} : { value }) });
    const answer = await fetch(`${cams.url}/`, { method: "POST", headers: signed(cams.url) });
    expect([answer.status, answer.headers.get("x-acs-retry-after")]).toEqual([status, header]);
  });

  it.each([
    ["code", { Code: "131215" }],
    ["message", { Code: "InternalError", Message: expect.stringContaining("(#131215)") as string }],
    ["http", { thrown: "131215", statusCode: 400 }],
  ])("pass Meta's codes through by %s", async (value, seen) => {
    const cams = await local();
    await cams.arm({ fault: "meta-131215", value });
    expect(await outcome(cams, remove)).toMatchObject(seen);
  });

  it("keep a removed person listed for so many more listings", async () => {
    const cams = await local();
    await cams.arm({ fault: "removal-lags", value: 3 });
    await cams.remove([first]);
    const seen = [];
    for (let n = 0; n < 4; n++) seen.push((await cams.list()).includes(first));
    expect(seen).toEqual([true, true, true, false]);
  });

  it("keep a removed person listed for ever", async () => {
    const cams = await local();
    await cams.arm({ fault: "removal-never-shows" });
    await cams.remove([first]);
    for (let n = 0; n < 5; n++) expect(await cams.list()).toEqual(people);
    expect(await cams.group()).toMatchObject({ removed: [first], leaving: [{ number: first, reads: null }] });
    expect(await cams.remove([first])).toMatchObject({ Code: "131212" });
  });

  it("remove a part only, and say it was all", async () => {
    const cams = await local();
    await cams.arm({ fault: "removal-partial", value: 2 });
    expect(await cams.remove(people)).toMatchObject({ Code: "OK", Result: 3 });
    expect(await cams.list()).toEqual([third]);
  });

  it("let somebody join or leave right after a listing", async () => {
    const cams = await local();
    await cams.arm({ fault: "join-race", value: "628110000099" });
    expect(await cams.list()).toEqual(people);
    expect(await cams.list()).toEqual([...people, "628110000099"]);
    await cams.arm({ fault: "leave-race" });
    expect(await cams.list()).toEqual([...people, "628110000099"]);
    expect(await cams.list()).toEqual(people);
    await cams.arm({ fault: "leave-race", value: second });
    await cams.list();
    expect(await cams.list()).toEqual([first, third]);
  });

  it("change the status of the group that they were armed for, when groups are listed too", async () => {
    const cams = await local();
    await cams.arm({ fault: "group-suspended", groupId });
    const body = await cams.send("ListChatGroup", { Page: '{"Index":1,"Size":10}' });
    expect((body.Data as { List: Body[] }).List).toMatchObject([{ GroupStatus: "SUSPENDED" }]);
    await cams.control("POST", `groups/${groupId}/status`, { status: "ACTIVE" });
    expect(await cams.remove([first])).toMatchObject({ Code: "OK" });
  });

  it("leave the group itself as it is when they change listings", async () => {
    const cams = await local();
    for (const fault of ["row-empty", "rows-duplicate", "list-empty"]) {
      await cams.arm({ fault });
      await cams.list();
      expect(await cams.list()).toEqual(people);
    }
    await cams.arm({ fault: "row-empty" });
    const body = await cams.send(list, { GroupId: groupId });
    expect([rowsOf(body)[0], totalOf(body)]).toEqual(["", 3]);
  });
});
