import { nameCharacter } from "../../text/characters";
import { quote } from "../../text/clean";

/** What to do about a number of the wrong form. */
export function numberHint(text: string): string {
  const foreign = /[^0-9 +().-]/u.exec(text)?.[0];
  if (foreign !== undefined)
    return `Delete ${/[!-~]/.test(foreign) ? quote(foreign) : nameCharacter(foreign)}: only +, digits, spaces, dashes, dots and brackets may be in it.`;
  const digits = text.replace(/[^0-9]/g, "");
  if (digits.startsWith("00")) return `Write "+${digits.slice(2)}": the country code follows the plus at once.`;
  if (digits.startsWith("0"))
    return 'Write plus and country code instead of the leading zero, such as "+62 812-3456-7890".';
  if (digits.length > 7 && !text.startsWith("+")) return `Write "+${digits}" if that starts with the country code.`;
  return 'Write it with plus and country code, such as "+62 812-3456-7890".';
}
