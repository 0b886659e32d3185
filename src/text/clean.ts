/**
 * Characters that no name, reason or message may carry to a terminal or a report: controls and escapes, line ends,
 * characters of no width and those that turn the direction of writing. The joiners U+200C and U+200D are needed by
 * several scripts and by emoji, and stay. Written as ranges, because the same pattern goes into the JSON Schemas.
 */
const UNSAFE =
  "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb";

/** Text of safe characters only, at least one of which is not blank. */
export const SAFE_TEXT = new RegExp(`^[^${UNSAFE}]*[^\\s${UNSAFE}][^${UNSAFE}]*$`);

const unsafe = new RegExp(`[${UNSAFE}]|\\p{Surrogate}`, "gu");

/** The first unsafe character, as `U+001B`, or undefined. */
export function unsafeCharacter(text: string): string | undefined {
  const found = text.match(unsafe)?.[0];
  return found === undefined ? undefined : codePoint(found);
}

/** The text with every unsafe character shown as `\u{1b}`: fit for a terminal, on one line. */
export const clean = (text: string): string =>
  text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** Cleaned, and shortened to `length` with an ellipsis: for quoting values in messages. */
export function quote(text: string, length = 60): string {
  const characters = Array.from(text.slice(0, 2 * length + 2));
  const short = characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
  return `"${clean(short)}"`;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
