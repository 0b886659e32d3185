/** The local CAMS of the demo, `rollcall emulator`, on a free port; it ends with a signal, on every system. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { controlOf } from "../local/control.mjs";

/** @param {string} rollcall the compiled command line @param {string} seed a file */
export async function startCams(rollcall, seed) {
  const child = spawn(process.execPath, [rollcall, "emulator", "--port", "0", "--seed", seed], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  /** @type {unknown[]} */
  const said = await Promise.race([once(lines, "line"), ended]);
  const [line] = said;
  const url = typeof line === "string" ? /http:\/\/\S+/.exec(line)?.[0] : undefined;
  if (url === undefined) throw new Error("the local CAMS did not start");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { ...controlOf(url), stop };
}
