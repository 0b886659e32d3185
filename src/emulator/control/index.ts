import { isFaultName } from "../faults/catalogue";
import { stateOf } from "../seed";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";
import { changeNumberEverywhere } from "./change-number";
import { armFault, listFaults } from "./faults";
import { groupControl, groupVerbs } from "./groups";
import { inbox, inboxControl, inboxVerbs } from "./inbox";
import { changeTemplate } from "./templates";

export type { ControlAnswer, ControlParts } from "./answer";

export const controlPrefix = "/_emulator/";

/** What can be done to one thing by `POST <resource>/<name>/<verb>`; undefined: no such verb. */
const acts: Readonly<Record<string, typeof groupControl>> = {
  "POST groups": groupControl,
  "POST inbox": inboxControl,
};

/** The control endpoints, for demos and tests: no signature, no pace, no faults, not in the call log. */
export function control(parts: ControlParts, method: string, path: string, body: unknown): ControlAnswer {
  const [resource = "", ...rest] = path.slice(controlPrefix.length).split("/").map(decodeURIComponent);
  const route = `${method} ${resource}`;
  if (rest.length === 0) {
    switch (route) {
      case "GET state":
        return ok(stateOf(parts.world));
      case "GET calls":
        return ok(parts.calls.all());
      case "DELETE calls":
        parts.calls.clear();
        return ok([]);
      case "GET faults":
        return listFaults(parts);
      case "POST faults":
        return armFault(parts, body);
      case "DELETE faults":
        parts.faults.clear();
        return ok({ armed: [] });
      case "POST change-number":
        return changeNumberEverywhere(parts, body);
    }
  }
  const [first = "", verb = ""] = rest;
  if (route === "DELETE faults" && rest.length === 1 && isFaultName(first)) {
    parts.faults.clear(first);
    return ok({ armed: parts.faults.all() });
  }
  if (route === "GET inbox" && rest.length === 1) return inbox(parts, first);
  if (route === "POST templates" && rest.length === 1) return changeTemplate(parts, first, body);
  const act = rest.length === 2 ? acts[route] : undefined;
  const answer = act?.(parts, first, verb, body);
  if (answer !== undefined) return answer;
  return failed(
    404,
    `There is no ${method} ${path}. There are GET state, GET|DELETE calls, GET|POST|DELETE faults, POST change-number, ` +
      `POST groups/<GroupId>/${groupVerbs.join("|")}, GET inbox/<number>, POST inbox/<number>/${inboxVerbs.join("|")} ` +
      `and POST templates/<code> under ${controlPrefix}.`,
  );
}
