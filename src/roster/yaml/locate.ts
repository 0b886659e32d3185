/** Faults → problems: paths become lines and columns. Only files with faults are parsed for it, once more. */

import { isMap, isScalar, isSeq, type Node, type ParsedNode } from "yaml";
import { type Parse, parseText } from "./document";
import { type Fault, fileAt, type Path, type Place } from "../fault";
import { MAX_PROBLEMS } from "../limits";
import type { Excerpt, Problem } from "../types";

/** Texts by file, as the faults name the files. */
export type Texts = ReadonlyMap<string, string>;

/** Sorted by file, line and column. */
export function locate(faults: readonly Fault[], texts: Texts): Problem[] {
  const locators = new Map<string, Locator>();
  const locator = (file: string): Locator => {
    const known = locators.get(file) ?? new Locator(texts.get(file) ?? "");
    locators.set(file, known);
    return known;
  };
  const problems = cut(faults).map((fault): Problem => {
    const { file } = fault.place;
    const { line, column, excerpt } = locator(file).place(fault.place);
    const { first } = fault;
    const other = first && locator(first.file).place(first);
    const pointer = first && other ? ` The first is at ${first.file}:${other.line}:${other.column}.` : "";
    const { code, severity, hint } = fault;
    return { file, line, column, code, severity, message: fault.message + pointer, hint, excerpt };
  });
  return problems.sort(byPlace);
}

const byPlace = (a: Problem, b: Problem): number =>
  compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** At most `MAX_PROBLEMS` of each file, errors before warnings, and then one that says how many there were. */
function cut(faults: readonly Fault[]): Fault[] {
  const kept: Fault[] = [];
  const byFile = new Map<string, Fault[]>();
  for (const fault of faults) {
    const group = byFile.get(fault.place.file);
    if (group === undefined) byFile.set(fault.place.file, [fault]);
    else group.push(fault);
  }
  for (const [file, group] of byFile) {
    if (group.length <= MAX_PROBLEMS) {
      kept.push(...group);
      continue;
    }
    const ranked = [...group.filter(isError), ...group.filter((fault) => !isError(fault))];
    kept.push(...ranked.slice(0, MAX_PROBLEMS));
    const severity = ranked.slice(MAX_PROBLEMS).some(isError) ? "error" : "warning";
    const message = `The file has more than ${MAX_PROBLEMS} problems; the rest is not shown.`;
    kept.push({
      place: fileAt(file),
      code: "too-many-problems",
      severity,
      message,
      hint: "Mend those that are shown first.",
    });
  }
  return kept;
}

const isError = ({ severity }: Fault): boolean => severity === "error";

class Locator {
  private parsed: Parse | undefined;
  private starts: readonly number[] | undefined;

  constructor(private readonly text: string) {}

  place(place: Place): { line: number; column: number; excerpt: Excerpt | undefined } {
    if (this.text === "") return { line: 1, column: 1, excerpt: undefined };
    const [offset, length] = "offset" in place ? [place.offset, place.length] : this.find(place.path, place.at);
    this.starts ??= lineStarts(this.text);
    const line = this.starts.findLastIndex((start) => start <= offset) + 1;
    const start = this.starts[line - 1] ?? 0;
    const end = (this.starts[line] ?? this.text.length + 1) - 1;
    const column = offset - start + 1;
    return { line, column, excerpt: excerpt(this.text.slice(start, end), column, Math.min(length, end - offset)) };
  }

  private find(path: Path, at: "key" | "value"): readonly [offset: number, length: number] {
    this.parsed ??= parseText(this.text);
    let node: ParsedNode | null = this.parsed.contents;
    let last: Node | null = node;
    for (const [index, step] of path.entries()) {
      const pair = isMap(node)
        ? node.items.find(({ key }) => isScalar(key) && keyText(key) === String(step))
        : undefined;
      const next: ParsedNode | null | undefined =
        isSeq(node) && typeof step === "number" ? node.items[step] : pair?.value;
      if (next === undefined && pair === undefined) break;
      const wantsKey = index === path.length - 1 && at === "key";
      last = pair && (wantsKey || next === null || next === undefined || isEmpty(next)) ? pair.key : (next ?? last);
      if (next === null || next === undefined) break;
      node = next;
    }
    const range = last?.range;
    return range ? [range[0], range[1] - range[0]] : [0, 1];
  }
}

/** A key without a value: the key is what can be pointed at. */
const isEmpty = (node: ParsedNode): boolean => isScalar(node) && node.range[0] === node.range[1];

const keyText = (key: { source?: string | undefined; type?: unknown; value: unknown }): string =>
  key.type === "PLAIN" ? (key.source ?? "") : String(key.value);

/** Not the parser's LineCounter: of a text that it can't read to the end, it counts a part of the lines only. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

const WIDTH = 120;

/** The line, or of a long one the part around the column. */
function excerpt(line: string, column: number, length: number): Excerpt {
  const from = column <= WIDTH - 20 ? 0 : column - 40;
  const text = line.slice(from, from + WIDTH).replace(/\r$/, "");
  const caret = column - 1 - from;
  return { text, caret, length: Math.max(1, Math.min(length, text.length - caret)) };
}
