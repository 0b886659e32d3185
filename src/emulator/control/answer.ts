import type { CallLog } from "../calls";
import type { ArmedFaults } from "../faults/armed";
import type { World } from "../groups/world";

/** What the control endpoints work on. */
export interface ControlParts {
  readonly world: World;
  readonly calls: CallLog;
  readonly faults: ArmedFaults;
  readonly clock: () => number;
}

export interface ControlAnswer {
  readonly status: number;
  readonly json: unknown;
}

export function ok(json: unknown): ControlAnswer {
  return { status: 200, json };
}

export function failed(status: number, error: string, more: Readonly<Record<string, unknown>> = {}): ControlAnswer {
  return { status, json: { error, ...more } };
}
