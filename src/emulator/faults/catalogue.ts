import { changes } from "./changes";
import { creations } from "./creations";
import { groupFaults } from "./groups";
import { listingFaults } from "./listings";
import { messageListings } from "./message-listings";
import { messageFaults } from "./messages";
import { refusals } from "./refusals";
import { removals } from "./removals";
import type { Fault } from "./strike";
import { throttling } from "./throttling";
import { transport } from "./transport";

/**
 * All faults by name. The table is the behaviour and the documentation: `docs/emulator.md` is generated from it.
 */
const all = {
  ...refusals,
  ...throttling,
  ...transport,
  ...removals,
  ...creations,
  ...changes,
  ...listingFaults,
  ...groupFaults,
  ...messageFaults,
  ...messageListings,
} as const;

export type FaultName = keyof typeof all;

export const catalogue: Readonly<Record<FaultName, Fault>> = all;

export const faultNames = Object.keys(all) as [FaultName, ...FaultName[]];

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(all, name);
}
