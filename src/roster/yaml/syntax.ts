/** What the parser of YAML says, in the words of this house. */

import type { ErrorCode } from "yaml";
import { clean } from "../../text/clean";
import type { Code } from "../words/codes";
import { type Fault, fault } from "../fault";

/** The part of the parser's errors that is used. */
interface SyntaxError {
  readonly code: ErrorCode;
  readonly pos: readonly [number, number];
  readonly message: string;
}

const PLAIN_TAG = "Delete the tag; quote the value if it is text.";
const NO_ALIAS = "Write the value out; quote it if it is text that starts with & or *.";
const CLOSE = "Close the quote or the bracket; text with : or # in it must be quoted as a whole.";
const INDENT = "Line the keys of one entry up under each other, two spaces deeper than the line above them.";
const COLON = "Look for a colon too many, or for one that is missing; text with a colon in it must be quoted.";
const NO_DIRECTIVE = "Delete the line with the %.";

/** Ours by theirs: the code, what is said when the parser's own words are not enough, and what to do. */
const TABLE: Partial<Record<ErrorCode, readonly [Code, string | undefined, string]>> = {
  TAB_AS_INDENT: ["tab", "A tab is used for indentation.", "Indent with spaces."],
  MULTIPLE_DOCS: ["many-documents", "A second document starts here.", "Keep one group a file; delete the line of ---."],
  RESOURCE_EXHAUSTION: ["too-deep", "Values are nested too deep.", "A roster needs 4 levels."],
  TAG_RESOLVE_FAILED: ["tag", undefined, PLAIN_TAG],
  MULTIPLE_TAGS: ["tag", undefined, PLAIN_TAG],
  MULTIPLE_ANCHORS: ["anchor", undefined, NO_ALIAS],
  BAD_ALIAS: ["alias", undefined, NO_ALIAS],
  ALIAS_PROPS: ["alias", undefined, NO_ALIAS],
  BAD_DIRECTIVE: ["directive", undefined, NO_DIRECTIVE],
  MISSING_CHAR: ["yaml-syntax", undefined, CLOSE],
  BAD_INDENT: ["yaml-syntax", undefined, INDENT],
  BLOCK_IN_FLOW: ["yaml-syntax", undefined, INDENT],
  BLOCK_AS_IMPLICIT_KEY: ["yaml-syntax", "The line has two values: a colon and a space start one each.", COLON],
  MULTILINE_IMPLICIT_KEY: ["yaml-syntax", "This is neither a key with a colon nor text in quotes.", COLON],
  KEY_OVER_1024_CHARS: ["yaml-syntax", undefined, COLON],
};
const OTHER = ["yaml-syntax", undefined, "Mend the YAML here; text with special characters must be quoted."] as const;

export function syntaxFault(file: string, text: string, error: SyntaxError): Fault {
  const offset = Math.min(error.pos[0], text.length);
  const length = Math.max(1, Math.min(error.pos[1], text.length) - offset);
  const first = clean(error.message.split("\n")[0] ?? "").replace(/[.:]$/, "");
  const [code, message, hint] = special(first) ?? TABLE[error.code] ?? OTHER;
  return fault({ file, offset, length }, code, message ?? `${first}.`, hint);
}

/** Errors that share a code with others, but not their remedy. */
function special(said: string): readonly [Code, string, string] | undefined {
  if (said.startsWith("Missing closing"))
    return ["yaml-syntax", "The quote that is opened here is never closed.", CLOSE];
  if (said.startsWith("Implicit map keys need")) {
    return [
      "yaml-syntax",
      "The line has no colon after its first word.",
      "Write `key: value`; quote text that begins or ends with a sign.",
    ];
  }
  if (said.startsWith("Sequence item without")) {
    return ["yaml-syntax", "The line is neither an item with a dash nor lined up with the keys above it.", INDENT];
  }
  if (said.includes("must be sufficiently indented and end with")) {
    return ["yaml-syntax", "A bracket that is opened above is not closed before this line.", CLOSE];
  }
  return undefined;
}
