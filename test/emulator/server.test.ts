import { connect } from "node:net";
import { groupId, local, people, stopAll } from "./client";
import { now, signed } from "./signed";

afterEach(stopAll);

/** Writes to a bare socket what no HTTP library would; all that comes back until it is closed, or for a moment. */
async function raw(port: number, text: string, patienceMs = 5000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => (answer += chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
    socket.setTimeout(patienceMs, () => socket.destroy());
  });
}

const head = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");

describe("the server", () => {
  it("takes an empty body that is chunked, as Alibaba Cloud's Java core sends it", async () => {
    const cams = await local({ clock: () => now });
    const headers = {
      host: new URL(cams.url).host,
      ...signed(cams.url),
      "transfer-encoding": "chunked",
      connection: "close",
    };
    const answer = await raw(cams.port, `POST / HTTP/1.1\r\n${head(headers)}\r\n0\r\n\r\n`);
    // Signed rightly, so it gets as far as the missing parameter.
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('"Code":"MissingBusinessNumber"');
  });

  it("reads no more of a body than it must", async () => {
    const cams = await local();
    const long = "x".repeat(70_000);
    const answer = await raw(cams.port, `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 900000\r\n\r\n${long}`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"Code":"RequestTooLarge"');
  });

  it("goes on when clients break off or talk nonsense", async () => {
    const cams = await local();
    expect(await raw(cams.port, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(cams.port, "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc", 300)).toBe("");
    expect((await raw(cams.port, `POST /?${"x".repeat(70_000)} HTTP/1.1\r\nhost: a\r\n\r\n`)).slice(0, 12)).toBe(
      "HTTP/1.1 431",
    );
    expect(await cams.list()).toEqual(people);
  });

  it.each([
    ["PUT", "/", 405, "UnsupportedHTTPMethod"],
    ["POST", "/elsewhere", 404, "InvalidAction.NotFound"],
    ["POST", "/", 404, "InvalidAction.NotFound"],
  ])("refuses %s %s", async (method, path, status, code) => {
    const cams = await local();
    const answer = await fetch(`${cams.url}${path}`, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-acs-request-id")).toMatch(/^[0-9A-F]{8}-/);
    expect(await answer.json()).toMatchObject({ Code: code });
  });

  it("listens on 127.0.0.1 only", async () => {
    const cams = await local();
    expect(cams.url).toBe(`http://127.0.0.1:${cams.port}`);
    await expect(fetch(`http://[::1]:${cams.port}/_emulator/state`)).rejects.toThrow();
  });

  it("answers the same calls with the same ids", async () => {
    const ids = [];
    for (const cams of [await local(), await local()]) {
      const { RequestId } = await cams.send("AddChatGroup", { Subject: "x" });
      ids.push([RequestId, (await cams.send("AddChatGroupInviteLink", { GroupId: groupId })).InviteLink]);
    }
    expect(ids[0]).toEqual(ids[1]);
  });
});

describe("control", () => {
  it("shows all calls in order, and forgets them on demand", async () => {
    const cams = await local({ clock: () => now });
    const at = "2026-11-22T10:00:00.000Z";
    const headers = signed(cams.url, { "x-acs-action": "DeleteChatGroupParticipants" });
    const query = new URLSearchParams({ GroupId: groupId, List: JSON.stringify([{ ParticipantNumber: people[0] }]) });
    await fetch(`${cams.url}/?${query.toString()}`, { method: "POST", headers });
    await fetch(`${cams.url}/`, { method: "POST", headers: signed(cams.url) });
    expect(await cams.calls()).toEqual([
      {
        action: "DeleteChatGroupParticipants",
        groupId,
        numbers: [people[0]],
        httpStatus: 400,
        code: "SignatureDoesNotMatch",
        at,
      },
      { action: "ListChatGroup", groupId: null, numbers: [], httpStatus: 400, code: "MissingBusinessNumber", at },
    ]);
    await cams.control("DELETE", "calls");
    expect(await cams.calls()).toEqual([]);
  });

  it.each([
    ["GET", "nothing", undefined, 404],
    ["PUT", "state", undefined, 404],
    ["POST", "groups/none/join", { number: "628110000009" }, 404],
    ["POST", `groups/${groupId}/join`, { number: "+62 811" }, 400],
    ["POST", `groups/${groupId}/join`, {}, 400],
    ["POST", `groups/${groupId}/join`, { number: "628110000001" }, 200],
    ["POST", `groups/${groupId}/leave`, { number: "628110000009" }, 409],
    ["POST", `groups/${groupId}/status`, { status: "OPEN" }, 400],
    ["GET", "%zz", undefined, 400],
  ])("answers %s %s", async (method, path, body, status) => {
    const cams = await local();
    const answer = await cams.control(method, path, body);
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.json.error).toEqual(expect.any(String));
  });

  it("refuses a body that is not JSON", async () => {
    const cams = await local();
    const answer = await fetch(`${cams.url}/_emulator/faults`, { method: "POST", body: "{" });
    expect(answer.status).toBe(400);
  });
});
