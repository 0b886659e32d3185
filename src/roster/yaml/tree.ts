/** A folder of rosters as a value, wherever it came from: the file system or the objects of a git revision. */

import { MAX_ROSTER_BYTES, MAX_SHARED_BYTES } from "../limits";

export type Entry =
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  /** A file over the limit of `sizeLimit`; it was not read. */
  | { readonly kind: "large"; readonly size: number }
  | { readonly kind: "link"; readonly target: string }
  /** A device, a pipe, a submodule: nothing that has text. */
  | { readonly kind: "other" };

/** Path relative to the stack's folder, with forward slashes → what is there. Folders have no entry of their own. */
export type Tree = ReadonlyMap<string, Entry>;

/** The files of a stack's folder that are not rosters. */
export const SHARED_FILES = ["people.yaml", "sets.yaml", "releases.yaml"] as const;
export type SharedFile = (typeof SHARED_FILES)[number];

export const isShared = (path: string): path is SharedFile => (SHARED_FILES as readonly string[]).includes(path);

/** Most bytes that are read of the file at `path`. */
export const sizeLimit = (path: string): number => (isShared(path) ? MAX_SHARED_BYTES : MAX_ROSTER_BYTES);

/** Names with a leading dot (editors' locks, hidden folders) are not rosters. */
export const isHidden = (path: string): boolean => path.split("/").some((part) => part.startsWith("."));

/** Whether the file's content matters; every other file is ignored and need not be read. */
export const isYaml = (path: string): boolean => path.endsWith(".yaml") && !isHidden(path);

/** Files that a person would take for rosters, but that have the wrong ending. */
export const isNearlyYaml = (path: string): boolean => !isHidden(path) && !isYaml(path) && /\.ya?ml$/i.test(path);
