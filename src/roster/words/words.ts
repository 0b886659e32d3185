/** The code of a fault of shape, its message, and its hint. */

import type { z } from "zod";
import { CODES, type Code } from "./codes";
import { type IssueContext, shown, subject, type Words } from "./describe";
import { missingKey, unknownKey } from "./keys";
import { unquoted, wrongType } from "./types-of-values";
import { byCode, outOfRange } from "./values";

export function wordsOf(issue: z.core.$ZodIssue, context: IssueContext): Words {
  if (issue.code === "unrecognized_keys") return unknownKey(context.key ?? "", context);
  if (context.found === undefined) return missingKey(context);
  const wantsNumber = issue.code === "invalid_type" && (issue.expected === "number" || issue.expected === "int");
  if (typeof context.found === "symbol") {
    return wantsNumber ? outOfRange(context) : unquoted(context.found.description ?? "", context);
  }
  if (issue.code === "invalid_type") return wrongType(issue.expected, context);
  if (issue.code === "invalid_value") {
    const allowed = issue.values.map((value) => String(value));
    return {
      code: "wrong-value",
      message: `${subject(context)} is ${shown(context.found)}.`,
      hint: `Write ${[allowed.slice(0, -1).join(", "), ...allowed.slice(-1)].join(" or ")}.`,
    };
  }
  const code = issue.code === "invalid_key" ? "bad-key" : codeIn(issue.message);
  return byCode[code]?.(context) ?? outOfRange(context);
}

const codeIn = (message: string): Code => CODES.find((code) => code === message) ?? "wrong-value";
