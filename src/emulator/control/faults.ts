import { z } from "zod";
import { actionsWithNumber, armedSchema, type ArmedFault } from "../faults/armed";
import { catalogue, faultNames } from "../faults/catalogue";
import { failed, ok, type ControlAnswer, type ControlParts } from "./answer";

/** `GET /_emulator/faults`: the names with what they do, and what is armed. */
export function listFaults(parts: ControlParts): ControlAnswer {
  const faults = faultNames.map((name) => {
    const { summary, actions, value } = catalogue[name];
    return { name, summary, actions: actions ?? null, value: value ?? null };
  });
  return ok({ faults, armed: parts.faults.all() });
}

/** `POST /_emulator/faults`. */
export function armFault(parts: ControlParts, body: unknown): ControlAnswer {
  const armed = armedSchema.safeParse(body);
  if (!armed.success) {
    const wanted =
      '{"fault":"…","action":"…","groupId":"…","number":"628…","times":1,"afterMs":0,"value":…}, all but fault optional';
    return failed(400, `The body must read ${wanted}: ${z.prettifyError(armed.error)}`);
  }
  const impossible = impossibility(armed.data);
  if (impossible !== undefined) return failed(400, impossible);
  parts.faults.arm(armed.data);
  return ok({ armed: parts.faults.all() });
}

/** Why a fault could never strike; undefined when it can. */
function impossibility({ fault, action, number }: ArmedFault): string | undefined {
  const { actions } = catalogue[fault];
  if (action !== undefined && actions !== undefined && !actions.includes(action)) {
    return `The fault ${fault} can strike ${actions.join(", ")} only, not ${action}.`;
  }
  const struck = action === undefined ? (actions ?? actionsWithNumber) : [action];
  if (number === undefined || struck.some((one) => actionsWithNumber.includes(one))) return undefined;
  return `A fault with a number can strike ${actionsWithNumber.join(" and ")} only, not ${struck.join(", ")}.`;
}
