/** What a fault of shape is called, how it is told, and what to do about it. */

import type { z } from "zod";
import { clean, quote, unsafeCharacter } from "./clean";
import { CODES, type Code } from "./codes";
import { didYouMean } from "./nearest";
import { isMapping } from "./raw";
import { type Kind, SHAPES } from "./shape";

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

export function wordsOf(issue: z.core.$ZodIssue, context: IssueContext): Words {
  if (issue.code === "unrecognized_keys") return unknownKey(context.key ?? "", context);
  if (context.found === undefined) return missingKey(context);
  const wantsNumber = issue.code === "invalid_type" && (issue.expected === "number" || issue.expected === "int");
  if (typeof context.found === "symbol") {
    return wantsNumber ? outOfRange(context) : unquoted(context.found.description ?? "", context);
  }
  if (issue.code === "invalid_type") return wrongType(issue.expected, context);
  if (issue.code === "invalid_value") {
    const allowed = issue.values.map((value) => String(value)).join(" or ");
    return {
      code: "wrong-value",
      message: `${subject(context)} is ${shown(context.found)}.`,
      hint: `Write ${allowed}.`,
    };
  }
  const code = issue.code === "invalid_key" ? "bad-key" : codeIn(issue.message);
  return byCode[code]?.(context) ?? outOfRange(context);
}

const codeIn = (message: string): Code => CODES.find((code) => code === message) ?? "wrong-value";

/** The last key of the path, in quotes: `"until"`, or `An item of "include"`. */
function subject({ path }: IssueContext): string {
  const last = path.at(-1);
  if (typeof last === "string") return quote(last);
  const list = path.findLast((step) => typeof step === "string");
  return list === undefined ? "The file" : `Item ${Number(last) + 1} of ${quote(list)}`;
}

function shown(value: unknown): string {
  if (value === null) return "empty";
  if (typeof value === "string") return `the text ${quote(value)}`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `the value ${String(value)}`;
  if (typeof value === "symbol") return `the number ${clean(value.description ?? "")}`;
  return Array.isArray(value) ? "a list" : "a mapping of keys to values";
}

function unknownKey(key: string, { kind, path, found }: IssueContext): Words {
  if (path.length === 0 && kind === "roster" && ["people", "sets", "releases"].includes(key)) {
    const message = `A roster has no key "${key}".`;
    return { code: "unknown-key", message, hint: `Write it in ${key}.yaml at the top of the stack's folder.` };
  }
  const inMember = kind === "roster" && path[0] === "members";
  if (inMember && (key === "number" || key === "name") && isMapping(found) && "person" in found) {
    const message = `The member has both "person" and "${key}".`;
    const hint = `Delete one: number and name of ${quote(String(found.person))} come from people.yaml.`;
    return { code: "conflicting-keys", message, hint };
  }
  const known = keysAt(kind, path);
  return {
    code: "unknown-key",
    message: `The key ${quote(key)} is not known here.`,
    hint: didYouMean(key, known, `Known keys: ${known.join(", ")}.`),
  };
}

/** The keys that the shape knows at a path. */
function keysAt(kind: Kind, path: readonly (string | number)[]): string[] {
  if (path.length === 0) return Object.keys(SHAPES[kind].shape);
  if (kind === "roster") return ["person", "number", "name", "until", "reason"];
  if (kind === "people") return Object.keys(SHAPES.people.shape.people.valueType.shape);
  if (kind === "sets") return Object.keys(SHAPES.sets.shape.sets.valueType.shape);
  return Object.keys(SHAPES.releases.shape.releases.element.shape);
}

function missingKey({ kind, path, parent }: IssueContext): Words {
  const key = String(path.at(-1) ?? "");
  const example = kind === "releases" && key === "people" ? "people: [ana]" : (EXAMPLES[key] ?? `${key}: …`);
  if (kind === "roster" && key === "person") {
    const hint = "Write `person:` with a key of people.yaml, or `number:` and `name:`.";
    return { code: "missing-key", message: "The member has neither person nor number.", hint };
  }
  const of = path.length > 1 && !isMapping(parent) ? "" : path.length > 1 ? ` of ${place(path)}` : "";
  return { code: "missing-key", message: `The key "${key}"${of} is missing.`, hint: `Add \`${example}\`.` };
}

const place = (path: readonly (string | number)[]): string => {
  const above = path.at(-2);
  return typeof above === "string" ? quote(above) : `item ${Number(above) + 1} of ${quote(String(path.at(-3)))}`;
};

const REQUIRED: ReadonlySet<string> = new Set(["group", "number", "name", "person"]);

const EXAMPLES: Readonly<Record<string, string>> = {
  group: "group: EA93UU0042",
  number: 'number: "+62 812-3456-7890"',
  name: "name: Ana",
  people: "people: {}",
  sets: "sets: {}",
  releases: "releases: []",
  until: "until: 2027-01-31",
};

function unquoted(source: string, context: IssueContext): Words {
  const last = context.path.at(-1);
  if (last === "until" || last === "offboarded") return badDate(context);
  const list = context.path.findLast((step) => typeof step === "string");
  const isPhone = last === "number" || list === "protect" || (context.kind === "releases" && list === "people");
  const text = isPhone && !source.startsWith("+") ? `+${source}` : source;
  return {
    code: "unquoted-number",
    message: `${subject(context)} is a number without quotes, which YAML may change: ${clean(source).slice(0, 60)}.`,
    hint: `Write "${clean(text).slice(0, 60)}" in quotes.`,
  };
}

function wrongType(expected: string, context: IssueContext): Words {
  const { found, path } = context;
  const last = path.at(-1);
  if (last === "until" || last === "offboarded") return badDate(context);
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
          ? `Write \`- number: "${clean(found)}"\` and a name.`
          : `Write \`- person: ${clean(found)}\`.`;
      }
      return "Write its keys and values, indented under it.";
    case "string":
      if (found === null) return REQUIRED.has(key) ? "Write its text." : "Write its text, or delete the key.";
      return typeof found === "boolean" ? `Write "${String(found)}" in quotes, if it is meant as text.` : "Write text.";
    case "boolean":
      return "Write true or false, without quotes.";
    default:
      return "Write a whole number from 0 to 1000, without quotes.";
  }
}

const inList = (found: unknown): string => (typeof found === "string" ? clean(found).slice(0, 60) : "…");

function badDate(context: IssueContext): Words {
  const { found } = context;
  const value = found === null ? "empty" : `${shown(found)}, which is no day`;
  return {
    code: "bad-date",
    message: `${subject(context)} is ${value}.`,
    hint: "Write year, month and day: 2027-01-31.",
  };
}

function badText(context: IssueContext): Words {
  const text = typeof context.found === "string" ? context.found : "";
  const character = unsafeCharacter(text);
  if (character !== undefined) {
    const message = `${subject(context)} has the character ${character}, which cannot be seen or moves text: ${quote(text)}.`;
    return { code: "bad-text", message, hint: "Delete the character; text is one line." };
  }
  if (text.trim() === "") {
    return { code: "bad-text", message: `${subject(context)} is blank.`, hint: "Write its text." };
  }
  const most = context.path.at(-1) === "name" ? 100 : 300;
  const message = `${subject(context)} has ${text.length} characters, more than the limit of ${most}.`;
  return { code: "bad-text", message, hint: "Shorten it." };
}

function badNumber(context: IssueContext): Words {
  const text = typeof context.found === "string" ? context.found : "";
  const message = `${subject(context)} is not a number in international form: ${quote(text)}.`;
  return { code: "bad-number", message, hint: numberHint(text) };
}

/** What to do about a number of the wrong form. */
export function numberHint(text: string): string {
  const foreign = /[^0-9 +().-]/u.exec(text)?.[0];
  if (foreign !== undefined)
    return `Delete ${quote(foreign)}: only +, digits, spaces, dashes, dots and brackets may be in it.`;
  const digits = text.replace(/[^0-9]/g, "");
  if (digits.startsWith("00")) return `Write "+${digits.slice(2)}": the country code follows the plus at once.`;
  if (digits.startsWith("0"))
    return 'Write plus and country code instead of the leading zero, such as "+62 812-3456-7890".';
  if (digits.length > 7 && !text.startsWith("+")) return `Write "+${digits}" if that starts with the country code.`;
  return 'Write it with plus and country code, such as "+62 812-3456-7890".';
}

const byCode: Partial<Record<Code, (context: IssueContext) => Words>> = {
  "bad-date": badDate,
  "bad-text": badText,
  "bad-number": badNumber,
  "bad-key": (context) => {
    const key = typeof context.found === "string" ? context.found : String(context.path.at(-1));
    const plus = key.startsWith("+") && context.kind === "roster";
    return {
      code: "bad-key",
      message: `${quote(key)} cannot be the key of a person or a set.`,
      hint: plus
        ? "Write the key of people.yaml; a number stands under members, as `number:` with a name."
        : "Use up to 64 letters, digits, dots, dashes and underscores, starting with a letter or digit.",
    };
  },
  "bad-group": (context) => ({
    code: "bad-group",
    message: `${subject(context)} is ${shown(context.found)}, which cannot be an id of CAMS.`,
    hint: "Copy it as the console of CAMS shows it, such as EA93UU0042: no spaces, at most 128 characters.",
  }),
  "empty-list": (context) => ({
    code: "empty-list",
    message: `${subject(context)} is an empty list.`,
    hint: context.path.at(-1) === "groups" ? "Name rosters, or delete the key to mean all." : "Name at least one.",
  }),
};

function outOfRange(context: IssueContext): Words {
  const message = `${subject(context)} is ${shown(context.found)}.`;
  return { code: "wrong-value", message, hint: "Write a whole number from 0 to 1000, without quotes." };
}
