/** The local CAMS, and the calls that it counts. */
import { startCams } from "../local/cams.mjs";

/**
 * @import { Calls } from "./result.js"
 * @typedef {Awaited<ReturnType<typeof startBenchCams>>} BenchCams
 */

const LIST = "ListChatGroupParticipants";
const LIST_GROUPS = "ListChatGroup";
const DELETE = "DeleteChatGroupParticipants";
const SEND = "SendChatappMessage";
const LIST_MESSAGES = "ListChatappMessage";

/**
 * @param {string} dist the compiled program
 * @param {string} seed a file
 * @param {{ latencyMs?: number, qps?: number }} [manner]
 */
export async function startBenchCams(dist, seed, { latencyMs = 0, qps } = {}) {
  const limits = ["--latency-ms", String(latencyMs), ...(qps === undefined ? [] : ["--qps", String(qps)])];
  const { url, calls, control, stop } = await startCams(dist, seed, limits);
  return {
    url,
    stop,
    forget: () => control("DELETE", "calls"),
    calls: async () => countCalls(await calls(), latencyMs),
  };
}

/**
 * Calls by kind, and how long they took from the first that came in to the answer to the last.
 * @param {readonly import("../local/control.mjs").Call[]} calls @param {number} latencyMs
 * @returns {Calls}
 */
export function countCalls(calls, latencyMs) {
  const at = calls.map((call) => Date.parse(call.at));
  const [first] = at;
  const throttled = calls.filter(({ code }) => code.startsWith("Throttling")).length;
  return {
    lists: calls.filter(({ action, code }) => action === LIST && code === "OK").length,
    groupLists: calls.filter(({ action, code }) => action === LIST_GROUPS && code === "OK").length,
    deletes: calls.filter(({ action }) => action === DELETE).length,
    sends: calls.filter(({ action }) => action === SEND).length,
    messageLists: calls.filter(({ action, code }) => action === LIST_MESSAGES && code === "OK").length,
    throttled,
    others: calls.filter(({ action }) => ![LIST, LIST_GROUPS, DELETE, SEND, LIST_MESSAGES].includes(action)).length,
    failed: calls.filter(({ code }) => code !== "OK").length - throttled,
    // In order but for calls of one moment.
    seconds: first === undefined ? 0 : (Math.max(...at.slice(-100)) - first + latencyMs) / 1_000,
  };
}
