import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { foldersUp } from "../../ambient";

/** The package's name, and where npm puts it in a folder that is no part of a workspace. */
const PACKAGE = "cams-rollcall";
export const USUAL_PLACE = `node_modules/${PACKAGE}`;

/** Pulumi's SDK. Pulumi's language host looks for it from the project's folder, not from the package's. */
export const SDK = "@pulumi/pulumi";

/** Whether, and where, a folder finds what it needs. */
export interface Place {
  readonly kind: "installed" | "missing" | "plug-and-play";
  /**
   * The package's folder, relative to the repository's, with forward slashes. Links are not followed: what they point to
   * has the version in its path with pnpm, and changes with each upgrade.
   */
  readonly path: string;
  /** Whether the SDK is found, too. */
  readonly sdk: boolean;
}

/** Looks for the package as Node.js does from a file in that folder: there, and in each folder above. */
export function placeOf(root: string): Place {
  const folders = createRequire(join(root, "package.json")).resolve.paths(PACKAGE) ?? [];
  const has = (name: string) => folders.find((folder) => existsSync(join(folder, name, "package.json")));
  const folder = has(PACKAGE);
  if (folder === undefined)
    return { kind: usesPlugAndPlay(root) ? "plug-and-play" : "missing", path: USUAL_PLACE, sdk: false };
  const path = relative(root, join(folder, PACKAGE)).split(sep).join("/");
  return { kind: "installed", path, sdk: has(SDK) !== undefined };
}

/** Yarn's Plug'n'Play has no folders of packages. Pulumi starts Node.js without what makes up for that. */
const usesPlugAndPlay = (root: string): boolean =>
  foldersUp(root).some((folder) => existsSync(join(folder, ".pnp.cjs")));
