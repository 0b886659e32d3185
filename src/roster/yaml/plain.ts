/**
 * The fast way to read YAML in the style that nearly all rosters are written in: block mappings and lists, one-line
 * lists and mappings in brackets, plain words, whole numbers, days, and text in double quotes without escapes. It is
 * three times as fast as the parser, which counts for ten thousand rosters.
 *
 * It never decides that something is wrong: at the first sign of anything else it gives up (undefined), and the parser
 * reads the file. What it does read, it reads exactly as `document.ts` does with the parser; test/roster/plain.test.ts
 * holds the two against each other. It keeps no positions: where there are faults, `locate.ts` asks the parser.
 */

import { isReserved } from "./reserved";

/** Longer lines are the parser's. */
const MAX_LINE = 1000;
const MAX_NESTING = 5;

const LETTER = "A-Za-z_\\u00c0-\\u05ff\\u0620-\\u167f\\u1e00-\\u1fff\\u3040-\\ud7ff";
const WORD = `[${LETTER}](?:[${LETTER}0-9.-]| (?=[${LETTER}0-9.-]))*`;
const QUOTED = `"[^"\\\\\\t\\r\\u0085\\u2028\\u2029\\ufeff]*"`;
const SCALAR = `${QUOTED}|\\d{4}-\\d\\d-\\d\\d|0|[1-9]\\d{0,8}|${WORD}`;
const LIST = `\\[ *(?:(?:${SCALAR}) *(?:, *(?:${SCALAR}) *)*)?\\]`;
const KEY = `[A-Za-z_][A-Za-z0-9_.-]*`;
const PAIR = `${KEY}: +(?:${SCALAR}|${LIST})`;
const MAPPING = `\\{ *${PAIR} *(?:, *${PAIR} *)*\\}`;

const LINE = new RegExp(
  `^( *)((?:- +)?)(?:(${KEY}):(?: +(${SCALAR}|${LIST}|${MAPPING}))?|(${SCALAR}))? *(?: #.*|(?<=^ *)#.*)?$`,
);
const SCALARS = new RegExp(SCALAR, "g");
const PAIRS = new RegExp(`(${KEY}): +(${SCALAR}|${LIST})`, "g");

/** One line that is not blank. */
interface Line {
  /** Column of the key or the item's text. */
  readonly column: number;
  /** Column of the dash that starts an item. */
  readonly dash: number | undefined;
  readonly key: string | undefined;
  /** The value behind the key, or the item itself. */
  readonly value: string | undefined;
}

type Mapping = Record<string, unknown>;

/** The value of the text; undefined when the parser must read it. */
export function readPlain(text: string): unknown {
  const lines: Line[] = [];
  for (const line of text.split("\n")) {
    const found = line.length > MAX_LINE ? null : LINE.exec(line);
    if (found === null) return undefined;
    const [, indent = "", dash = "", key, value, item] = found;
    if (key === undefined && item === undefined) {
      if (dash !== "") return undefined;
      continue;
    }
    const start = indent.length;
    lines.push({
      column: start + dash.length,
      dash: dash === "" ? undefined : start,
      key,
      value: key === undefined ? item : value,
    });
  }
  const reader = new Reader(lines);
  const [first] = lines;
  if (first?.column !== 0 || first.dash !== undefined) return undefined;
  const result = reader.mapping(0, 0);
  return reader.atEnd ? result : undefined;
}

class Reader {
  private at = 0;

  constructor(private readonly lines: readonly Line[]) {}

  get atEnd(): boolean {
    return this.at === this.lines.length;
  }

  /** Keys at `column`; the first may stand behind a dash. Undefined: given up. */
  mapping(column: number, depth: number): Mapping | undefined {
    const result = Object.create(null) as Mapping;
    for (let first = true; ; first = false) {
      const line = this.lines[this.at];
      if (line === undefined || line.column < column || (line.dash !== undefined && !first)) return result;
      const { key, value } = line;
      if (line.column > column || key === undefined || key in result || isReserved(key) || depth > MAX_NESTING)
        return undefined;
      this.at += 1;
      const found = value === undefined ? this.below(column, depth + 1) : valueOf(value);
      if (found === undefined) return undefined;
      result[key] = found;
    }
  }

  /** What stands under a key without a value. */
  private below(column: number, depth: number): unknown {
    const line = this.lines[this.at];
    if (line?.dash !== undefined && line.dash >= column) return this.list(line.dash, depth);
    return line !== undefined && line.dash === undefined && line.column > column
      ? this.mapping(line.column, depth)
      : undefined;
  }

  private list(dash: number, depth: number): unknown[] | undefined {
    const result: unknown[] = [];
    for (let line = this.lines[this.at]; line?.dash === dash; line = this.lines[this.at]) {
      let found: unknown;
      if (line.key !== undefined) found = this.mapping(line.column, depth + 1);
      else {
        this.at += 1;
        found = valueOf(line.value ?? "");
      }
      if (found === undefined) return undefined;
      result.push(found);
    }
    return result;
  }
}

function valueOf(source: string): unknown {
  if (source.startsWith("[")) return listOf(source);
  if (!source.startsWith("{")) return scalar(source);
  const result = Object.create(null) as Mapping;
  for (const [, key = "", value = ""] of source.slice(1).matchAll(PAIRS)) {
    const found = value.startsWith("[") ? listOf(value) : scalar(value);
    if (key in result || isReserved(key) || found === undefined) return undefined;
    result[key] = found;
  }
  return result;
}

function listOf(source: string): unknown[] | undefined {
  const items = Array.from(source.slice(1, -1).matchAll(SCALARS), ([item]) => scalar(item));
  return items.includes(undefined) ? undefined : items;
}

/** Words that YAML takes for something else than text are left to the parser. */
const NOT_TEXT = /^(?:null|true|false)$/i;

function scalar(source: string): unknown {
  if (source.startsWith('"')) return source.slice(1, -1);
  if (/^\d{1,9}$/.test(source)) return Number(source);
  if (source === "true" || source === "false") return source === "true";
  return NOT_TEXT.test(source) ? undefined : source;
}
