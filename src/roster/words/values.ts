/** Values of the right kind that are wrong nevertheless: what is said about them. */

import { cleanNumber, hasMark, isBlank, quote, unsafeCharacter } from "../../text/clean";
import { nameCharacter } from "../../text/characters";
import { MOST_CHARACTERS } from "../../cams/limits";
import { LONGEST_ID, MOST } from "../check/shape";
import type { Code } from "./codes";
import { type IssueContext, shown, subject, type Words } from "./describe";
import { numberHint } from "./number-hint";

export function badDate(context: IssueContext): Words {
  const { found } = context;
  const value = found === null ? "empty" : `${shown(found)}, which is no day`;
  return {
    code: "bad-date",
    message: `${subject(context)} is ${value}.`,
    hint:
      context.path.at(-1) === "consent"
        ? "Write the day on which they agreed, such as 2026-05-01, or delete the key if they did not."
        : "Write year, month and day: 2027-01-31.",
  };
}

/** Most characters of a text, by its key. */
const LONGEST: Readonly<Record<string, number>> = { name: 100, id: LONGEST_ID, ...MOST_CHARACTERS };

function badText(context: IssueContext): Words {
  const text = typeof context.found === "string" ? context.found : "";
  const key = String(context.path.at(-1));
  const hasLines = key === "description";
  const character = unsafeCharacter(hasLines ? text.replaceAll("\n", "") : text);
  if (character !== undefined) {
    const message = `${subject(context)} has the character ${character}, which cannot be seen or moves text: ${quote(text)}.`;
    return { code: "bad-text", message, hint: `Delete the character${hasLines ? "" : "; text is one line"}.` };
  }
  if (!hasLines && isBlank(text)) {
    const what = text.trim() === "" ? "is blank" : `looks blank: it is ${nameCharacter(text.trim())}`;
    return { code: "bad-text", message: `${subject(context)} ${what}.`, hint: "Write its text." };
  }
  if (hasMark(text)) {
    const message = `${subject(context)} has "<", "{" and "%" in a row, which Pulumi's terminal takes for a colour and hides: ${quote(text)}.`;
    return { code: "bad-text", message, hint: "Write it without these three characters." };
  }
  const length = [...text].length;
  const most = LONGEST[key] ?? 300;
  if (length <= most) {
    const message = `${subject(context)} begins or ends with a blank: ${quote(text)}.`;
    return { code: "bad-text", message, hint: "Delete the blank: WhatsApp does not keep it." };
  }
  const message = `${subject(context)} has ${length} characters, more than the limit of ${most}.`;
  return { code: "bad-text", message, hint: "Shorten it." };
}

function badNumber(context: IssueContext): Words {
  const text = typeof context.found === "string" ? context.found : "";
  const message = `${subject(context)} is not a number in international form: ${quote(cleanNumber(text))}.`;
  return { code: "bad-number", message, hint: numberHint(text) };
}

/** By the code that stands with the check in shape.ts. */
export const byCode: Partial<Record<Code, (context: IssueContext) => Words>> = {
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

export function outOfRange(context: IssueContext): Words {
  const message = `${subject(context)} is ${shown(context.found)}.`;
  return { code: "wrong-value", message, hint: wholeNumber(String(context.path.at(-1))) };
}

/** The largest whole number of each key. */
const LARGEST: Readonly<Record<string, number>> = MOST;

export const wholeNumber = (key: string): string =>
  `Write a whole number from 0 to ${LARGEST[key] ?? MOST.maxRemovals}, without quotes.`;
