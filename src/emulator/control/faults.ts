import { z } from "zod";
import { armedSchema } from "../faults/armed";
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
    const wanted = '{"fault":"…","action":"…","groupId":"…","times":1,"afterMs":0,"value":…}, all but fault optional';
    return failed(400, `The body must read ${wanted}: ${z.prettifyError(armed.error)}`);
  }
  const { actions } = catalogue[armed.data.fault];
  if (armed.data.action !== undefined && actions !== undefined && !actions.includes(armed.data.action)) {
    return failed(
      400,
      `The fault ${armed.data.fault} can strike ${actions.join(", ")} only, not ${armed.data.action}.`,
    );
  }
  parts.faults.arm(armed.data);
  return ok({ armed: parts.faults.all() });
}
