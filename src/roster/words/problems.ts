/**
 * Problems for people, for annotations of GitHub's pull requests, and for programs. Messages and hints come cleaned;
 * lines of files and names of files do not, and are cleaned here.
 */

import { clean } from "../../text/clean";
import { paint } from "../../text/paint";
import { plural } from "../../text/plural";
import { width } from "../../text/width";
import type { Problem } from "../types";

export type Format = "text" | "github" | "json";

export interface RenderOptions {
  /** Colours for a terminal; text form only. Default: none. */
  readonly colour?: boolean;
}

export function renderProblems(problems: readonly Problem[], format: Format, options: RenderOptions = {}): string {
  switch (format) {
    case "text":
      return problems.map((problem) => textOf(problem, options.colour === true)).join("\n");
    case "github":
      return problems.map(annotation).join("");
    case "json":
      return `${JSON.stringify({ problems: problems.map(record) }, undefined, 2)}\n`;
  }
}

/** The text form without colours: for messages of other programs. */
export const describeProblems = (problems: readonly Problem[]): string => renderProblems(problems, "text");

/** `2 errors and 1 warning in 2 files`. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const files = new Set(problems.map(({ file }) => file)).size;
  const parts = [errors > 0 ? plural(errors, "error") : "", warnings > 0 ? plural(warnings, "warning") : ""];
  return `${parts.filter((part) => part !== "").join(" and ")} in ${plural(files, "file")}`;
}

/** The first line alone says what is wrong, where, and what to do. */
function textOf(problem: Problem, colour: boolean): string {
  const { file, line, column, severity, code, message, hint, excerpt } = problem;
  const painted = (text: string) => paint(text, severity === "error" ? "red" : "yellow", colour);
  const place = paint(`${clean(file)}:${line}:${column}`, "bold", colour);
  const head = `${place} ${painted(`${severity} ${code}`)}: ${clean(message)} ${clean(hint)}\n`;
  if (excerpt === undefined) return head;
  const margin = " ".repeat(String(line).length);
  const before = visible(excerpt.text.slice(0, excerpt.caret));
  const wrong = visible(excerpt.text.slice(excerpt.caret, excerpt.caret + excerpt.length));
  const after = visible(excerpt.text.slice(excerpt.caret + excerpt.length));
  const caret = " ".repeat(width(before)) + painted("^".repeat(Math.max(1, width(wrong))));
  return `${head}  ${line} | ${before}${wrong}${after}\n  ${margin} | ${caret}\n`;
}

/** Tabs become one space, so that the caret stands right under its sign. */
const visible = (text: string): string => clean(text.replace(/\t/g, " "));

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message */
function annotation({ file, line, column, severity, code, message, hint }: Problem): string {
  const properties = { file, line: String(line), col: String(column), title: code };
  const shown = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(clean(value))}`);
  return `::${severity} ${shown.join(",")}::${escapeData(`${clean(message)} ${clean(hint)}`)}\n`;
}

const escapeData = (text: string): string => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");

/** The contract's fields, and the severity. */
const record = ({ file, line, column, code, severity, message, hint }: Problem) => ({
  file,
  line,
  column,
  code,
  severity,
  message,
  hint,
});
