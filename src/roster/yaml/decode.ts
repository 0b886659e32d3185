/** Bytes → text. Only what is wholly UTF-8 text without control characters is ever parsed. */

import { type Fault, fault } from "../fault";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
const lenient = new TextDecoder("utf-8", { fatal: false, ignoreBOM: false });

// eslint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/;

export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  /** The text is kept only to show where the fault is. */
  | { readonly kind: "fault"; readonly fault: Fault; readonly text: string };

/**
 * A byte order mark is dropped. The text is in Unicode's form NFC, so that a name is the same whichever system it was typed
 * on.
 */
export function decode(file: string, bytes: Uint8Array): Decoded {
  const text = decodeStrictly(bytes)?.normalize("NFC");
  if (text === undefined) {
    const shown = lenient.decode(bytes);
    const offset = Math.max(0, shown.indexOf("\ufffd"));
    const message = "The file is not UTF-8 text.";
    const place = { file, offset, length: 1 };
    return { kind: "fault", text: shown, fault: fault(place, "not-utf8", message, "Save the file as UTF-8.") };
  }
  const offset = text.search(CONTROL);
  if (offset < 0) return { kind: "text", text };
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
  const message = `The file has the control character U+${code}, which no text has.`;
  const hint = "Delete the character; if the whole file looks wrong, save it as UTF-8 text.";
  return { kind: "fault", text, fault: fault({ file, offset, length: 1 }, "control-character", message, hint) };
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
