/**
 * Text → plain value, strictly: one document, no aliases, anchors, tags or merge keys, no key twice. Every fault is
 * found in the tree of nodes, so that it has a place; the value is then checked and resolved without the tree.
 */

import { isAlias, isMap, isScalar, isSeq, parseDocument, Scalar, visit } from "yaml";
import type { Document, Node, Pair, ParsedNode, YAMLMap } from "yaml";
import { type Fault, fault } from "../fault";
import { MAX_DEPTH } from "../limits";
import { syntaxFault } from "./syntax";
import { quote } from "../../text/clean";
import { isReserved } from "./reserved";

/** Stands for a value whose fault was already reported: later stages pass over it. */
export const BROKEN: unique symbol = Symbol("broken");

/** What the text says. A number that YAML would take for a quantity is a symbol with the text that was written. */
export interface Parsed {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

export type Parse = Document.Parsed;

/** Comments and the parser's own words for its errors are not needed: they are only in the way of speed. */
export function parseText(text: string): Parse {
  return parseDocument(text, { logLevel: "error", prettyErrors: false, uniqueKeys: false });
}

/** The value of the file's only document; `undefined` when it has none, `BROKEN` when it cannot be read at all. */
export function read(file: string, text: string): Parsed {
  const document = parseText(text);
  const faults: Fault[] = document.errors.map(({ code, pos, message }) =>
    syntaxFault(file, text, { code, message, pos: [opening(document, message, pos[0]), pos[1]] }),
  );
  if (document.directives.yaml.explicit === true || text.startsWith("%")) {
    const place = { file, offset: 0, length: text.indexOf("\n") };
    faults.push(fault(place, "directive", "The file starts with a YAML directive.", "Delete the line with the %."));
  }
  if (faults.length > 0) return { value: BROKEN, faults };
  const reader = new Reader(file, text, faults);
  return { value: document.contents === null ? undefined : reader.value(document.contents, 0), faults };
}

/** The parser tells a missing quote where the text ends; people look for it where the quote was opened. */
function opening(document: Parse, message: string, offset: number): number {
  let start = offset;
  if (!message.startsWith("Missing closing")) return start;
  visit(document, {
    Scalar(_, { type, range }) {
      const quoted = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;
      if (quoted && range && range[0] < offset && offset <= range[2]) start = range[0];
    },
  });
  return start;
}

class Reader {
  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly faults: Fault[],
  ) {}

  value(node: ParsedNode | null, depth: number): unknown {
    if (node === null) return null;
    if (depth > MAX_DEPTH)
      return this.broken(node, "too-deep", `Values are nested more than ${MAX_DEPTH} deep here.`, FLAT);
    if (isAlias(node)) {
      return this.broken(node, "alias", `The alias *${node.source} stands for a value elsewhere.`, COPY);
    }
    if (this.decorated(node)) return BROKEN;
    if (isMap(node)) return this.mapping(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.value(item, depth + 1));
    return scalar(node);
  }

  private mapping(node: YAMLMap.Parsed, depth: number): object {
    const result = Object.create(null) as Record<string, unknown>;
    const keys = new Map<string, Node>();
    for (const pair of node.items) {
      const key = this.key(pair);
      if (key === undefined) continue;
      const first = keys.get(key);
      if (first === undefined) {
        keys.set(key, pair.key);
        result[key] = this.value(pair.value, depth + 1);
      } else {
        const message = `The key ${quote(key)} is given twice.`;
        const hint = "Delete one of the two.";
        this.faults.push(fault(this.place(pair.key), "duplicate-key", message, hint, this.place(first)));
      }
    }
    return result;
  }

  /** The key as text; undefined, and a fault, when it is not plain text. */
  private key(pair: Pair<ParsedNode, ParsedNode | null>): string | undefined {
    const { key } = pair;
    if (isAlias(key)) {
      this.broken(key, "alias", `The alias *${key.source} is used as a key.`, COPY);
      return undefined;
    }
    if (!isScalar(key) || (key.value === null && !key.source)) {
      this.broken(key, "complex-key", "A key must be one word.", "Write `key: value`.");
      return undefined;
    }
    this.decorated(key);
    const plain = key.type === Scalar.PLAIN;
    if (plain && key.source === "<<") {
      this.broken(
        key,
        "merge-key",
        "The merge key << copies another mapping.",
        "Write out the keys that it would copy.",
      );
      return undefined;
    }
    const text = plain ? key.source : String(key.value);
    if (isReserved(text)) {
      this.broken(key, "bad-key", `${quote(text)} cannot be a key: the name is reserved.`, "Choose another name.");
      return undefined;
    }
    return text;
  }

  /** Tells anchors and tags; whether the value is of no use because of a tag. */
  private decorated(node: ParsedNode): boolean {
    if (!isAlias(node) && node.anchor !== undefined) {
      const hint = "Delete the anchor; people who stand in several groups belong in sets.yaml.";
      this.before(node, `&${node.anchor}`, "anchor", `The anchor &${node.anchor} names a value.`, hint);
    }
    if (node.tag !== undefined) {
      this.before(
        node,
        "!",
        "tag",
        `The tag ${quote(node.tag)} gives a value a type.`,
        "Delete the tag; quote the value if it is text.",
      );
    }
    return node.tag !== undefined;
  }

  /** A fault at a sign that stands somewhere before the node's own text. */
  private before(node: ParsedNode, sign: string, code: "anchor" | "tag", message: string, hint: string): void {
    const offset = this.text.lastIndexOf(sign, node.range[0]);
    const place = offset < 0 ? this.place(node) : { file: this.file, offset, length: sign.length };
    this.faults.push(fault(place, code, message, hint));
  }

  private broken(
    node: Node,
    code: "alias" | "too-deep" | "complex-key" | "merge-key" | "bad-key",
    message: string,
    hint: string,
  ): typeof BROKEN {
    this.faults.push(fault(this.place(node), code, message, hint));
    return BROKEN;
  }

  private place(node: Node) {
    const [start, end] = node.range ?? [0, 0];
    return { file: this.file, offset: start, length: end - start };
  }
}

const COPY = "Write the value out; people who stand in several groups belong in sets.yaml.";
const FLAT = "A roster needs 4 levels.";

/** Small whole numbers are numbers, true and false are themselves; whatever else is not text becomes a symbol. */
function scalar(node: Scalar.Parsed): unknown {
  const { value, source } = node;
  if (node.type !== Scalar.PLAIN) return String(value);
  if (typeof value === "number" || typeof value === "bigint") {
    return /^(?:0|[1-9]\d{0,8})$/.test(source) ? Number(source) : Symbol(source);
  }
  if (typeof value === "string" && /^\+\s*[\d(][\d\s().-]*$/.test(source)) return Symbol(source);
  return value;
}
