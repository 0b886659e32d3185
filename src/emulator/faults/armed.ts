import { z } from "zod";
import { digits } from "../groups/types";
import { actions } from "../operations/index";
import { catalogue, type FaultName, faultNames } from "./catalogue";
import type { Fault } from "./strike";

/** What `POST /_emulator/faults` takes. */
export const armedSchema = z.strictObject({
  fault: z.enum(faultNames),
  action: z.enum(actions).optional(),
  groupId: z.string().min(1).optional(),
  /** The person whom a call is about: To of a message, UserNumber of a list of messages. */
  number: z.string().regex(digits, "must be 5 to 15 digits with the country code, without plus").optional(),
  times: z.int().min(1).default(1),
  afterMs: z.int().min(0).max(600_000).default(0),
  value: z.union([z.string(), z.int().min(0)]).optional(),
});

export type ArmedFault = z.output<typeof armedSchema>;

/** The parameter that holds one person's number, of the operations that have one. */
const numberParameters: Readonly<Record<string, string>> = {
  SendChatappMessage: "To",
  ListChatappMessage: "UserNumber",
};

/** The operations that a fault for one number can strike. */
export const actionsWithNumber: readonly string[] = Object.keys(numberParameters);

/** The faults that wait for their call, first armed first. One call is struck by one fault at most. */
export class ArmedFaults {
  /** Grows with every change, so that who stores the faults knows when to. */
  version = 0;
  private waiting: ArmedFault[] = [];

  arm(fault: ArmedFault): void {
    this.waiting.push({ ...fault });
    this.version++;
  }

  /** The fault that strikes this call; it is used up by one. */
  take(action: string, params: ReadonlyMap<string, string>): ArmedFault | undefined {
    const armed = this.waiting.find((candidate) => strikes(candidate, catalogue[candidate.fault], action, params));
    if (armed === undefined) return undefined;
    this.version++;
    armed.times--;
    if (armed.times === 0) this.waiting = this.waiting.filter((other) => other !== armed);
    return { ...armed };
  }

  all(): readonly ArmedFault[] {
    return this.waiting;
  }

  clear(name?: FaultName): void {
    this.waiting = name === undefined ? [] : this.waiting.filter((armed) => armed.fault !== name);
    this.version++;
  }
}

function strikes(armed: ArmedFault, fault: Fault, action: string, params: ReadonlyMap<string, string>): boolean {
  if (armed.action !== undefined && armed.action !== action) return false;
  if (fault.actions !== undefined && !fault.actions.includes(action)) return false;
  const number = params.get(numberParameters[action] ?? "");
  if (armed.number !== undefined && armed.number !== number) return false;
  const groupId = params.get("GroupId");
  const otherGroup = armed.groupId !== undefined && armed.groupId !== groupId;
  if (otherGroup && !(groupId === undefined && fault.changesGroup === true)) return false;
  return fault.laterPages !== true || pageIndex(params.get("Page")) > 1;
}

function pageIndex(page: string | undefined): number {
  const match = /"Index"\s*:\s*(\d+)/.exec(page ?? "");
  return Number(match?.[1] ?? 1);
}
