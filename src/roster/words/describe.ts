/** How faulty values are named in messages. */

import { clean, quote } from "../../text/clean";
import type { Code } from "./codes";
import type { Kind } from "../check/shape";

export interface IssueContext {
  readonly kind: Kind;
  readonly path: readonly (string | number)[];
  /** The faulty value; a symbol is a number without quotes. */
  readonly found: unknown;
  readonly parent: unknown;
  /** The unknown key, for `unrecognized_keys`. */
  readonly key?: string;
}

export interface Words {
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
}

/** The last key of the path, in quotes: `"until"`, or `An item of "include"`. */
export function subject({ path }: IssueContext): string {
  const last = path.at(-1);
  if (typeof last === "string") return quote(last);
  const list = path.findLast((step) => typeof step === "string");
  return list === undefined ? "The file" : `Item ${Number(last) + 1} of ${quote(list)}`;
}

export function shown(value: unknown): string {
  if (value === null) return "empty";
  if (typeof value === "string") return `the text ${quote(value)}`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `the value ${String(value)}`;
  if (typeof value === "symbol") return `the number ${clean(value.description ?? "")}`;
  return Array.isArray(value) ? "a list" : "a mapping of keys to values";
}
