import { nameCharacter } from "./characters";

/**
 * Characters that no name, reason or message may bring to a terminal or a report: controls and escapes, line ends,
 * characters without width, and characters that change the direction of writing. The joiners U+200C and U+200D are
 * allowed, because several scripts and emoji need them. It is a text of ranges, because the JSON Schemas use it, too.
 */
const UNSAFE =
  "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb";

/**
 * Characters that look like nothing, though they are no spaces: fillers, joiners, selectors of a form. They may be in a
 * text, but a text of nothing else looks blank.
 */
const BLANK = "\\s\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200c\\u200d\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0";

/** The start of a colour mark of Pulumi's terminal. An unknown mark makes the CLI panic, and the stack stays locked. */
const MARK = "<{%";
const NO_MARK = "(?![\\s\\S]*<\\{%)";

/** Text of safe characters only, at least one of which can be seen, and without marks of Pulumi's terminal. */
// eslint-disable-next-line no-misleading-character-class -- each character is meant by itself
export const SAFE_TEXT = new RegExp(`^${NO_MARK}[^${UNSAFE}]*[^${BLANK}${UNSAFE}][^${UNSAFE}]*$`);

/** Unsafe characters, and halves of characters (lone surrogates), which no request can carry. */
const UNSENT = `${UNSAFE}\\ud800-\\udfff`;

/**
 * Safe text of 1 to `most` characters, without blanks at its ends, because WhatsApp drops those. Here and in
 * `safeLines` characters are code points. The pattern itself counts them, because editors count UTF-16 code units for
 * the `maxLength` of a JSON Schema.
 */
export const safeTitle = (most: number): RegExp =>
  new RegExp(`^${NO_MARK}(?=[\\s\\S]*[^${BLANK}])[^\\s${UNSENT}](?:[^${UNSENT}]{0,${most - 2}}[^\\s${UNSENT}])?$`, "u");

/** Safe text of at most `most` characters. It may be empty, and may have several lines. */
export const safeLines = (most: number): RegExp => new RegExp(`^${NO_MARK}(?:[^${UNSENT}]|\\n){0,${most}}$`, "u");

const unsafe = new RegExp(`[${UNSAFE}]|\\p{Surrogate}`, "gu");

// eslint-disable-next-line no-misleading-character-class -- each character is meant by itself
const blank = new RegExp(`^[${BLANK}]*$`, "u");

/** The first unsafe character, as `U+200E LEFT-TO-RIGHT MARK`, or undefined. */
export function unsafeCharacter(text: string): string | undefined {
  const found = text.match(unsafe)?.[0];
  return found === undefined ? undefined : nameCharacter(found);
}

/** Whether nothing of the text can be seen. */
export const isBlank = (text: string): boolean => blank.test(text);

/** Whether the text has a mark of Pulumi's terminal. */
export const hasMark = (text: string): boolean => text.includes(MARK);

/** The text with Pulumi's marks made harmless. */
export const unmarked = (text: string): string => text.replaceAll(MARK, "<{ %");

/**
 * The text with every unsafe character shown as `\u{1b}`, and without marks of Pulumi's terminal: fit for a terminal, on
 * one line. Whatever comes from outside is cleaned by this.
 */
export const clean = (text: string): string => unmarked(text.replace(unsafe, escaped));

/** For numbers: whatever may be mistaken for a plain digit, sign or space is shown as `\u{a0}`. */
export const cleanNumber = (text: string): string => text.replace(/[^\x20-\x7e\p{L}]/gu, escaped);

/** Cleaned, and shortened to `length` with an ellipsis: for quoting values in messages. */
export function quote(text: string, length = 60): string {
  const characters = Array.from(text.slice(0, 2 * length + 2));
  const short = characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
  return `"${clean(short)}"`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
