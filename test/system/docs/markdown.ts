import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "../../..");

/** Every document of the project, by its path. */
export const documents: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...["docs", "docs/adr", "docs/internals", "conformance", "policies", ".github"].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .filter((name) => name.endsWith(".md"))
          .map((name) => `${folder}/${name}`)
      : [],
  ),
].sort();

export const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** A fenced block. */
export interface Block {
  /** First word after the fence. */
  readonly language: string;
  readonly text: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  /** What an HTML comment right before the block says, such as `run: exit 4`. */
  readonly marks: readonly string[];
  /** Names of `<!-- scene: … -->` comments since the block before. */
  readonly scenes: readonly string[];
}

/** All fenced blocks of a document, with the comments that stand before them. */
export function blocksIn(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let fence: { end: string; indent: number; language: string; line: number; lines: string[] } | undefined;
  let marks: string[] = [];
  let scenes: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (fence !== undefined) {
      if (line.trim() === fence.end) {
        blocks.push({ language: fence.language, text: `${fence.lines.join("\n")}\n`, line: fence.line, marks, scenes });
        [fence, marks, scenes] = [undefined, [], []];
      } else fence.lines.push(line.slice(fence.indent));
      continue;
    }
    const opened = /^( *)(`{3,}|~{3,})\s*(\S*)/.exec(line);
    const comment = /^ *<!--\s*(.*?)\s*-->\s*$/.exec(line)?.[1];
    if (opened !== null) {
      const [, indent = "", end = "", language = ""] = opened;
      fence = { end, indent: indent.length, language, line: index + 1, lines: [] };
    } else if (comment?.startsWith("scene: ") === true) scenes.push(comment.slice("scene: ".length));
    else if (comment !== undefined) marks.push(comment);
    else if (line.trim() !== "") marks = [];
  }
  return blocks;
}

/** A document without its fenced blocks and comments: what is read as text. */
export function proseOf(text: string): string {
  return text.replace(/^( *)(`{3,}|~{3,}).*\n[^]*?^\1\2 *$/gm, "").replace(/<!--[^]*?-->/g, "");
}

/** Anchors that a document's headings have, as GitHub makes them. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title = ""] of proseOf(text).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const base = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Targets of links and pictures. */
export function linksIn(text: string): readonly string[] {
  const prose = proseOf(text).replace(/`[^`\n]*`/g, "");
  return [
    ...[...prose.matchAll(/\]\(([^()\s]+)(?: "[^"]*")?\)/g)].map(([, target = ""]) => target),
    ...[...prose.matchAll(/^\[[^\]]+\]: (\S+)/gm)].map(([, target = ""]) => target),
    ...[...prose.matchAll(/<(https?:[^>\s]+)>/g)].map(([, target = ""]) => target),
    ...[...prose.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, target = ""]) => target),
  ];
}

/** Inline code, as text. */
export function codeIn(text: string): readonly string[] {
  return [...proseOf(text).matchAll(/(`+)([^`][^]*?)\1/g)].map(([, , code = ""]) => code.replace(/\s+/g, " ").trim());
}
