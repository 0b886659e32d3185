/**
 * The way to the local CAMS, which notes when a removal or a message is sent over it and by which run, also by one that is
 * long over.
 * Runs are told apart by a header that is put into their requests (tag-requests.cjs).
 */
import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";

const REMOVAL = "DeleteChatGroupParticipants";
const MESSAGE = "SendChatappMessage";
const TARGET = /^POST (\S+) /;
const TAG = /^x-chaos-run: (\d+)/m;
const TAGS = fileURLToPath(new URL("tag-requests.cjs", import.meta.url));

/** What makes all requests of a run bear its number. @param {number} run */
export const tagged = (run) => ({ NODE_OPTIONS: `--require ${JSON.stringify(TAGS)}`, CHAOS_RUN: `${run}` });

/** @param {string} url of the local CAMS */
export async function openWire(url) {
  const { hostname, port } = new URL(url);
  /** @type {Map<number, readonly number[]>} */
  const removals = new Map();
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  /** @type {import("./message-types.js").Sent[]} */
  const messages = [];
  /** @param {string} text */
  const note = (text) => {
    const run = Number(TAG.exec(text)?.[1]);
    if (text.includes(MESSAGE)) messages.push({ run, at: Date.now(), ...messageIn(text) });
    if (!text.includes(REMOVAL)) return;
    removals.set(run, [...(removals.get(run) ?? []), Date.now()]);
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on("data", (chunk) => note(chunk.toString("latin1")));
    const ways = /** @type {const} */ ([
      [near, far],
      [far, near],
    ]);
    for (const [one, other] of ways) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.resetAndDestroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((/** @type {(ready: void) => void} */ ready) => server.listen(0, "127.0.0.1", ready));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** When a run sent removals, in milliseconds. @param {number} run */
    removalsOf: (run) => removals.get(run) ?? [],
    /** All requests for messages, the first one first. */
    messages: () => [...messages],
    /** How many removals each run sent; `NaN` stands for a run that is not known. */
    counts: () => [...removals].map(([run, { length }]) => /** @type {const} */ ([run, length])),
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

/**
 * Whom a request for a message is to, for which group and with which link, by the chaos's own template.
 * @param {string} text of the request
 */
export function messageIn(text) {
  const query = new URL(TARGET.exec(text)?.[1] ?? "/", "http://127.0.0.1").searchParams;
  /** @type {unknown} */
  const read = JSON.parse(query.get("TemplateParams") ?? "{}");
  const { group = "", link = "" } = /** @type {{ group?: string, link?: string }} */ (read);
  return { to: query.get("To") ?? "", group, link };
}
