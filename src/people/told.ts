/** What an import does with each person, and what it leaves as it is. */

import type { Day } from "./types";

/** One thing that is told of a person. `byHand`: it replaces what was written by hand since the last import. */
export type Fact =
  | { readonly kind: "added"; readonly number: string }
  /** An entry without id, with the same number, that becomes the record's. */
  | { readonly kind: "adopted"; readonly number: string }
  | { readonly kind: "name"; readonly from: string; readonly to: string; readonly byHand: boolean }
  | { readonly kind: "number"; readonly from: string; readonly to: string; readonly byHand: boolean }
  | { readonly kind: "offboarded"; readonly day: Day; readonly why: "left" | "missing"; readonly byHand: boolean }
  /** The table has them again, so the day on which they left is taken out. */
  | { readonly kind: "back" }
  | { readonly kind: "consent"; readonly from: Day | undefined; readonly to: Day | undefined; readonly byHand: boolean }
  /** The file says something else than the table, by hand, and keeps it. `source`: what the table says. */
  | { readonly kind: "kept"; readonly field: "name" | "number" | "offboarded" | "consent"; readonly source: string };

export interface Told {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  /** At least one. */
  readonly facts: readonly Fact[];
}

/** A record of the table that gets no entry. */
export interface LeftOut {
  readonly id: string;
  readonly name: string;
  readonly why: "no number" | "left already" | "deleted by hand";
}

/** Whether a fact changes people.yaml. */
export const isChange = ({ kind }: Fact): boolean => kind !== "kept";
