import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cams, Handled } from "./cams";
import { control, controlPrefix, type ControlParts } from "./control/index";
import { Refusal } from "./errors";
import { parsePairs } from "./wire/encoding";
import { refused, requestId, type Reply } from "./wire/reply";
import type { WireRequest } from "./wire/request";

const maxBody = 64 * 1024;

export interface Edge {
  readonly cams: Cams;
  readonly control: ControlParts;
  readonly latencyMs: number;
  /** Called before anything is answered, so that what an answer tells is already stored. */
  readonly settle: () => void;
}

/** The HTTP server, not yet listening: the edge between sockets and values. No client can hold it up for long. */
export function httpServer(edge: Edge): Server {
  const server = createServer(
    { maxHeaderSize: 64 * 1024, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 60_000 },
    (incoming, outgoing) => {
      answer(edge, incoming, outgoing).catch(() => incoming.socket.destroy());
    },
  );
  return server;
}

async function answer(edge: Edge, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await read(incoming);
  if (body === undefined) {
    outgoing.setHeader("connection", "close");
    const envelope = { requestId: requestId(0), host: incoming.headers.host ?? "", action: "" };
    send(outgoing, refused(envelope, new Refusal("RequestTooLarge", `At most ${maxBody} bytes are read.`)));
    outgoing.once("finish", () => incoming.socket.destroySoon());
    return;
  }
  const request = wireRequest(incoming, body);
  if (request.path.startsWith(controlPrefix)) {
    const { status, json } = controlled(edge, request);
    edge.settle();
    outgoing.writeHead(status, { "content-type": "application/json;charset=utf-8" });
    outgoing.end(`${JSON.stringify(json)}\n`);
    return;
  }
  const handled = await edge.cams.handle(request);
  edge.settle();
  if (edge.latencyMs > 0) await sleep(edge.latencyMs, undefined, { ref: false });
  deliver(handled, incoming, outgoing);
}

function deliver({ delivery, entry }: Handled, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { socket } = incoming;
  switch (delivery.kind) {
    case "reset":
      socket.resetAndDestroy();
      return;
    case "hang": {
      const timer = setTimeout(() => socket.destroy(), delivery.forMs);
      socket.once("close", () => clearTimeout(timer));
      return;
    }
    case "cut": {
      if (socket.destroyed) return;
      entry.httpStatus = delivery.reply.status;
      const bytes = Buffer.from(text(delivery.reply));
      outgoing.writeHead(delivery.reply.status, { ...delivery.reply.headers, "content-length": bytes.length });
      outgoing.write(bytes.subarray(0, bytes.length / 2), () => socket.destroy());
      return;
    }
    case "reply":
      if (socket.destroyed) return;
      entry.httpStatus = delivery.reply.status;
      entry.code = delivery.reply.code;
      send(outgoing, delivery.reply);
  }
}

function send(outgoing: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(text(reply));
  outgoing.writeHead(reply.status, { ...reply.headers, "content-length": bytes.length });
  outgoing.end(bytes);
}

function text({ content }: Reply): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}

function controlled(edge: Edge, request: WireRequest): ReturnType<typeof control> {
  let body: unknown;
  try {
    decodeURIComponent(request.path);
    body = request.body.length === 0 ? {} : JSON.parse(request.body.toString("utf8"));
  } catch {
    return { status: 400, json: { error: "The body is not JSON, or the path is not encoded as a URL is." } };
  }
  return control(edge.control, request.method, request.path, body);
}

/** The whole body, with a length or chunked (as Java's core sends even an empty one); undefined when it is too large. */
function read(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBody) resolve(undefined);
      else chunks.push(chunk);
    });
    incoming.once("end", () => resolve(Buffer.concat(chunks)));
    incoming.once("error", reject);
    incoming.once("close", () => reject(new Error("The client went away.")));
  });
}

function wireRequest(incoming: IncomingMessage, body: Buffer): WireRequest {
  const target = incoming.url ?? "/";
  const at = target.indexOf("?");
  const headers = Object.entries(incoming.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")] as const,
  );
  const form = incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return {
    method: incoming.method ?? "",
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? [] : parsePairs(target.slice(at + 1)),
    form: form ? parsePairs(body.toString("utf8")) : [],
    headers: new Map(headers),
    body,
  };
}
