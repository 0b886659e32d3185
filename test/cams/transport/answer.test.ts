import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openTransport, type Credential } from "../../../src/cams";

const credential = {
  getCredential: () =>
    Promise.resolve({ accessKeyId: "id", accessKeySecret: "secret", securityToken: "", type: "access_key" }),
} as Credential;

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** What is made of an answer with this body, and what was asked. */
async function answered(body: object) {
  const asked: URL[] = [];
  const opened = createServer((request, response) => {
    request.resume();
    asked.push(new URL(request.url ?? "", "http://h"));
    response.end(JSON.stringify(body));
  });
  server = opened;
  await new Promise<void>((listening) => opened.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${(opened.address() as AddressInfo).port}`;
  const send = openTransport({
    endpoint: { host, protocol: "http" },
    ...{ connectTimeoutMs: 2_000, readTimeoutMs: 2_000, credential: () => credential },
  });
  return { asked, answer: await send("SendChatappMessage", { TemplateParams: '{"name":"Ana & Ö"}' }, "EA1") };
}

test("an answer hands on its Data, and what stands beside it", async () => {
  const body = { Code: "OK", RequestId: "R-1", MessageId: "M-1", PhoneNumbers: [{ PhoneNumber: "1" }], Data: [1] };
  const { answer } = await answered(body);
  expect(answer).toMatchObject({
    ...{ requestId: "R-1", data: [1], beside: { MessageId: "M-1", PhoneNumbers: [{ PhoneNumber: "1" }] } },
  });
  expect(answer.beside).not.toHaveProperty("Data");
});

test("an answer without Data has none", async () => {
  expect((await answered({ Code: "OK", RequestId: "R-1", MessageId: "M-1" })).answer).toMatchObject({
    ...{ data: undefined, beside: { MessageId: "M-1" } },
  });
});

test("JSON of a parameter reaches CAMS in the query as it was written", async () => {
  const { asked } = await answered({ Code: "OK" });
  expect(asked[0]?.searchParams.get("TemplateParams")).toBe('{"name":"Ana & Ö"}');
});
