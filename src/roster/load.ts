/** The file system → a folder as a value. The only file of this room that does I/O. */

import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { acrossFaults, type StackRosters } from "./check/across";
import { settingsFaults, type StackSettings } from "./check/settings";
import { type Fault, fault, fileAt } from "./fault";
import { examine, interpret } from "./interpret";
import { MAX_SHARED_BYTES } from "./limits";
import { locate } from "./yaml/locate";
import { type Entry, isHidden, isNearlyYaml, isShared, isYaml, sizeLimit, type Tree } from "./yaml/tree";
import type { Loaded, Problem, Roster } from "./types";

export interface LoadOptions {
  /** The project root, to which the folder and the file names in problems are relative. */
  readonly root: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

/**
 * Loads all rosters of a stack's folder. Never rejects because of file contents: these are reported as problems.
 * Files are read one after the other, without the thread pool: for thousands of small ones that is three times faster.
 */
export function loadRosters(folder: string, options: LoadOptions): Promise<LoadedFolder> {
  return new Promise((done) => done(load(folder, options)));
}

/** What a folder says, and what was read of it: the very bytes. */
export type LoadedFolder = Loaded & { readonly tree: Tree };

function load(folder: string, { root, today }: LoadOptions): LoadedFolder {
  const top = resolve(root, folder);
  const shown = slashes(relative(resolve(root), top));
  if (statSync(top, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const message = `There is no folder "${shown}" with rosters.`;
    const hint = "Create it, or set rollcall:rosters to the folder that has them.";
    const problems = locate([fault(fileAt(shown), "no-folder", message, hint)], new Map());
    return { kind: "invalid", problems, tree: new Map() };
  }
  const tree = readTree(top);
  return { ...interpret(tree, { folder: shown, today }), tree };
}

/** What a folder declares, as far as it can be read: for callers that need it even if the folder has faults. */
export interface Claims {
  /** Those without a fault. */
  readonly rosters: readonly Roster[];
  /** Files that have faults and may be rosters; `text`: their content, undefined when it can't be read. */
  readonly faulty: readonly { readonly file: string; readonly text: string | undefined }[];
}

/** The claims of a stack's folder; of one that is not there, none. */
export function loadClaims(folder: string, { root, today }: LoadOptions): Claims {
  const top = resolve(root, folder);
  if (statSync(top, { throwIfNoEntry: false })?.isDirectory() !== true) return { rosters: [], faulty: [] };
  const shown = slashes(relative(resolve(root), top));
  const tree = readTree(top);
  const { rosters } = examine(tree, { folder: shown, today }).rosters;
  const sound = new Set(rosters.map(({ file }) => file));
  const faulty = [...tree.keys()]
    .filter((path) => (isYaml(path) && !isShared(path)) || isNearlyYaml(path))
    .map((path) => ({ path, file: shown === "" ? path : `${shown}/${path}` }))
    .filter(({ file }) => !sound.has(file))
    .map(({ path, file }) => ({ file, text: rawText(join(top, path)) }));
  return { rosters, faulty };
}

/**
 * What stands in a file, however it is encoded, as far as it is ASCII. Links are followed, for what is looked for may be
 * there. A file that is not there, or is no file, has no text.
 */
function rawText(full: string): string | undefined {
  try {
    const found = statSync(full);
    if (!found.isFile()) return "";
    return found.size > MAX_SHARED_BYTES ? undefined : readFileSync(full, "latin1").replaceAll("\0", "");
  } catch (error) {
    return NOTHING_THERE.includes((error as NodeJS.ErrnoException).code ?? "") ? "" : undefined;
  }
}

const NOTHING_THERE = ["ENOENT", "ELOOP", "ENOTDIR"];

/**
 * What rosters of several stacks say together: groups that two stacks have.
 * @param root the project root, to which the file names of rosters are relative
 */
export function problemsAcross(stacks: readonly StackRosters[], root: string): Problem[] {
  return located(acrossFaults(stacks), root);
}

/**
 * What rosters say that does nothing with the settings of their stack.
 * @param root as of `problemsAcross`
 */
export function problemsWithSettings(rosters: readonly Roster[], settings: StackSettings, root: string): Problem[] {
  return located(settingsFaults(rosters, settings), root);
}

function located(faults: readonly Fault[], root: string): Problem[] {
  const files = new Set(faults.flatMap(({ place, first }) => [place.file, first?.file ?? place.file]));
  return locate(faults, new Map([...files].map((file) => [file, readFileSync(join(root, file), "utf8")])));
}

/** Links are not followed; what is in hidden folders and files that do not count is not read. */
function readTree(top: string): Map<string, Entry> {
  const tree = new Map<string, Entry>();
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const found of readdirSync(join(top, folder), { withFileTypes: true })) {
      const path = folder === "" ? found.name : `${folder}/${found.name}`;
      if (isHidden(path)) continue;
      if (found.isDirectory()) folders.push(path);
      else tree.set(path, entryOf(found, join(top, path), path));
    }
  }
  return tree;
}

const IGNORED: Entry = { kind: "file", bytes: new Uint8Array() };

function entryOf(found: Dirent, full: string, path: string): Entry {
  if (found.isSymbolicLink()) return { kind: "link", target: slashes(readlinkSync(full)) };
  if (!found.isFile()) return { kind: "other" };
  return isYaml(path) ? readEntry(full, sizeLimit(path)) : IGNORED;
}

/** The size is asked of the open file, so that no other file can take its place in between. */
function readEntry(full: string, limit: number): Entry {
  let file: number;
  try {
    file = openSync(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return { kind: "other" };
  }
  try {
    const { size } = fstatSync(file);
    return size > limit ? { kind: "large", size } : { kind: "file", bytes: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

const slashes = (path: string): string => (sep === "/" ? path : path.split(sep).join("/"));
