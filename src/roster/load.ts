/** The file system → a folder as a value. The only file of this room that does I/O. */

import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fault, fileAt } from "./fault";
import { interpret } from "./interpret";
import { locate } from "./locate";
import { type Entry, isHidden, isYaml, sizeLimit } from "./tree";
import type { Loaded } from "./types";

export interface LoadOptions {
  /** The project root, to which the folder and the file names in problems are relative. */
  readonly root: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

/** Loads all rosters of a stack's folder. Never throws for what stands in the folder: that is told as problems. */
export async function loadRosters(folder: string, { root, today }: LoadOptions): Promise<Loaded> {
  const top = resolve(root, folder);
  const shown = slashes(relative(resolve(root), top));
  const isFolder = await stat(top).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    const message = `There is no folder "${shown}" with rosters.`;
    const hint = "Create it, or set rollcall:rosters to the folder that has them.";
    return { kind: "invalid", problems: locate([fault(fileAt(shown), "no-folder", message, hint)], new Map()) };
  }
  return interpret(await readTree(top), { folder: shown, today });
}

/** Links are not followed; what is in hidden folders and files that do not count is not read. */
async function readTree(top: string): Promise<Map<string, Entry>> {
  const tree = new Map<string, Entry>();
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const found = await readdir(join(top, folder), { withFileTypes: true });
    const files: string[] = [];
    for (const entry of found) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (isHidden(path)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isSymbolicLink())
        tree.set(path, { kind: "link", target: slashes(await readlink(join(top, path))) });
      else if (!entry.isFile()) tree.set(path, { kind: "other" });
      else if (isYaml(path)) files.push(path);
      else tree.set(path, UNREAD);
    }
    for (let next = 0; next < files.length; next += AT_ONCE) {
      const some = files.slice(next, next + AT_ONCE);
      const read = await Promise.all(some.map((path) => readEntry(join(top, path), sizeLimit(path))));
      some.forEach((path, index) => tree.set(path, read[index] ?? UNREAD));
    }
  }
  return tree;
}

const AT_ONCE = 64;
const UNREAD: Entry = { kind: "file", bytes: new Uint8Array() };

async function readEntry(path: string, limit: number): Promise<Entry> {
  const { size } = await stat(path);
  return size > limit ? { kind: "large", size } : { kind: "file", bytes: await readFile(path) };
}

const slashes = (path: string): string => (sep === "/" ? path : path.split(sep).join("/"));
