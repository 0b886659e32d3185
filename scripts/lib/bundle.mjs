/**
 * What the package holds of the program: one file for each way to start it, and the types that an importer needs. Users then
 * get four programs in place of 200 modules, and each starts with one file to read. Dependencies stay outside.
 */
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Names in dist, without their ends, as `exports` and `bin` in package.json name them. */
const ENTRIES = ["index", "library", "provider/index", "cli/main"];
/** Those that TypeScript programs import. Pulumi alone loads the provider. */
const IMPORTED = ["index", "library"];

/**
 * All files of dist, relative to it.
 * @param {string} root the project's folder
 * @param {string} compiled where the compiler wrote the types, relative to it
 */
export function bundled(root, compiled) {
  return [...ENTRIES.map((name) => `${name}.js`), ...typesOf(join(root, compiled), IMPORTED)];
}

/**
 * @param {string} root the project's folder
 * @param {string} compiled where the compiler wrote the types, relative to it
 */
export async function bundle(root, compiled) {
  const dist = join(root, "dist");
  rmSync(dist, { recursive: true, force: true });
  /** @type {unknown} */
  const found = await import(pathToFileURL(join(root, "node_modules/esbuild/lib/main.js")).href);
  const esbuild = /** @type {typeof import("esbuild")} */ (found);
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
    outdir: "dist",
    tsconfig: "tsconfig.build.json",
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    keepNames: true,
    logLevel: "error",
  });
  const types = join(root, compiled);
  for (const name of typesOf(types, IMPORTED)) cpSync(join(types, name), join(dist, name));
}

/**
 * The files of types that others lead to, themselves included.
 * @param {string} folder
 * @param {readonly string[]} entries without their ends
 */
export function typesOf(folder, entries) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {string} path without its end */
  const follow = (path) => {
    const name = [`${path}.d.ts`, `${path}/index.d.ts`].find((file) => existsSync(join(folder, file)));
    if (name === undefined || found.has(name)) return;
    found.add(name);
    for (const [, other = ""] of readFileSync(join(folder, name), "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]*)"/g))
      follow(join(dirname(name), other));
  };
  for (const entry of entries) follow(entry);
  return [...found].sort();
}
