/**
 * people.yaml as text → the same with other values. Only what changes is written, where it stands; every other letter,
 * comments and blank lines too, stays. (A document that is printed anew would lose the file's own spacing, and a pull
 * request would be full of it.) The result is read again, and has to say exactly what was wanted.
 */

import { isMap, type Node, type Pair, parseDocument, type Scalar, type YAMLMap } from "yaml";
import type { People, Person } from "../types";
import { entrySplices, rangeOf } from "./entry";
import { pairsOf, scalar } from "./render";
import { applySplices, Lines, type Splice } from "./splice";

/** What a stack without a people.yaml begins with. */
export const NOBODY = "# Everybody once. Rosters and sets name people by these keys.\npeople: {}\n";

/**
 * @param text a valid people.yaml
 * @param before what it says
 * @param after the same entries, perhaps changed, and new ones behind them
 */
export function editPeople(text: string, before: People, after: People): string {
  const lines = new Lines(text);
  const { contents } = parseDocument(text, { logLevel: "error", uniqueKeys: false });
  const top = isMap(contents) ? contents : undefined;
  const people = top?.get("people", true);
  if (top === undefined || !isMap(people)) throw new Error("people.yaml has no people");
  const items = people.items as Pair<Scalar, Node | null>[];
  const changes = items.flatMap(({ key, value }) => {
    const name = keyText(key);
    const [old, now] = [before.get(name), after.get(name)];
    return old === undefined || now === undefined || !isMap(value) ? [] : entrySplices(lines, value, old, now);
  });
  const added = [...after].filter(([key]) => !before.has(key));
  return applySplices(text, [...changes, ...(added.length > 0 ? addition(lines, top, people, added) : [])]);
}

/** A plain key is the text that was written, as rosters read it. */
const keyText = (key: Scalar): string => (key.type === "PLAIN" ? (key.source ?? "") : String(key.value));

type Entry = readonly [key: string, person: Person];

function addition(lines: Lines, top: YAMLMap, people: YAMLMap, added: readonly Entry[]): Splice[] {
  const last = people.items.at(-1) as Pair<Scalar, Node> | undefined;
  if (last === undefined) return intoNothing(lines, top, people, added);
  if (people.flow === true) {
    const quoted = last.key.type === "QUOTE_DOUBLE";
    const place = rangeOf(last.value)[1];
    return [{ start: place, end: place, text: added.map((entry) => `, ${inBraces(entry, quoted)}`).join("") }];
  }
  const column = lines.column(rangeOf(last.key)[0]);
  const place = lines.endWithComments(lines.trimmed(rangeOf(last.value)[1]), column);
  const style = isMap(last.value) && last.value.flow === true ? "flow" : step(lines, people, column);
  return [
    { start: place, end: place, text: added.map((entry) => onLines(entry, column, style, lines.newline)).join("") },
  ];
}

/** Into `people: {}`. */
function intoNothing(lines: Lines, top: YAMLMap, people: YAMLMap, added: readonly Entry[]): Splice[] {
  const [start, end] = rangeOf(people);
  if (top.flow === true || lines.end(start) < end) {
    const quoted = (top.items[0]?.key as Scalar | undefined)?.type === "QUOTE_DOUBLE";
    return [
      { start: start + 1, end: start + 1, text: ` ${added.map((entry) => inBraces(entry, quoted)).join(", ")} ` },
    ];
  }
  const from = lines.trimmed(start);
  const place = lines.end(end);
  const text = added.map((entry) => onLines(entry, 2, 2, lines.newline)).join("");
  return place === end
    ? [{ start: from, end, text }]
    : [
        { start: from, end, text: "" },
        { start: place, end: place, text },
      ];
}

/** How much deeper the values of entries stand than their keys. */
function step(lines: Lines, people: YAMLMap, column: number): number {
  const block = people.items.map(({ value }) => value).find((value) => isMap(value) && value.flow !== true);
  const first = isMap(block) ? (block.items[0] as Pair<Scalar> | undefined) : undefined;
  return first === undefined ? 2 : lines.column(rangeOf(first.key)[0]) - column;
}

function onLines(entry: Entry, column: number, style: "flow" | number, newline: string): string {
  const [key, person] = entry;
  const indent = `${newline}${" ".repeat(column)}`;
  if (style === "flow") return `${indent}${inBraces(entry, false)}`;
  const deeper = `${indent}${" ".repeat(style)}`;
  return `${indent}${scalar(key)}:${pairsOf(person)
    .map((pair) => `${deeper}${pair}`)
    .join("")}`;
}

function inBraces([key, person]: Entry, quoted: boolean): string {
  return `${quoted ? JSON.stringify(key) : scalar(key)}: { ${pairsOf(person, quoted).join(", ")} }`;
}
