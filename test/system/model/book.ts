import type { Digits } from "../../../src/membership/types";
/** How an attempt ended. */
export interface Ended {
  readonly at: number;
  readonly results: ReadonlyMap<Digits, unknown>;
}
