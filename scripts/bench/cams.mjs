/** The local CAMS, and the calls that it counts. */
import { startCams } from "../local/cams.mjs";

const LIST = "ListChatGroupParticipants";
const DELETE = "DeleteChatGroupParticipants";

/**
 * @param {string} dist the compiled program
 * @param {string} seed a file
 * @param {{ latencyMs?: number, qps?: number }} [manner]
 */
export async function startBenchCams(dist, seed, { latencyMs = 0, qps } = {}) {
  const limits = ["--latency-ms", String(latencyMs), ...(qps === undefined ? [] : ["--qps", String(qps)])];
  const { url, control, stop } = await startCams(dist, seed, limits);
  return {
    url,
    stop,
    forget: () => control("DELETE", "calls"),
    calls: async () => countCalls(await control("GET", "calls"), latencyMs),
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
