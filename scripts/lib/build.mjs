/** Step 2: src is compiled, and bundled to dist. Skipped when neither a source nor the compiler changed and every output is there. */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { bundle, bundled } from "./bundle.mjs";
import { Failure } from "./failure.mjs";
import { run } from "./run.mjs";

const CACHE = "node_modules/.cache/rollcall";
/** Where the compiler writes: of that only types go into dist. */
export const COMPILED = `${CACHE}/compiled`;
const PROGRAM = "dist/cli/main.js";

/**
 * All files below a folder, relative to it, with forward slashes.
 * @param {string} folder
 */
function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** One hash of all that decides what the compiler writes. @param {string} root */
export function fingerprint(root) {
  const hash = createHash("sha256");
  const inputs = [
    "tsconfig.json",
    "tsconfig.build.json",
    "node_modules/typescript/package.json",
    "node_modules/esbuild/package.json",
    "scripts/lib/bundle.mjs",
  ];
  for (const file of [...inputs, ...files(join(root, "src")).map((name) => `src/${name}`)]) {
    const path = join(root, file);
    hash
      .update(`${file}\0`)
      .update(existsSync(path) ? readFileSync(path) : "")
      .update("\0");
  }
  return hash.digest("hex");
}

/** What the compiler writes for the sources, relative to its folder. @param {string} root */
function outputs(root) {
  return files(join(root, "src"))
    .filter((name) => /(?<!\.d)\.ts$/.test(name))
    .flatMap((name) => [name.replace(/\.ts$/, ".js"), name.replace(/\.ts$/, ".d.ts")]);
}

/** Why the compiler has to run, or undefined. @param {string} root */
export function whyBuild(root) {
  const wanted = [
    ...outputs(root).map((name) => `${COMPILED}/${name}`),
    ...bundled(root, COMPILED).map((name) => `dist/${name}`),
  ];
  const missing = wanted.find((path) => !existsSync(join(root, path)));
  if (missing) return `${missing} is missing`;
  const stamp = join(root, CACHE, "build.stamp");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(root) ? undefined : "sources changed";
}

/** @param {string} root @param {NodeJS.ProcessEnv} env */
export async function build(root, env) {
  const cache = join(root, CACHE);
  const stamp = join(cache, "build.stamp");
  const wanted = outputs(root);
  rmSync(stamp, { force: true });
  // The compiler trusts its notes and does not look whether its outputs are still there.
  if (wanted.some((name) => !existsSync(join(root, COMPILED, name)))) {
    rmSync(join(cache, "build.tsbuildinfo"), { force: true });
  }
  const before = fingerprint(root);
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const result = await run(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: root, env });
  if (result.code !== 0) {
    throw new Failure("The sources do not compile.", {
      output: result.lines.slice(0, 15),
      hints: ["Mend what the compiler names above; `npx tsc -p tsconfig.build.json` shows all of it."],
    });
  }
  const kept = new Set(wanted);
  for (const name of files(join(root, COMPILED))) if (!kept.has(name)) rmSync(join(root, COMPILED, name));
  await bundle(root, COMPILED);
  makeExecutable(root);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, before);
}

/** npx and a package manager's links start the program directly. @param {string} root */
export function makeExecutable(root) {
  const program = join(root, PROGRAM);
  if (existsSync(program)) chmodSync(program, 0o755);
}
