/** An entry of people.yaml that is there: its values are changed where they stand. */

import { isSeq, type Node, type Pair, Scalar, type YAMLMap } from "yaml";
import type { Person } from "../types";
import { listText, valueText, WRITTEN, type Written } from "./render";
import type { Lines, Splice } from "./splice";

type Item = Pair<Scalar, Node | null>;

/** Keys that an import may take out. */
const DROPPED = ["asListed", ...WRITTEN] as const;

export function entrySplices(lines: Lines, entry: YAMLMap, before: Person, after: Person): Splice[] {
  const items = entry.items as Item[];
  const itemsOf = (key: string) => items.filter((item) => item.key.value === key);
  const changed = (key: keyof Person) => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const gone = DROPPED.filter((key) => after[key] === undefined && before[key] !== undefined);
  const dropped: ReadonlySet<unknown> = new Set(gone);
  const set = WRITTEN.filter((key) => after[key] !== undefined && changed(key));
  const added = set.filter((key) => itemsOf(key).length === 0);
  return [
    ...set.flatMap((key) => itemsOf(key).flatMap((item) => replaced(lines, item, key, before, after))),
    ...gone.flatMap((key) =>
      itemsOf(key).map((item) =>
        entry.flow === true
          ? fromBraces(items, item, dropped)
          : wholeLines(lines, rangeOf(item.key)[0], rangeOf(item.value)[1]),
      ),
    ),
    ...insertion(
      lines,
      entry,
      items.filter(({ key }) => !dropped.has(key.value)),
      added,
      after,
    ),
  ];
}

function replaced(lines: Lines, item: Item, key: Written, before: Person, after: Person): Splice[] {
  const { value } = item;
  const json = item.key.type === "QUOTE_DOUBLE";
  if (key === "formerly" && isSeq(value)) return formerSplices(lines, item, before, after);
  const [start, end] = rangeOf(value);
  const block = value instanceof Scalar && (value.type === "BLOCK_FOLDED" || value.type === "BLOCK_LITERAL");
  return [{ start, end: block ? lines.trimmed(end) : end, text: valueText(key, after, json) }];
}

/** Numbers that are added go behind the others, and others go with their line; where none stays, the list is written anew. */
function formerSplices(lines: Lines, { key, value }: Item, before: Person, after: Person): Splice[] {
  const [old, now] = [before.formerly ?? [], after.formerly ?? []];
  const nodes = isSeq(value) ? (value.items as Node[]) : [];
  const [gone, stay] = [
    nodes.filter((_, at) => !now.includes(old[at] ?? "")),
    nodes.filter((_, at) => now.includes(old[at] ?? "")),
  ];
  const last = stay.at(-1);
  const inBraces = isSeq(value) && value.flow === true;
  if (last === undefined || (inBraces && gone.length > 0)) {
    return [{ start: rangeOf(key)[1], end: lines.trimmed(rangeOf(value)[1]), text: `: ${listText(now)}` }];
  }
  const more = now.filter((number) => !old.includes(number)).map((number) => JSON.stringify(number));
  const [start, end] = rangeOf(last);
  if (inBraces) return [{ start: end, end, text: more.map((number) => `, ${number}`).join("") }];
  // As far in as the dash.
  const dash = lines.text.slice(lines.start(start), start);
  const place = lines.end(lines.trimmed(end));
  const text = more.map((number) => `${lines.newline}${dash}${number}`).join("");
  return [
    ...gone.map((node) => wholeLines(lines, dashOf(lines, node), rangeOf(node)[1])),
    { start: place, end: place, text },
  ];
}

/** Where the dash of an item stands. */
const dashOf = (lines: Lines, node: Node): number => lines.text.lastIndexOf("-", rangeOf(node)[0] - 1);

/** Out of `{ … }`, with the comma before it, or behind it where nothing before it stays. */
function fromBraces(items: readonly Item[], item: Item, dropped: ReadonlySet<unknown>): Splice {
  const at = items.indexOf(item);
  const [previous, next] = [items[at - 1], items[at + 1]];
  const staysBefore = items.slice(0, at).some((one) => !dropped.has(one.key.value));
  const end = rangeOf(item.value)[1];
  if (previous !== undefined && staysBefore) return { start: rangeOf(previous.value)[1], end, text: "" };
  return { start: rangeOf(item.key)[0], end: next === undefined ? end : rangeOf(next.key)[0], text: "" };
}

/** The whole lines of what stands from `start` to `stop`; a comment behind it stays, on a line of its own. */
function wholeLines(lines: Lines, start: number, stop: number): Splice {
  const valueEnd = lines.trimmed(stop);
  const end = lines.end(valueEnd);
  if (lines.text.slice(valueEnd, end).trim() !== "")
    return { start, end: valueEnd + blanks(lines.text, valueEnd), text: "" };
  // With the line break before them, so that what is put behind the last of them has its place.
  return { start: lines.start(start) - lines.newline.length, end, text: "" };
}

const blanks = (text: string, offset: number): number => /^[ \t]*/.exec(text.slice(offset))?.[0].length ?? 0;

/** Behind the last of the items that stay. */
function insertion(
  lines: Lines,
  entry: YAMLMap,
  items: readonly Item[],
  keys: readonly Written[],
  after: Person,
): Splice[] {
  const last = items.at(-1);
  if (keys.length === 0 || last === undefined) return [];
  const valueEnd = rangeOf(last.value)[1];
  const json = last.key.type === "QUOTE_DOUBLE";
  const pairs = keys.map((key) => [json ? JSON.stringify(key) : key, valueText(key, after, json)] as const);
  if (entry.flow === true) {
    const text = pairs.map(([key, value]) => `, ${key}: ${value}`).join("");
    return [{ start: valueEnd, end: valueEnd, text }];
  }
  const column = lines.column(rangeOf(last.key)[0]);
  const place = lines.endWithComments(lines.trimmed(valueEnd), column + 1);
  const text = pairs.map(([key, value]) => `${lines.newline}${" ".repeat(column)}${key}: ${value}`).join("");
  return [{ start: place, end: place, text }];
}

/** Start, and end of the value itself. */
export function rangeOf(node: Node | null): readonly [start: number, end: number] {
  if (node?.range === undefined || node.range === null) throw new Error("a value of people.yaml has no place");
  return [node.range[0], node.range[1]];
}
