/**
 * The way to the local CAMS, which notes when a removal is sent over it and by which run, also by one that is long over.
 * Runs are told apart by a header that is put into their requests (tag-requests.cjs).
 */
import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";

const REMOVAL = "DeleteChatGroupParticipants";
const TAG = /^x-chaos-run: (\d+)/m;
const TAGS = fileURLToPath(new URL("tag-requests.cjs", import.meta.url));

/** What makes all requests of a run bear its number. */
export const tagged = (run) => ({ NODE_OPTIONS: `--require ${JSON.stringify(TAGS)}`, CHAOS_RUN: `${run}` });

/** @param {string} url of the local CAMS */
export async function openWire(url) {
  const { hostname, port } = new URL(url);
  const removals = new Map();
  const sockets = new Set();
  const note = (text) => {
    if (!text.includes(REMOVAL)) return;
    const run = Number(TAG.exec(text)?.[1]);
    removals.set(run, [...(removals.get(run) ?? []), Date.now()]);
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on("data", (chunk) => note(chunk.toString("latin1")));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.resetAndDestroy());
      one.on("close", () => (sockets.delete(one), other.destroy()));
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** When a run sent removals, in milliseconds. */
    removalsOf: (run) => removals.get(run) ?? [],
    /** How many removals each run sent; `NaN` stands for a run that is not known. */
    counts: () => [...removals].map(([run, { length }]) => [run, length]),
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}
