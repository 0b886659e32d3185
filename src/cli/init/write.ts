import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { NewFile } from "./files";

/** What became of each file, by path. */
export interface Written {
  readonly written: readonly string[];
  /** There already, and different: somebody's own, so left as they are. */
  readonly kept: readonly string[];
  /** There already, to the letter. */
  readonly same: readonly string[];
}

/**
 * Writes what is not there, and never over what is. An example is written only where the stack has no folder yet:
 * a user who deleted it does not want it back.
 */
export function writeNew(root: string, files: readonly NewFile[], stack: string): Written {
  const result = { written: [] as string[], kept: [] as string[], same: [] as string[] };
  const begun = existsSync(join(root, "stacks", stack));
  for (const { path, text, executable, example } of files) {
    const file = join(root, path);
    if (existsSync(file)) {
      const there = readFileSync(file, "utf8");
      (there === text || (path === "package.json" && dependsOnPackage(there)) ? result.same : result.kept).push(path);
    } else if (!example || !begun) {
      mkdirSync(dirname(file), { recursive: true });
      // `wx`: whatever came into being meanwhile is not written over either.
      writeFileSync(file, text, { flag: "wx" });
      if (executable) chmodSync(file, 0o755);
      result.written.push(path);
    }
  }
  return result;
}

/** All that is asked of a package.json: `npm install` has written its own before. */
function dependsOnPackage(text: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
    return "cams-rollcall" in { ...dependencies, ...devDependencies };
  } catch {
    return false;
  }
}
