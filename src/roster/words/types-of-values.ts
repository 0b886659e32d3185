/** Values of the wrong kind, and numbers without quotes: what is said about them. */

import { clean } from "../../text/clean";
import { type IssueContext, shown, subject, type Words } from "./describe";
import { isMapping } from "../yaml/raw";
import { badDate, wholeNumber } from "./values";
import { EXAMPLES } from "./keys";

const REQUIRED: ReadonlySet<string> = new Set(["group", "number", "name", "person"]);

const DAYS: readonly unknown[] = ["until", "offboarded", "consent"];
const isDay = (key: string | number | undefined): boolean => DAYS.includes(key);

export function unquoted(source: string, context: IssueContext): Words {
  const last = context.path.at(-1);
  if (isDay(last)) return badDate(context);
  const list = context.path.findLast((step) => typeof step === "string");
  const isPhone =
    last === "number" ||
    list === "protect" ||
    list === "formerly" ||
    (context.kind === "releases" && list === "people");
  const text = isPhone && !source.startsWith("+") ? `+${source}` : source;
  return {
    code: "unquoted-number",
    message: `${subject(context)} is a number without quotes, which YAML may change: ${clean(source).slice(0, 60)}.`,
    hint: `Write "${clean(text).slice(0, 60)}" in quotes.`,
  };
}

export function wrongType(expected: string, context: IssueContext): Words {
  const { found, path } = context;
  if (isDay(path.at(-1))) return badDate(context);
  if (expected === "string" && typeof found === "number") return unquoted(String(found), context);
  const code = "wrong-type";
  const message = `${subject(context)} is ${shown(found)}.`;
  const hint = hintFor(expected, context);
  return { code, message, hint };
}

function hintFor(expected: string, { kind, path, found }: IssueContext): string {
  const key = String(path.at(-1) ?? "");
  if (path.length === 0) return `The file must start with \`${EXAMPLES[kind === "roster" ? "group" : kind] ?? ""}\`.`;
  switch (expected) {
    case "array":
      if (isMapping(found)) return `Write a list: each entry of \`${key}\` starts with a dash.`;
      return found === null
        ? `Write \`${key}: []\`, or delete the key.`
        : `Write a list: \`${key}: [${inList(found)}]\`.`;
    case "record":
      return `Write \`${key}: {}\`, or keys with their values indented under it.`;
    case "object":
      if (kind === "roster" && typeof found === "string") {
        return found.startsWith("+")
          ? `Write \`- number: "${short(found)}"\` and a name.`
          : `Write \`- person: ${short(found)}\`.`;
      }
      return "Write its keys and values, indented under it.";
    case "string":
      if (found === null) return REQUIRED.has(key) ? "Write its text." : "Write its text, or delete the key.";
      return typeof found === "boolean" ? `Write "${String(found)}" in quotes, if it is meant as text.` : "Write text.";
    case "boolean":
      return "Write true or false, without quotes.";
    default:
      return wholeNumber(key);
  }
}

const inList = (found: unknown): string => (typeof found === "string" ? short(found) : "…");

const short = (text: string): string => clean(text).slice(0, 60);
