/** The local CAMS as a process of its own, so that it survives whatever is killed and takes no time from what is measured. */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { controlOf } from "./control.mjs";
import { killTree, start } from "./processes.mjs";

const LISTENING = /listening on (http:\/\/127\.0\.0\.1:\d+)/;

/**
 * @param {string} dist the compiled program
 * @param {string} seed a file
 * @param {readonly string[]} options of `rollcall emulator`
 */
export async function startCams(dist, seed, options = []) {
  const server = start([join(dist, "cli/main.js"), "emulator", "--port", "0", "--seed", seed, ...options]);
  /** @type {string} */
  const url = await new Promise((ready, failed) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      const found = LISTENING.exec(line)?.[1];
      if (found !== undefined) ready(found);
    });
    void server.ended.then(({ all }) => failed(new Error(`the local CAMS did not start:\n${all}`)));
  });
  const stop = async () => {
    killTree(server.pid);
    await server.ended;
  };
  return { ...controlOf(url), stop };
}
