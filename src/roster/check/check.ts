/** Value → faults of its shape: what zod says, at the place where a person would look. */

import type { z } from "zod";
import { BROKEN } from "../yaml/document";
import { type Fault, fault, keyAt, valueAt } from "../fault";
import { MAX_PROBLEMS } from "../limits";
import { nearest } from "../../text/nearest";
import { deep, isMapping } from "../yaml/raw";
import { type Kind, SHAPES } from "./shape";
import type { IssueContext } from "../words/describe";
import { wordsOf } from "../words/words";

type Issue = z.core.$ZodIssue;

export type Checked<K extends Kind> =
  | { readonly kind: "ok"; readonly value: z.output<(typeof SHAPES)[K]> }
  | { readonly kind: "invalid"; readonly faults: readonly Fault[] };

export function check<K extends Kind>(kind: K, file: string, value: unknown): Checked<K> {
  const result = SHAPES[kind].safeParse(value);
  if (result.success) return { kind: "ok", value: result.data as z.output<(typeof SHAPES)[K]> };
  const issues = result.error.issues.slice(0, MOST_ISSUES).flatMap((issue) => flatten(issue, value, []));
  return { kind: "invalid", faults: essential(issues, value).flatMap((issue) => faultsOf(kind, file, value, issue)) };
}

/** More than are shown of one file; what comes after them would only cost time. */
const MOST_ISSUES = 2 * MAX_PROBLEMS;

/** One issue for each value; and no key is missing where an unknown one is nearly it. */
function essential(issues: readonly Flat[], value: unknown): Flat[] {
  const told = new Set<string>();
  const unknown = new Map<string, string[]>();
  for (const { issue, path } of issues)
    if (issue.code === "unrecognized_keys") unknown.set(path.join("\0"), issue.keys);
  return issues.filter(({ issue, path }) => {
    if (issue.code === "unrecognized_keys") return true;
    const id = path.join("\0");
    if (told.has(id)) return false;
    told.add(id);
    if (deep(value, path) !== undefined) return true;
    const beside = unknown.get(path.slice(0, -1).join("\0")) ?? [];
    return nearest(String(path.at(-1)), beside) === undefined;
  });
}

interface Flat {
  readonly issue: Issue;
  readonly path: (string | number)[];
}

/** Of a union, the branch that the author meant. */
function flatten(issue: Issue, value: unknown, prefix: readonly PropertyKey[]): Flat[] {
  const path = [...prefix, ...issue.path].map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code !== "invalid_union") return [{ issue, path }];
  const entry = deep(value, path);
  const [byPerson = [], byNumber = []] = issue.errors;
  const meant =
    isMapping(entry) && !("person" in entry) && ("number" in entry || "name" in entry) ? byNumber : byPerson;
  return meant.flatMap((inner) => flatten(inner, value, path));
}

function faultsOf(kind: Kind, file: string, value: unknown, { issue, path }: Flat): Fault[] {
  if (path.some((_, length) => deep(value, path.slice(0, length + 1)) === BROKEN)) return [];
  const context: IssueContext = { kind, path, found: deep(value, path), parent: deep(value, path.slice(0, -1)) };
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, MOST_ISSUES).map((key) => {
      const { code, message, hint } = wordsOf(issue, { ...context, key });
      return fault(keyAt(file, ...path, key), code, message, hint);
    });
  }
  const { code, message, hint } = wordsOf(issue, context);
  const missing = context.found === undefined;
  const place =
    issue.code === "invalid_key" ? keyAt(file, ...path) : valueAt(file, ...(missing ? path.slice(0, -1) : path));
  return [fault(place, code, message, hint)];
}
