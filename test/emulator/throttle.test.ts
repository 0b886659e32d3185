import { Throttle, Throttles } from "../../src/emulator/throttle";
import { failure, groupId, local, people, stopAll } from "./client";
import { now, signed } from "./signed";

afterEach(stopAll);

describe("the limit of calls a second", () => {
  it("lets a client pass that keeps the pace, jitter and all", () => {
    let time = 0;
    const throttle = new Throttle(5, () => time);
    const refusals = [...Array(200).keys()].filter((n) => {
      time = n * 200 + (n % 3) * 20;
      return throttle.admit() > 0;
    });
    expect(refusals).toEqual([]);
  });

  it("tells a client that does not how long to wait", () => {
    let time = 0;
    const throttle = new Throttle(5, () => time);
    expect([1, 2, 3, 4, 5, 6, 7].map(() => throttle.admit())).toEqual([0, 0, 0, 0, 0, 200, 200]);
    time = 150;
    expect(throttle.admit()).toBe(50);
    time = 200;
    expect([throttle.admit(), throttle.admit()]).toEqual([0, 200]);
  });

  it.each([400, 429, 503] as const)(
    "is answered with %s Throttling.User, and nothing is carried out",
    async (status) => {
      const cams = await local({ qps: 1, throttleStatus: status, clock: () => now });
      const first = await fetch(`${cams.url}/`, { method: "POST", headers: signed(cams.url) });
      const second = await fetch(`${cams.url}/`, { method: "POST", headers: signed(cams.url) });
      expect([first.status, second.status]).toEqual([400, status]);
      expect(await second.json()).toMatchObject({ Code: "Throttling.User" });
      expect(second.headers.get("x-acs-retry-after")).toBeNull();
    },
  );

  it("may be told with x-acs-retry-after", async () => {
    const cams = await local({ qps: 2, throttleRetryAfter: true, clock: () => now });
    const answers = [];
    for (let n = 0; n < 3; n++)
      answers.push(await fetch(`${cams.url}/`, { method: "POST", headers: signed(cams.url) }));
    expect(answers.map(({ headers }) => headers.get("x-acs-retry-after"))).toEqual([null, null, "500"]);
  });

  it("holds for all operations together, and refuses deletes without harm", async () => {
    const cams = await local({ qps: 1 });
    await cams.list();
    expect(await failure(cams.remove(people))).toMatchObject({ code: "Throttling.User", statusCode: 400 });
    expect(await cams.group()).toMatchObject({ participants: people });
    expect((await cams.calls()).map(({ code }) => code)).toEqual(["OK", "Throttling.User"]);
  });
});

describe("the limits that are documented for single operations", () => {
  it.each([
    ["GetChatappTemplateDetail", 5, 200],
    ["QueryChatappPhoneNumbers", 10, 100],
    ["SendChatappMessage", 250, 4],
  ])("hold for %s beside the limit of all: %i a second", (action, limit, waitMs) => {
    let time = 0;
    const throttles = new Throttles(1000, () => time);
    const refused = () => [...Array(limit + 1).keys()].map(() => throttles.admit(action)).filter((wait) => wait > 0);
    expect(refused()).toEqual([waitMs]);
    expect(throttles.admit("ListChatappMessage")).toBe(0);
    time = 1000;
    expect(refused()).toEqual([waitMs]);
  });

  it("cost the limit of all nothing when they refuse, and are not used up when that one refuses", () => {
    let time = 0;
    const throttles = new Throttles(6, () => time);
    const admitted = (action: string, calls: number) =>
      [...Array(calls).keys()].filter(() => throttles.admit(action) === 0).length;
    expect(admitted("GetChatappTemplateDetail", 9)).toBe(5);
    expect(admitted("ListChatGroup", 9)).toBe(1);
    expect(admitted("GetChatappTemplateDetail", 9)).toBe(0);
    time = 1000;
    expect(admitted("ListChatGroup", 9)).toBe(6);
    expect(admitted("GetChatappTemplateDetail", 9)).toBe(0);
    time = 2000;
    expect(admitted("GetChatappTemplateDetail", 9)).toBe(5);
  });

  it("hold only where calls are limited at all", async () => {
    const query = { TemplateCode: "1", Language: "en" };
    const codes = async (options: object) => {
      const cams = await local(options);
      for (let n = 0; n < 6; n++) await failure(cams.send("GetChatappTemplateDetail", query));
      return (await cams.calls()).map(({ code }) => code);
    };
    expect(await codes({})).not.toContain("Throttling.User");
    const limited = await codes({ qps: 100, clock: fixed() });
    expect(limited.filter((code) => code === "Throttling.User")).toHaveLength(1);
  });
});

/** A clock that stands still, near enough to the machine's for the official client's signature. */
function fixed(): () => number {
  const time = Date.now();
  return () => time;
}

test("latency: each answer takes as long as is asked for, though the call is carried out at once", async () => {
  const cams = await local({ latencyMs: 120 });
  const before = performance.now();
  const call = cams.send("ListChatGroupParticipants", { GroupId: groupId });
  await call;
  expect(performance.now() - before).toBeGreaterThan(110);
});
