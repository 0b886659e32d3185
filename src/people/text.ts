/** Bytes → text: what spreadsheets and shells write. */

import { ok, type Read, refused } from "./types";

const BOMS = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
] as const;

/** The first bytes of a zip archive, which an Excel workbook is. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

const AS_UTF8 = "Save it as UTF-8; in a spreadsheet, “CSV UTF-8”.";

/** UTF-8 with or without a byte order mark, UTF-16 with one. The mark is dropped. */
export function textOf(bytes: Uint8Array): Read<string> {
  const beginsWith = (head: readonly number[]) => head.every((byte, at) => bytes[at] === byte);
  if (beginsWith(ZIP)) return refused(whole("This is an Excel workbook, not a table of text.", AS_UTF8));
  const { encoding } = BOMS.find((bom) => beginsWith(bom.bytes)) ?? { encoding: "utf-8" };
  const text = decoded(bytes, encoding);
  if (text === undefined) {
    return refused(whole("The table is neither UTF-8 nor UTF-16 with a byte order mark.", AS_UTF8));
  }
  const line = text.slice(0, Math.max(0, text.indexOf("\0"))).split("\n").length;
  if (!text.includes("\0")) return ok(text);
  const message = "The table has NUL characters; perhaps it is UTF-16 without a byte order mark.";
  return refused({ lines: [line], message, hint: AS_UTF8 });
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const whole = (message: string, hint: string) => ({ lines: [], message, hint });
