/** The order of set-up. Each step looks first whether it is needed, so that a second run takes a moment. */
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, makeExecutable, whyBuild } from "./build.mjs";
import { install, thisPlatform, whyInstall } from "./dependencies.mjs";
import { codeOf, Failure, messageOf, renderFailure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { createProgress, megabytes, seconds } from "./progress.mjs";
import { binFolder, missingParts, provide, sizeOf } from "./pulumi-cli.mjs";
import { handleInterrupts } from "./run.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STEPS = ["dependencies", "build", "pulumi"];

/**
 * What a step works with. Of `notes` the last line of set-up tells.
 * @typedef {{ root: string, env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress, notes: string[] }} Work
 */

/** `node scripts/setup.mjs [step…]`: all steps, or the named ones. */
export async function setUp(asked = process.argv.slice(2), root = ROOT, env = process.env) {
  const start = Date.now();
  const progress = createProgress();
  handleInterrupts();
  try {
    const unknown = asked.find((name) => !STEPS.includes(name));
    if (unknown) throw new Failure(`There is no step "${unknown}".`, { hints: [`The steps are ${STEPS.join(", ")}.`] });
    /** @param {string} name */
    const wants = (name) => asked.length === 0 || asked.includes(name);
    /** @param {string} holder */
    const onWait = (holder) => progress.say(`Another set-up of this folder (${holder}) is at it; waiting for it.`);
    /** @type {Work} */
    const work = { root, env, progress, notes: [] };
    await withLock(join(root, ".rollcall", "setup.lock"), { onWait }, async () => {
      if (wants("dependencies")) await dependencies(work);
      if (wants("build")) await compile(work);
    });
    if (wants("pulumi")) await pulumi(work);
    progress.say([`Set-up took ${seconds(Date.now() - start)}`, ...work.notes].join("; "));
  } catch (error) {
    process.stderr.write(`\n${renderFailure(asFailure(error))}\n`);
    process.exitCode = 1;
  }
}

/** @param {Work} work */
async function dependencies({ root, env, progress, notes }) {
  const why = whyInstall(root, thisPlatform());
  if (!why) {
    progress.fine("Dependencies", "up to date");
    return;
  }
  await progress.step("Dependencies", async (tell) => {
    tell(`npm ci, as ${why}`);
    await install(root, env);
    const still = whyInstall(root, thisPlatform());
    if (still) notes.push(`npm ci was happy, although ${still}`);
    notes.push(`node_modules ${megabytes(bytesOf(join(root, "node_modules")))}`);
    return "installed";
  });
}

/** @param {Work} work */
async function compile({ root, env, progress }) {
  const why = whyBuild(root);
  if (why) {
    await progress.step("Build", async (tell) => {
      tell(`tsc, as ${why}`);
      await build(root, env);
      return "done";
    });
  } else {
    makeExecutable(root);
    progress.fine("Build", "up to date");
  }
}

/** @param {Work} work */
async function pulumi({ root, env, progress, notes }) {
  const launcher = join(root, "node_modules/pulumi/package.json");
  if (!existsSync(launcher)) {
    throw new Failure("The dependencies are not installed.", { hints: ["Run `npm run setup`, which does all steps."] });
  }
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(launcher, "utf8"));
  const { version } = /** @type {{ version: string }} */ (manifest);
  const bin = binFolder(version, env);
  if (env.PULUMI_VERSION && env.PULUMI_VERSION !== version) {
    progress.say(
      `PULUMI_VERSION is set: \`npx pulumi\` will run ${env.PULUMI_VERSION}, not ${version} as provided here.`,
    );
  }
  const name = `Pulumi CLI ${version}`;
  const missing = missingParts(bin);
  if (missing.length === 0) {
    progress.fine(name, "complete");
    return;
  }
  await progress.step(name, (tell) => provide({ root, version, bin, env, tell, say: progress.say }));
  notes.push(`Pulumi CLI ${megabytes(sizeOf(bin))} in ${bin}`);
}

/** Bytes of all files below a folder. @param {string} folder */
function bytesOf(folder) {
  if (!existsSync(folder)) return 0;
  let sum = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) sum += lstatSync(join(entry.parentPath, entry.name)).size;
  }
  return sum;
}

/**
 * Faults of the machine, in words; anything else is a fault of set-up itself and keeps its stack.
 * @param {unknown} error
 */
function asFailure(error) {
  if (error instanceof Failure) return error;
  /** @type {Readonly<Record<string, string>>} */
  const hints = {
    EACCES: "That place belongs to somebody else: make it yours, or point HOME (or PULUMI_HOME) to a folder of yours.",
    EPERM: "That place belongs to somebody else: make it yours, or point HOME (or PULUMI_HOME) to a folder of yours.",
    EROFS:
      "That disk is read-only: point HOME (or PULUMI_HOME) to a folder that can be written, or use a copy of the project.",
    ENOSPC: "The disk is full: free some space (1 GB; 5 GB when the CLI has to be built).",
  };
  const hint = hints[codeOf(error) ?? ""];
  if (hint) return new Failure(`Set-up could not go on: ${messageOf(error)}.`, { hints: [hint] });
  return new Failure("Set-up failed in a way that it does not know.", {
    output: String(error instanceof Error ? error.stack : error).split("\n"),
    hints: ["Please report this with the lines above."],
  });
}
