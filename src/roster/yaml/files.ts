/** Which files of a folder are read, and as what; every other file is ignored. */

import { type Fault, fault, fileAt } from "../fault";
import { type Entry, isHidden, isNearlyYaml, isShared, isYaml, sizeLimit, type Tree } from "./tree";
import { clean, quote } from "../../text/clean";
import { isReserved } from "./reserved";
import type { Kind } from "../check/shape";

export interface RosterSource {
  readonly kind: Kind;
  /** Path without extension, relative to the stack's folder, in Unicode's form NFC: a roster's name. */
  readonly name: string;
  /** Path relative to the project root. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface Sources {
  readonly sources: readonly RosterSource[];
  readonly faults: readonly Fault[];
}

/** `folder` is the stack's folder, relative to the project root, with forward slashes. */
export function sourcesOf(folder: string, tree: Tree): Sources {
  const sources: RosterSource[] = [];
  const faults: Fault[] = [];
  const names = new Set<string>();
  for (const [path, entry] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isHidden(path)) continue;
    const file = folder === "" ? path : `${folder}/${path}`;
    const bad = pathFault(path, file);
    if (bad !== undefined) {
      faults.push(bad);
      continue;
    }
    const bytes = contentOf(path, file, entry, tree);
    if (bytes === undefined) continue;
    if (!(bytes instanceof Uint8Array)) {
      faults.push(bytes);
      continue;
    }
    const name = path.slice(0, -".yaml".length).normalize("NFC");
    if (names.has(name)) faults.push(sameName(path, file));
    else sources.push({ kind: kindOf(path), name, file, bytes });
    names.add(name);
  }
  return { sources, faults };
}

const kindOf = (path: string): Kind => (isShared(path) ? (path.slice(0, -".yaml".length) as Kind) : "roster");

/** Letters with accents can be written in two ways, which a person can't tell apart. */
function sameName(path: string, file: string): Fault {
  const message = `${quote(path, 100)} has the name of another file here, in other characters (Unicode NFC and NFD).`;
  return fault(fileAt(file), "bad-file-name", message, "Delete one of the two, or give it another name.");
}

/** Letters of any script, digits, dots, dashes, underscores, single spaces: what URNs and reports carry unharmed. */
const FILE_NAME = /^(?:[\p{L}\p{N}_][\p{L}\p{M}\p{N}_. @-]*)(?:\/[\p{L}\p{N}_][\p{L}\p{M}\p{N}_. @-]*)*$/u;
const MAX_PATH = 200;

function pathFault(path: string, file: string): Fault | undefined {
  if (isNearlyYaml(path)) {
    const name = clean(path.split("/").at(-1) ?? "");
    const message = `The file ${quote(name)} would not be read: rosters end in .yaml.`;
    return fault(fileAt(file), "yml-file", message, `Rename it to ${quote(name.replace(/\.ya?ml$/i, ".yaml"))}.`);
  }
  if (!isYaml(path)) return undefined;
  const reserved = path
    .replace(/\.yaml$/, "")
    .split("/")
    .find(isReserved);
  if (reserved !== undefined) {
    const message = `${quote(path, 100)} cannot be the name of a roster: ${quote(reserved)} is reserved.`;
    return fault(fileAt(file), "bad-file-name", message, "Give the file or the folder another name.");
  }
  if (FILE_NAME.test(path) && path.length <= MAX_PATH) return undefined;
  const message = `${quote(path, 100)} cannot be the name of a roster.`;
  const hint = `Use letters, digits, dots, dashes and underscores, at most ${MAX_PATH} of them.`;
  return fault(fileAt(file), "bad-file-name", message, hint);
}

/** The bytes of a file that counts, a fault, or undefined for a file that is ignored. */
function contentOf(path: string, file: string, entry: Entry, tree: Tree): Uint8Array | Fault | undefined {
  switch (entry.kind) {
    case "file":
      return isYaml(path) ? entry.bytes : undefined;
    case "large":
      return isYaml(path) ? tooLarge(path, file, entry.size) : undefined;
    case "other":
      return isYaml(path)
        ? fault(
            fileAt(file),
            "not-a-file",
            "This is no file that can be read.",
            "Replace it by a regular file that you may read.",
          )
        : undefined;
    case "link":
      return linked(path, file, entry.target, tree);
  }
}

function tooLarge(path: string, file: string, size: number): Fault {
  const message = `The file has ${size} bytes, more than the limit of ${sizeLimit(path)}.`;
  const hint = isShared(path)
    ? "Split the stack in two."
    : "A roster holds one group of at most 8 people: keep the rest elsewhere.";
  return fault(fileAt(file), "too-large", message, hint);
}

/** A link is followed within the folder, to a file, and no further than one step: more is not needed to share a roster. */
function linked(path: string, file: string, target: string, tree: Tree): Uint8Array | Fault | undefined {
  const aim = resolve(path, target);
  if (aim === undefined) {
    const message = `The symbolic link leads out of the stack's folder, to ${quote(target)}.`;
    return fault(fileAt(file), "link-outside", message, "Replace the link by the file itself.");
  }
  const found = tree.get(aim);
  if (found?.kind === "file" && !isYaml(path)) return undefined;
  if (found?.kind === "file") return found.bytes;
  if (!isYaml(path) && found !== undefined) return undefined;
  const message = `The symbolic link leads to ${quote(target)}, which is no file that is read.`;
  return fault(fileAt(file), "link-broken", message, "Replace the link by the file itself.");
}

/** Where a link leads, relative to the folder; undefined when that is outside. */
function resolve(path: string, target: string): string | undefined {
  if (target.startsWith("/") || target.includes("\\") || /^[A-Za-z]:/.test(target)) return undefined;
  const steps = path.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
