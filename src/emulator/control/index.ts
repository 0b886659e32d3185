import { isFaultName } from "../faults/catalogue";
import { stateOf } from "../seed";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";
import { changeNumberEverywhere } from "./change-number";
import { armFault, listFaults } from "./faults";
import { groupControl, groupVerbs } from "./groups";

export type { ControlAnswer, ControlParts } from "./answer";

export const controlPrefix = "/_emulator/";

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
  if (route === "POST groups" && rest.length === 2 && groupVerbs.includes(verb)) {
    return groupControl(parts, first, verb, body);
  }
  return failed(
    404,
    `There is no ${method} ${path}. There are GET state, GET|DELETE calls, GET|POST|DELETE faults, POST change-number and ` +
      `POST groups/<GroupId>/${groupVerbs.join("|")} under ${controlPrefix}.`,
  );
}
