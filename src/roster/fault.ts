/** A problem before its place is known by line and column; `locate.ts` turns faults into problems. */

import type { Code } from "./words/codes";

/** Keys and positions in lists that lead from the top of a file to a value. */
export type Path = readonly (string | number)[];

export type Place =
  /** A value, or the key that it stands under, found by its path. */
  | { readonly file: string; readonly path: Path; readonly at: "key" | "value" }
  /** A piece of the text, in UTF-16 code units. */
  | { readonly file: string; readonly offset: number; readonly length: number };

export interface Fault {
  readonly place: Place;
  readonly code: Code;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint: string;
  /** Of two that may not both be, the one that was first. */
  readonly first?: Place | undefined;
}

export const fault = (place: Place, code: Code, message: string, hint: string, first?: Place): Fault => ({
  place,
  code,
  severity: "error",
  message,
  hint,
  first,
});

export const warning = (place: Place, code: Code, message: string, hint: string): Fault => ({
  place,
  code,
  severity: "warning",
  message,
  hint,
});

export const valueAt = (file: string, ...path: Path): Place => ({ file, path, at: "value" });
export const keyAt = (file: string, ...path: Path): Place => ({ file, path, at: "key" });

/** The whole file: its first line. */
export const fileAt = (file: string): Place => ({ file, offset: 0, length: 0 });
