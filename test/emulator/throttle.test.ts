import { Throttle } from "../../src/emulator/throttle";
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

test("latency: each answer takes as long as is asked for, though the call is carried out at once", async () => {
  const cams = await local({ latencyMs: 120 });
  const before = performance.now();
  const call = cams.send("ListChatGroupParticipants", { GroupId: groupId });
  await call;
  expect(performance.now() - before).toBeGreaterThan(110);
});
