/** The local CAMS as a process of its own, so that it survives whatever is killed and takes no time from what is measured. */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { killTree, start } from "./processes.mjs";

const LISTENING = /listening on (http:\/\/127\.0\.0\.1:\d+)/;

/**
 * @param {string} dist the compiled program
 * @param {string} seed a file
 * @param {readonly string[]} options of `rollcall emulator`
 */
export async function startCams(dist, seed, options = []) {
  const server = start([join(dist, "cli/main.js"), "emulator", "--port", "0", "--seed", seed, ...options]);
  const url = await new Promise((ready, failed) => {
    createInterface({ input: server.stdout }).on(
      "line",
      (line) => LISTENING.test(line) && ready(LISTENING.exec(line)[1]),
    );
    void server.ended.then(({ all }) => failed(new Error(`the local CAMS did not start:\n${all}`)));
  });
  return {
    url,
    /** Asks its control interface. A conflict (409) is an answer like others. */
    control: async (method, path, body) => {
      const answer = await fetch(`${url}/_emulator/${path}`, { method, body: body && JSON.stringify(body) });
      const json = await answer.json();
      if (!answer.ok && answer.status !== 409) throw new Error(`${method} ${path}: ${answer.status} ${json.error}`);
      return json;
    },
    stop: async () => {
      killTree(server.pid);
      await server.ended;
    },
  };
}
