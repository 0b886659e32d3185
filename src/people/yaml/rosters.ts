/** A roster as text → the same with another number. Every other letter stays. */

import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { type Digits, digitsOf } from "../../numbers";
import { rangeOf } from "./entry";
import { applySplices } from "./splice";

/**
 * @param text a valid roster
 * @param from the number that is replaced, among `members` and under `protect`
 * @param to the new one, as it is to be written
 */
export function replaceNumber(text: string, from: Digits, to: string): string {
  const { contents } = parseDocument(text, { logLevel: "error", uniqueKeys: false });
  if (!isMap(contents)) return text;
  const numbers = [
    ...itemsOf(contents.get("members", true)).map((item) => (isMap(item) ? item.get("number", true) : undefined)),
    ...itemsOf(contents.get("protect", true)),
  ];
  const splices = numbers.flatMap((node) => {
    if (!isScalar(node) || typeof node.value !== "string" || digitsOf(node.value) !== from) return [];
    const [start, end] = rangeOf(node);
    return [{ start, end, text: JSON.stringify(to) }];
  });
  return applySplices(text, splices);
}

const itemsOf = (node: unknown): readonly Node[] => (isSeq(node) ? (node.items as Node[]) : []);
