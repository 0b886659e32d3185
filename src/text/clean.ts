/**
 * Characters that no name, reason or message may bring to a terminal or a report: controls and escapes, line ends,
 * characters without width, and characters that change the direction of writing. The joiners U+200C and U+200D are
 * allowed, because several scripts and emoji need them. It is a text of ranges, because the JSON Schemas use it, too.
 */
const UNSAFE =
  "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb";

/** Text of safe characters only, at least one of which is not blank. */
export const SAFE_TEXT = new RegExp(`^[^${UNSAFE}]*[^\\s${UNSAFE}][^${UNSAFE}]*$`);

/** Unsafe characters, and halves of characters (lone surrogates), which no request can carry. */
const UNSENT = `${UNSAFE}\\ud800-\\udfff`;

/**
 * Safe text of 1 to `most` characters, without blanks at its ends, because WhatsApp drops those. Here and in
 * `safeLines` characters are code points. The pattern itself counts them, because editors count UTF-16 code units for
 * the `maxLength` of a JSON Schema.
 */
export const safeTitle = (most: number): RegExp =>
  new RegExp(`^[^\\s${UNSENT}](?:[^${UNSENT}]{0,${most - 2}}[^\\s${UNSENT}])?$`, "u");

/** Safe text of at most `most` characters. It may be empty, and may have several lines. */
export const safeLines = (most: number): RegExp => new RegExp(`^(?:[^${UNSENT}]|\\n){0,${most}}$`, "u");

const unsafe = new RegExp(`[${UNSAFE}]|\\p{Surrogate}`, "gu");

/** The first unsafe character, as `U+001B`, or undefined. */
export function unsafeCharacter(text: string): string | undefined {
  const found = text.match(unsafe)?.[0];
  return found === undefined ? undefined : codePoint(found);
}

/** The text with every unsafe character shown as `\u{1b}`: fit for a terminal, on one line. */
export const clean = (text: string): string =>
  text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/**
 * The text with Pulumi's colour marks made harmless. An unknown mark makes the CLI panic, and the stack stays locked.
 */
export const unmarked = (text: string): string => text.replaceAll("<{%", "<{ %");

/** Cleaned, and shortened to `length` with an ellipsis: for quoting values in messages. */
export function quote(text: string, length = 60): string {
  const characters = Array.from(text.slice(0, 2 * length + 2));
  const short = characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
  return `"${clean(short)}"`;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
