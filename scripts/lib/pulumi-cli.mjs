/**
 * Step 3: the Pulumi CLI, where the `pulumi` launcher of npm looks for it.
 *
 * The launcher runs `${PULUMI_HOME:-~/.pulumi}/versions/<version>/bin/pulumi` and puts that folder first on PATH, so the
 * language host and the dynamic-provider host must lie beside it. Sources are tried in this order: the folder itself; the
 * same version on PATH; the official download; a build of the same version from its Go modules; any 3.x on PATH.
 *
 * Whatever the source, it fills a staging folder first. Files are then renamed into place one by one, `pulumi` last: the
 * launcher looks at that file only, so it never finds a half CLI, however set-up ends and however many run at once.
 */
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { randomUUID } from "node:crypto";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Failure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { download } from "./pulumi-download.mjs";
import { buildFromModules, OLDEST_GO } from "./pulumi-go.mjs";
import { findOnPath } from "./pulumi-path.mjs";
import { onInterrupt, run } from "./run.mjs";
import { parseVersion } from "./version.mjs";

const windows = process.platform === "win32";

/** The files that make a CLI for Node.js programs; `pulumi` last, see above. */
export const PARTS = {
  language: windows ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs",
  dynamic: windows ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs",
  pulumi: windows ? "pulumi.exe" : "pulumi",
};

/** The launcher's folder for a version. @param {string} version @param {NodeJS.ProcessEnv} env */
export function binFolder(version, env) {
  return join(env.PULUMI_HOME || join(homedir(), ".pulumi"), "versions", version, "bin");
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    const stat = statSync(file);
    return stat.isFile() && stat.size > 0;
  } catch {
    return false;
  }
}

/** The parts that a folder lacks, in the order in which they have to come. @param {string} bin */
export function missingParts(bin) {
  return Object.values(PARTS).filter((name) => !isProgram(join(bin, name)));
}

/** Bytes of the parts. @param {string} bin */
export function sizeOf(bin) {
  return Object.values(PARTS).reduce((sum, name) => sum + statSync(join(bin, name)).size, 0);
}

/**
 * What is to be provided, where, and whom to tell: `tell` with the next heartbeat, `say` at once.
 * @typedef {{ root: string, version: string, bin: string, env: NodeJS.ProcessEnv, tell: (text: string) => void,
 *   say: (text: string) => void }} Job
 *
 * How a source has provided the CLI, in which version if in another one, or why it could not.
 * @typedef {{ how?: string, version?: string, why?: string }} Provided
 */

/**
 * Provides what is missing. Gives back how, for the report.
 * @param {Job} job
 */
export async function provide({ root, version, bin, env, tell, say }) {
  const versions = dirname(dirname(bin));
  const prefix = `.rollcall-${version}-`;
  /** @param {string} holder */
  const onWait = (holder) => say(`  Another set-up (${holder}) is at it; waiting for it.`);
  return withLock(join(versions, `.rollcall-${version}.lock`), { onWait }, async () => {
    for (const left of readdirSync(versions).filter((name) => name.startsWith(prefix))) {
      rmSync(join(versions, left), { recursive: true, force: true });
    }
    if (missingParts(bin).length === 0) return "provided by another set-up meanwhile";
    const staging = join(versions, prefix + randomUUID().slice(0, 8));
    const clean = () => rmSync(staging, { recursive: true, force: true });
    const forget = onInterrupt(clean);
    try {
      mkdirSync(join(staging, "bin"), { recursive: true });
      const how = await fill({ root, version, bin, staging, env, tell, say });
      move(join(staging, "bin"), bin);
      return how;
    } finally {
      forget();
      clean();
    }
  });
}

/**
 * Fills the staging folder with what is missing, from the first source that can.
 * @param {Job & { staging: string }} job
 */
async function fill(job) {
  const { root, version, bin, staging, env } = job;
  const target = join(staging, "bin");
  const wanted = missingParts(bin);
  const dynamic = join(root, "node_modules/@pulumi/pulumi", PARTS.dynamic);
  copyFileSync(dynamic, join(target, PARTS.dynamic));
  chmodSync(join(target, PARTS.dynamic), 0o755);

  const whys = [];
  const onPath = await findOnPath(env, PARTS);
  /**
   * @param {(typeof onPath)[number] | undefined} found
   * @returns {Provided}
   */
  const fromPath = (found) => {
    if (!found) return {};
    for (const part of /** @type {const} */ (["language", "pulumi"])) {
      copyFileSync(found.files[part], join(target, PARTS[part]));
      chmodSync(join(target, PARTS[part]), 0o755);
    }
    if (found.version !== version) {
      job.say(
        `  Pulumi CLI ${found.version} of PATH stands in for ${version}; delete ${dirname(bin)} to be rid of it.`,
      );
    }
    return { how: `copied ${found.version} from ${dirname(found.files.pulumi)}`, version: found.version };
  };
  /** @type {readonly (readonly [name: string, source: () => Provided | Promise<Provided>])[]} */
  const sources = [
    ["on PATH", () => fromPath(onPath.find((found) => found.version === version))],
    ["download", () => download(job)],
    ["build", () => buildFromModules({ ...job, target, wanted, parts: PARTS })],
    ["on PATH", () => fromPath(onPath.find((found) => parseVersion(found.version)?.[0] === 3))],
  ];

  for (const [name, source] of sources) {
    const result = wanted.some((part) => part !== PARTS.dynamic)
      ? await source()
      : { how: "copied the dynamic provider's host" };
    if (result.how) {
      await verify(target, wanted, result.version ?? version, env);
      return result.how;
    }
    if (result.why) whys.push(`${name}: ${result.why}`);
  }
  throw new Failure(`The Pulumi CLI ${version} could not be provided.`, { output: whys, hints: waysOut(version, bin) });
}

/**
 * What somebody can do whose machine reaches neither the download nor has a Go that will do.
 * @param {string} version @param {string} bin
 */
export function waysOut(version, bin) {
  return [
    `Install Go ${OLDEST_GO} or newer (https://go.dev/dl), see that \`go\` is on PATH, and run this again: set-up then builds the CLI from its Go modules. Where the module proxy cannot be reached, set GOPROXY to one that can.`,
    `Or bring a Pulumi CLI 3.x yourself: put \`${PARTS.pulumi}\` and \`${PARTS.language}\` of a release (best ${version}) into ${bin}, or anywhere on PATH, and run this again.`,
  ];
}

/**
 * The CLI must say its version before it is put in place.
 * @param {string} target the folder that was filled
 * @param {readonly string[]} wanted the parts that it must have
 * @param {string} version @param {NodeJS.ProcessEnv} env
 */
async function verify(target, wanted, version, env) {
  const lacking = wanted.filter((part) => !isProgram(join(target, part)));
  if (lacking.length > 0) {
    throw new Failure(`The Pulumi CLI came without ${lacking.join(" and ")}.`, { hints: ["Run this again."] });
  }
  if (!wanted.includes(PARTS.pulumi)) return;
  const quiet = { ...env, PULUMI_HOME: join(dirname(target), "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const result = await run(join(target, PARTS.pulumi), ["version"], { env: quiet, timeoutMs: 60_000 });
  if (result.code !== 0 || parseVersion(result.stdout)?.join(".") !== version) {
    throw new Failure(`The Pulumi CLI does not run: \`pulumi version\` should say v${version}.`, {
      output: result.tail,
      hints: [
        `See that programs may be started from ${dirname(dirname(target))} (not mounted noexec), or set PULUMI_HOME to another folder.`,
      ],
    });
  }
}

/**
 * Moves all parts into place, `pulumi` last. One that somebody else put there in the meantime stays.
 * @param {string} from @param {string} bin
 */
function move(from, bin) {
  mkdirSync(bin, { recursive: true });
  /** @param {string} name */
  const order = (name) => (name === PARTS.pulumi ? 1 : 0);
  for (const name of readdirSync(from).sort((a, b) => order(a) - order(b))) {
    if (Object.values(PARTS).includes(name) && isProgram(join(bin, name))) continue;
    renameSync(join(from, name), join(bin, name));
  }
}
