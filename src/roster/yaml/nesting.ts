/**
 * A guard before the parser. The parser of YAML walks nested values by recursion, so a few kilobytes of brackets would
 * exhaust its stack, in the worst case inside the engine, where no exception can be caught. The lexer does not recurse:
 * where a glance at the text cannot rule out deep nesting, its tokens are counted first, and the parser is never
 * started on a file that is deeper, or has more words, than any roster needs.
 */

import { Lexer } from "yaml";
import { type Fault, fault } from "../fault";
import { MAX_DEPTH, MAX_SCALAR, MAX_TOKENS } from "../limits";

/** Below this size and this count nothing can be nested deep enough to matter. */
const SMALL = 8 * 1024;
const FEW = 64;
const MAX_INDENT = 200;
const [OPEN_LIST, OPEN_MAPPING, DASH, COLON, QUESTION, NEWLINE] = [0x5b, 0x7b, 0x2d, 0x3a, 0x3f, 0x0a];

export function tooMuch(file: string, text: string): Fault | undefined {
  return text.length <= SMALL && indicators(text) <= FEW ? undefined : countTokens(file, text);
}

/** Brackets of the whole text, and dashes, colons and question marks of its busiest line: no depth is more than both. */
function indicators(text: string): number {
  let brackets = 0;
  let onLine = 0;
  let busiest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN_LIST || code === OPEN_MAPPING) brackets += 1;
    else if (code === DASH || code === COLON || code === QUESTION) onLine += 1;
    else if (code === NEWLINE) onLine = 0;
    if (onLine > busiest) busiest = onLine;
  }
  return brackets + busiest;
}

function countTokens(file: string, text: string): Fault | undefined {
  let offset = 0;
  let tokens = 0;
  let flow = 0;
  let compact = 0;
  let lineStart = true;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    const first = token[0];
    if (token === "[" || token === "{") flow += 1;
    else if (token === "]" || token === "}") flow -= 1;
    else if (token === "-" || token === "?" || token === ":") compact += 1;
    else if (first === "\n" || first === "\r" || token === ",") compact = 0;
    const deep = flow > MAX_DEPTH || compact > MAX_DEPTH || (lineStart && first === " " && token.length > MAX_INDENT);
    if (deep && flow >= 0) return tooDeep(file, offset);
    if (token.length > MAX_SCALAR && first !== "#" && first !== "\n" && first !== " ") {
      return tooLong(file, offset, token.length);
    }
    if (tokens > MAX_TOKENS) return tooManyWords(file, offset);
    // The lexer's own marks: start of a document, of a scalar, end of a flow with an error. They are not in the text.
    if (!MARKS.has(token)) {
      offset += token.length;
      if (!isBlank(token)) lineStart = false;
      if (first === "\n" || first === "\r") lineStart = true;
    }
  }
  return undefined;
}

const MARKS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);
const isBlank = (token: string): boolean => /^[ \t]/.test(token);

const tooDeep = (file: string, offset: number): Fault =>
  fault(
    { file, offset, length: 1 },
    "too-deep",
    `Values are nested more than ${MAX_DEPTH} deep here.`,
    "A roster needs 4 levels: take the brackets or dashes that were meant as text into quotes.",
  );

const tooLong = (file: string, offset: number, length: number): Fault =>
  fault(
    { file, offset, length: 1 },
    "too-large",
    `A value here has ${length} characters, more than the limit of ${MAX_SCALAR}.`,
    "Shorten it, or look for a quote that was never closed.",
  );

const tooManyWords = (file: string, offset: number): Fault =>
  fault(
    { file, offset, length: 1 },
    "too-large",
    `The file has more than the limit of ${MAX_TOKENS} words and signs.`,
    "Split it: a stack's file of people has room for some 25,000.",
  );
