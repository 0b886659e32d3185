import { createServer, type RequestListener, type Server } from "node:http";
import {
  createServer as createSocketServer,
  type AddressInfo,
  type Server as SocketServer,
  type Socket,
} from "node:net";
import { CamsError, openTransport, type Credential } from "../../src/cams";

const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/** The transport on real sockets: whatever its SDK says of a time-out, it is known whether the call went out. */
const credential = {
  getCredential: () =>
    Promise.resolve({ accessKeyId: "id", accessKeySecret: "secret", securityToken: "", type: "access_key" }),
  getAccessKeyId: () => Promise.resolve("id"),
  getAccessKeySecret: () => Promise.resolve("secret"),
  getSecurityToken: () => Promise.resolve(""),
  getType: () => "access_key",
} as Credential;

const sockets: Socket[] = [];
const servers: (Server | SocketServer)[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  }
});

async function listen(server: Server | SocketServer): Promise<string> {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that answers the first so many calls, then each after some time. */
function server(answered: number, lateMs: number): Promise<string> {
  let calls = 0;
  return listen(
    createServer((request, response) => {
      request.resume();
      const answer = () => response.end('{"Code":"OK","RequestId":"R-1"}');
      if (++calls <= answered) answer();
      else setTimeout(answer, lateMs);
    }),
  );
}

function sender(
  host: string,
  times: { connectTimeoutMs: number; readTimeoutMs: number },
  protocol = "http",
  chain = () => credential,
) {
  const send = openTransport({ endpoint: { host, protocol: protocol as "http" }, ...times, credential: chain });
  return async () => {
    const started = performance.now();
    const failure = await send("DeleteChatGroupParticipants", {}, "EA1").then(
      () => undefined,
      (error: unknown) => error as CamsError,
    );
    return { failure, took: performance.now() - started };
  };
}

test.each([
  ["on its first connection", 0],
  ["on a connection that is used again", 1],
])("an answer may take longer than a connection, %s", async (_, answered) => {
  const send = sender(await server(answered, 400), { connectTimeoutMs: 150, readTimeoutMs: 2_000 });
  for (let call = 0; call <= answered; call++) expect((await send()).failure).toBeUndefined();
});

test.each([
  ["the first connection", 0, 150, 400],
  ["the first connection, connecting being allowed more", 0, 3_000, 300],
  ["a connection that is used again", 1, 150, 400],
  ["a connection that is used again, connecting being allowed more", 1, 3_000, 300],
])("no answer in time is an unknown outcome, on %s", async (_, answered, connectTimeoutMs, readTimeoutMs) => {
  const send = sender(await server(answered, 60_000), { connectTimeoutMs, readTimeoutMs });
  for (let call = 0; call < answered; call++) await send();
  const { failure, took } = await send();
  expect(failure).toMatchObject({ kind: "unknown outcome", applied: "maybe", failure: { code: "ReadTimeout" } });
  expect(took).toBeGreaterThanOrEqual(readTimeoutMs - 5);
  expect(took).toBeLessThan(readTimeoutMs + 1_000);
});

/** A write is judged once more when all is done that takes time. */
describe("a call that may not go out any more", () => {
  const times = { connectTimeoutMs: 2_000, readTimeoutMs: 2_000 };
  const gone = new CamsError({
    ...{ operation: "DeleteChatGroupParticipants", group: "EA1", kind: "engine gone", code: "EngineGone", detail: "" },
    ...{ metaCode: undefined, httpStatus: undefined, requestId: undefined },
  });
  /** A server that notes the bytes that it gets. */
  const noting = async () => {
    const got: string[] = [];
    const host = await listen(
      createServer((request, response) => {
        got.push(request.url ?? "");
        response.end('{"Code":"OK","RequestId":"R-1"}');
      }).on("connection", (socket: Socket) => {
        sockets.push(socket);
        socket.on("data", (bytes) => got.push(bytes.toString()));
      }),
    );
    return { host, got };
  };
  const write = (host: string, forbidden: () => CamsError | undefined, chain = () => credential) => {
    const send = openTransport({ endpoint: { host, protocol: "http" }, ...times, credential: chain });
    return () => send("DeleteChatGroupParticipants", {}, "EA1", forbidden);
  };

  test("is not sent once its connection is there", async () => {
    const { host, got } = await noting();
    let questions = 0;
    // The first question is asked with the credentials, the second with the connection.
    await expect(write(host, () => (++questions > 1 ? gone : undefined))()).rejects.toBe(gone);
    await new Promise((later) => setTimeout(later, 100));
    expect({ questions, got }).toEqual({ questions: 2, got: [] });
  });

  test("is not sent once its credentials are there, on a connection that is used again", async () => {
    const { host, got } = await noting();
    let over = false;
    const send = write(
      host,
      () => (over ? gone : undefined),
      () => ({
        getCredential: async () => {
          if (got.length > 0) over = true;
          return credential.getCredential();
        },
      }),
    );
    await send();
    const before = got.length;
    await expect(send()).rejects.toBe(gone);
    await new Promise((later) => setTimeout(later, 100));
    expect(got).toHaveLength(before);
  });

  test("is sent when it may", async () => {
    const { host, got } = await noting();
    await expect(write(host, () => undefined)()).resolves.toMatchObject({ requestId: "R-1" });
    expect(got.length).toBeGreaterThan(0);
  });
});

describe("an odd server:", () => {
  const times = { connectTimeoutMs: 2_000, readTimeoutMs: 2_000 };
  const answering = async (answer: RequestListener, more: Partial<typeof times> = {}) => {
    const host = await listen(
      createServer((request, response) => {
        request.resume();
        response.on("error", () => undefined);
        answer(request, response);
      }),
    );
    return sender(host, { ...times, ...more })();
  };
  const ok = '{"Code":"OK","RequestId":"R-1","Data":{"Total":0,"List":[]}}';

  test.each([300, 301, 302, 303, 304, 307, 308, 399])(
    "HTTP %d is no answer of CAMS, though its body says OK",
    async (status) => {
      const { failure } = await answering((_, response) => response.writeHead(status, { location: "/x" }).end(ok));
      expect(failure).toMatchObject({ kind: "unknown outcome", applied: "maybe" });
    },
  );

  test("a redirection is not followed, and is named", async () => {
    const asked: string[] = [];
    const { failure } = await answering((request, response) => {
      asked.push(request.method ?? "");
      response.writeHead(302, { location: "/elsewhere" }).end(ok);
    });
    expect(asked).toEqual(["POST"]);
    expect(failure?.message).toContain("unknown outcome: the answer is not CAMS's: CAMS does not answer with HTTP 302");
    expect(failure?.message).toContain("(UnreadableAnswer, HTTP 302)");
  });

  test.each(["Throttling.User", "Forbidden.RAM", "InvalidParameter.ListInvalid"])(
    "a redirection that says %s does not tell that nothing was done",
    async (code) => {
      const body = JSON.stringify({ Code: code });
      const { failure } = await answering((_, response) => response.writeHead(302).end(body));
      expect(failure).toMatchObject({ kind: "unknown outcome", applied: "maybe" });
    },
  );

  test.each([400, 404, 500, 600, 999])("HTTP %d with Code OK is neither success nor a plain no", async (status) => {
    const { failure } = await answering((_, response) => response.writeHead(status).end(ok));
    expect(failure).toMatchObject({ kind: "unknown outcome", applied: "maybe" });
  });

  test.each(["[]", '["OK"]', '"OK"', "null", "7", "{}", '{"code":"OK"}', '{"Code":200}', '{"Code":["OK"]}', ""])(
    "a body that reads %p is not CAMS's",
    async (body) => {
      const { failure } = await answering((_, response) => response.writeHead(200).end(body));
      expect(failure).toMatchObject({ kind: "unknown outcome", applied: "maybe" });
    },
  );

  test.each([
    ["a success", 200],
    ["a failure", 500],
  ])("a body without end is cut off and does not take memory: %s", async (_, status) => {
    let sent = 0;
    let open = true;
    const chunk = Buffer.alloc(256 * 1024, " ");
    const { failure, took } = await answering(
      (_request, response) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.write('{"Code":"OK"');
        const more = (): void => {
          while (open && response.write(chunk)) sent += chunk.length;
          sent += chunk.length;
        };
        response.on("drain", more).on("close", () => (open = false));
        more();
      },
      { readTimeoutMs: 20_000 },
    );
    expect(failure).toMatchObject({ kind: "unknown outcome", applied: "maybe", failure: { code: "AnswerTooLarge" } });
    expect(failure?.message).toContain("it is longer than 4 MiB");
    expect(took).toBeLessThan(10_000);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test("an answer that ends after the largest that CAMS can give is cut off as well, one of that size is read", async () => {
    const ofSize = (size: number) =>
      answering((_, response) => response.end(ok.padEnd(size, " ")), { readTimeoutMs: 20_000 });
    expect((await ofSize(LARGEST_ANSWER_BYTES)).failure).toBeUndefined();
    expect((await ofSize(LARGEST_ANSWER_BYTES + 1)).failure).toMatchObject({ failure: { code: "AnswerTooLarge" } });
  });

  test("a body that comes byte by byte is waited for no longer than the read time-out", async () => {
    const { failure, took } = await answering(
      (_, response) => {
        response.writeHead(200);
        const dripping = setInterval(() => response.write(" "), 50);
        response.on("close", () => clearInterval(dripping));
      },
      { readTimeoutMs: 400 },
    );
    expect(failure).toMatchObject({ kind: "unknown outcome", applied: "maybe" });
    expect(took).toBeLessThan(2_000);
  });

  test("a connection that was given up does not disturb the next call", async () => {
    let calls = 0;
    const host = await listen(
      createServer((request, response) => {
        request.resume();
        response.on("error", () => undefined);
        response.end(++calls === 1 ? ok.padEnd(3 * LARGEST_ANSWER_BYTES, " ") : ok);
      }),
    );
    const send = sender(host, times);
    expect((await send()).failure).toMatchObject({ failure: { code: "AnswerTooLarge" } });
    expect((await send()).failure).toBeUndefined();
  });
});

test("credentials that were not to be had once fail that call; the next asks a new chain, which is kept", async () => {
  const failing = () => Promise.reject(new Error("unable to get credentials from any of the providers in the chain"));
  let chains = 0;
  const send = sender(await server(3, 0), { connectTimeoutMs: 500, readTimeoutMs: 2_000 }, "http", () =>
    ++chains === 1 ? { ...credential, getCredential: failing } : credential,
  );
  const kinds = [];
  for (let call = 0; call < 3; call++) kinds.push((await send()).failure?.kind);
  expect(kinds).toEqual(["access", undefined, undefined]);
  expect(chains).toBe(2);
});

test("nobody listens: unreachable", async () => {
  const { failure } = await sender("127.0.0.1:9", { connectTimeoutMs: 500, readTimeoutMs: 500 })();
  expect(failure).toMatchObject({ kind: "unreachable", applied: "no", failure: { code: "ECONNREFUSED" } });
});

test("a server that takes the connection but never greets by TLS: unreachable within the connect time-out", async () => {
  const silent = createSocketServer((socket) => sockets.push(socket.on("error", () => undefined)));
  const host = await listen(silent);
  const { failure, took } = await sender(host, { connectTimeoutMs: 300, readTimeoutMs: 5_000 }, "https")();
  expect(failure).toMatchObject({ kind: "unreachable", failure: { code: "ConnectTimeout" } });
  expect(took).toBeLessThan(2_000);
});
