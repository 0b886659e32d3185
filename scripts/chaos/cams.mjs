/** The local CAMS as a process of its own, so that it survives whatever is killed, and its control. */
import { join } from "node:path";
import { createInterface } from "node:readline";
import { killTree, start } from "./processes.mjs";

const LISTENING = /listening on (http:\/\/127\.0\.0\.1:\d+)/;

/** @param {string} dist the compiled program @param {string} seed a file */
export async function startCams(dist, seed) {
  const server = start([join(dist, "cli/main.js"), "emulator", "--port", "0", "--seed", seed]);
  const url = await new Promise((ready, failed) => {
    createInterface({ input: server.stdout }).on(
      "line",
      (line) => LISTENING.test(line) && ready(LISTENING.exec(line)[1]),
    );
    void server.ended.then(({ all }) => failed(new Error(`the local CAMS did not start:\n${all}`)));
  });

  const control = async (method, path, body) => {
    const answer = await fetch(`${url}/_emulator/${path}`, { method, body: body && JSON.stringify(body) });
    const json = await answer.json();
    if (!answer.ok && answer.status !== 409) throw new Error(`${method} ${path}: ${answer.status} ${json.error}`);
    return json;
  };
  return {
    url,
    calls: () => control("GET", "calls"),
    /** Every group by its id, as the state shows it. */
    groups: async () => {
      const { businessNumbers } = await control("GET", "state");
      const groups = Object.values(businessNumbers).flatMap((business) => business.groups);
      return new Map(groups.map((group) => [group.groupId, group]));
    },
    join: (group, number) => control("POST", `groups/${group}/join`, { number }),
    activate: (group) => control("POST", `groups/${group}/status`, { status: "ACTIVE" }),
    faults: async () => (await control("GET", "faults")).faults,
    arm: (fault) => control("POST", "faults", fault),
    disarm: () => control("DELETE", "faults"),
    stop: async () => {
      killTree(server.pid);
      await server.ended;
    },
  };
}
