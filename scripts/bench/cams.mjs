/** The local CAMS as a process of its own, so that it takes no time from what is measured beside it. */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { killTree, start } from "../chaos/processes.mjs";

const LISTENING = /listening on (http:\/\/127\.0\.0\.1:\d+)/;
const LIST = "ListChatGroupParticipants";
const DELETE = "DeleteChatGroupParticipants";

/**
 * @param {string} dist the compiled program
 * @param {string} seed a file
 * @param {{ latencyMs?: number, qps?: number }} [manner]
 */
export async function startCams(dist, seed, { latencyMs = 0, qps } = {}) {
  const limits = ["--latency-ms", String(latencyMs), ...(qps === undefined ? [] : ["--qps", String(qps)])];
  const server = start([join(dist, "cli/main.js"), "emulator", "--port", "0", "--seed", seed, ...limits]);
  const url = await new Promise((ready, failed) => {
    createInterface({ input: server.stdout }).on(
      "line",
      (line) => LISTENING.test(line) && ready(LISTENING.exec(line)[1]),
    );
    void server.ended.then(({ all }) => failed(new Error(`the local CAMS did not start:\n${all}`)));
  });
  const ask = async (method) => (await fetch(`${url}/_emulator/calls`, { method })).json();
  return {
    url,
    forget: () => ask("DELETE"),
    calls: async () => countCalls(await ask("GET"), latencyMs),
    stop: async () => {
      killTree(server.pid);
      await server.ended;
    },
  };
}

/** Calls by kind, and how long they took from the first that came in to the answer to the last. */
export function countCalls(calls, latencyMs) {
  const at = calls.map((call) => Date.parse(call.at));
  const throttled = calls.filter(({ code }) => code.startsWith("Throttling")).length;
  return {
    lists: calls.filter(({ action, code }) => action === LIST && code === "OK").length,
    deletes: calls.filter(({ action }) => action === DELETE).length,
    throttled,
    others: calls.filter(({ action }) => action !== LIST && action !== DELETE).length,
    failed: calls.filter(({ code }) => code !== "OK").length - throttled,
    seconds: at.length === 0 ? 0 : (Math.max(...last(at)) - at[0] + latencyMs) / 1_000,
  };
}

/** `at` is in order but for calls of one moment. */
const last = (at) => at.slice(-100);
