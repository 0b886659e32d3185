/** Step 1: node_modules is what package-lock.json says. Compared package by package, so nothing else has to be kept. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { Failure } from "./failure.mjs";
import { readJson } from "./json.mjs";
import { run } from "./run.mjs";

/**
 * What is read of package-lock.json. Its first package, named "", is the project itself.
 * @typedef {Readonly<Record<string, string>>} Ranges
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string | string[], cpu?: string | string[],
 *   libc?: string | string[], dependencies?: Ranges, devDependencies?: Ranges, peerDependencies?: Ranges }} Entry
 * @typedef {{ packages?: Readonly<Record<string, Entry>> }} Lock
 */

/** What this machine is, as package-lock.json calls it. */
export function thisPlatform() {
  return { os: process.platform, cpu: process.arch, libc: libc() };
}

function libc() {
  if (process.platform !== "linux") return undefined;
  // Without this a report looks up names of the network, which takes time. The types don't know it.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return header.glibcVersionRuntime ? "glibc" : "musl";
}

/**
 * Why `npm ci` is needed, or undefined.
 * @param {string} root
 * @param {ReturnType<typeof thisPlatform>} platform
 */
export function whyInstall(root, platform) {
  const wanted = readLock(join(root, "package-lock.json"))?.packages;
  if (!wanted) return "there is no package-lock.json";
  const declared = /** @type {Entry} */ (readJson(join(root, "package.json")) ?? {});
  for (const kind of /** @type {const} */ (["dependencies", "devDependencies", "peerDependencies"])) {
    if (!sameEntries(declared[kind], wanted[""]?.[kind])) return "package.json and package-lock.json differ";
  }
  const installed = readLock(join(root, "node_modules", ".package-lock.json"))?.packages;
  if (!installed) return "node_modules is missing";
  for (const [path, want] of Object.entries(wanted)) {
    const have = installed[path];
    if (path === "" || (!have && want.optional && !isMeantFor(want, platform))) continue;
    if (!have || !existsSync(join(root, path, "package.json"))) return `${packageName(path)} is not installed`;
    if (have.version !== want.version || have.integrity !== want.integrity) {
      return `${packageName(path)} is ${have.version ?? "of no version"}, not ${want.version ?? "that"} of package-lock.json`;
    }
  }
  const surplus = Object.keys(installed).find((path) => !(path in wanted));
  return surplus && `${packageName(surplus)} is installed but not in package-lock.json`;
}

/**
 * Whether an optional package is one for this very platform. One that names no platform may be missing: it is what a
 * package for another platform depends on.
 * @param {Entry} entry
 * @param {ReturnType<typeof thisPlatform>} platform
 */
function isMeantFor(entry, platform) {
  const keys = /** @type {const} */ (["os", "cpu", "libc"]);
  const named = keys.filter((key) => entry[key] !== undefined);
  return named.length > 0 && named.every((key) => admits([entry[key] ?? []].flat(), platform[key] ?? ""));
}

/** @param {readonly string[]} names what a package admits, or what it does not with a `!` before it @param {string} mine */
function admits(names, mine) {
  if (names.includes(`!${mine}`)) return false;
  const allowed = names.filter((name) => !name.startsWith("!"));
  return allowed.length === 0 || allowed.includes(mine);
}

/** @param {Ranges} [a] @param {Ranges} [b] */
function sameEntries(a = {}, b = {}) {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
}

/** @param {string} path in package-lock.json */
function packageName(path) {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** @param {string} file */
const readLock = (file) => /** @type {Lock | undefined} */ (readJson(file));

/**
 * Flags that undo what a user's npm settings could change about the result. Packages need no install scripts here:
 * those that ship binaries do so as optional packages.
 */
const CI_FLAGS = [
  "--include=dev",
  "--include=optional",
  "--include=peer",
  "--package-lock=true",
  "--ignore-scripts",
  "--dry-run=false",
  "--global=false",
  "--no-audit",
  "--no-fund",
  "--no-progress",
  "--no-update-notifier",
  "--loglevel=error",
];

/** The npm that runs this, or else the one on PATH. @param {NodeJS.ProcessEnv} env */
export function npmCommand(env) {
  const self = env.npm_execpath ?? "";
  if (/^npm(-cli)?\.c?js$/.test(basename(self)) && existsSync(self)) {
    return { command: process.execPath, args: [self], shell: false };
  }
  return { command: "npm", args: [], shell: process.platform === "win32" };
}

/** @param {string} root @param {NodeJS.ProcessEnv} env */
export async function install(root, env) {
  const npm = npmCommand(env);
  const result = await run(npm.command, [...npm.args, "ci", ...CI_FLAGS], { cwd: root, env, shell: npm.shell });
  if (result.missing) {
    throw new Failure("npm was not found.", {
      hints: ["Install npm (it comes with Node.js) and see that it is on PATH."],
    });
  }
  if (result.code !== 0) {
    throw new Failure("npm ci could not install the dependencies.", {
      output: withoutUsage(result.lines),
      hints: hintsFor(result.lines.join("\n")),
    });
  }
}

/** What npm said, without the manual and the stacks that it adds. @param {readonly string[]} lines */
function withoutUsage(lines) {
  const usage = lines.findIndex((line) => line.includes("Clean install a project"));
  const said = lines.slice(0, usage < 0 ? undefined : usage);
  return said.filter((line) => !/^npm (error|ERR!)\s+at /.test(line)).slice(0, 15);
}

/** What to do about a failure of npm. @param {string} output */
function hintsFor(output) {
  if (/EUSAGE|in sync/.test(output)) {
    return ["package.json was changed without its lock file: run `npm install`, look at the difference, commit both."];
  }
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|ENETUNREACH|network/i.test(output)) {
    return [
      "The npm registry cannot be reached: check the network, or `npm config get registry` and `npm config get proxy`.",
    ];
  }
  if (output.includes("ENOSPC")) return ["The disk is full: about 250 MB are needed for node_modules."];
  if (/EACCES|EPERM/.test(output)) {
    return ["node_modules or npm's cache belongs to somebody else: make them yours, or delete node_modules."];
  }
  return [
    "Try `npm ci` by hand to see all of what npm says.",
    "Delete node_modules if it was half installed, then run this again.",
  ];
}
