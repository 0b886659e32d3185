import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Program } from "../conformance/program";
import { copyPackage, ROOT } from "./repository";

/** What a person types, with the lines of npm that this suite does not need left out. */
const QUIET = ["--prefer-offline", "--no-audit", "--no-fund", "--no-progress"];

/**
 * The package as `npm pack` makes it. Its version can be another one: what an upgrade is tested with.
 * @returns the tarball
 */
export function pack(to: string, version?: string): string {
  mkdirSync(to, { recursive: true });
  const from = version === undefined ? ROOT : copyAs(version, join(to, "source"));
  const said = npm(["pack", "--ignore-scripts", "--json", "--pack-destination", to], from);
  const [packed] = JSON.parse(said.slice(said.indexOf("["))) as { filename: string }[];
  return join(to, packed?.filename ?? "");
}

function copyAs(version: string, to: string): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as object;
  copyPackage(to);
  writeFileSync(join(to, "package.json"), JSON.stringify({ ...manifest, version }));
  return to;
}

/** `npm install` in a folder, of a tarball and whatever else. */
export function install(dir: string, ...packages: readonly string[]): void {
  npm(["install", ...QUIET, ...packages], dir);
}

function npm(args: readonly string[], cwd: string): string {
  const env = { ...process.env, npm_config_update_notifier: "false" };
  return execFileSync("npm", [...args], { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/**
 * Packs, and installs in an empty folder; the suite has to remove what is around that.
 * @returns folder and tarball, or that npm could not reach its registry
 */
export function packAndInstall(): Program {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-packed-")));
  const dir = join(folder, "empty");
  mkdirSync(dir);
  const tarball = pack(folder);
  const program = installed(dir, [tarball]);
  if ("missing" in program) rmSync(folder, { recursive: true, force: true });
  return "missing" in program ? program : { command: [dir, tarball] };
}

/**
 * Packages, installed in a folder.
 * @returns the folder, or that npm could not reach its registry
 */
export function installed(dir: string, packages: readonly string[]): Program {
  try {
    install(dir, ...packages);
    return { command: [dir] };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|ECONNRESET/.test(said)) throw error;
    return { missing: `npm install found no registry: ${said.slice(-500)}` };
  }
}

/** The oldest release of Pulumi's SDK that the package admits. */
export function oldestSdk(): string {
  const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    peerDependencies: Record<string, string>;
  };
  return (peerDependencies["@pulumi/pulumi"] ?? "").replace("^", "");
}

/** A newer release than the lock file's. Node.js 20 has none: 3.248.0 is the last that says it runs there. */
export function newestSdk(node = process.versions.node): string {
  return node.startsWith("20.") ? "3.248.0" : "3.276.0";
}

/** What is in a tarball, by path in the package. */
export const contents = (tarball: string): string[] =>
  execFileSync("tar", ["tzf", tarball], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""))
    .sort();
