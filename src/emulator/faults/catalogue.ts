import type { Fault } from "./strike";
import { refusals } from "./refusals";

/**
 * All faults by name. The table is the behaviour and the documentation: `docs/emulator.md` is generated from it.
 */
const all = { ...refusals } as const;

export type FaultName = keyof typeof all;

export const catalogue: Readonly<Record<FaultName, Fault>> = all;

export const faultNames = Object.keys(all) as [FaultName, ...FaultName[]];

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(all, name);
}
