import type { Digits } from "./types";

/**
 * The digits of a number in international form as people write it: country code first, with or without a plus, with
 * spaces, dashes, dots and brackets where they like. No country code begins with 0; 5 to 15 digits (ITU-T E.164).
 * @returns undefined when the text is no such number
 */
export function readNumber(text: string): Digits | undefined {
  const plain = text.replace(/[\s().-]/g, "").replace(/^\+/, "");
  return /^[1-9]\d{4,14}$/.test(plain) ? plain : undefined;
}
