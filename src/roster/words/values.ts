/** Values of the right kind that are wrong nevertheless: what is said about them. */

import { quote, unsafeCharacter } from "../../text/clean";
import type { Code } from "./codes";
import { type IssueContext, shown, subject, type Words } from "./describe";
import { numberHint } from "./number-hint";

export function badDate(context: IssueContext): Words {
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
  return { code: "wrong-value", message, hint: "Write a whole number from 0 to 1000, without quotes." };
}
