/** Source: a Pulumi CLI that is on PATH already. The npm launcher is on PATH as well; it is not a CLI. */
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { run } from "./run.mjs";
import { parseVersion } from "./version.mjs";

/**
 * The CLIs on PATH that have their language host beside them or on PATH, first one first.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ pulumi: string, language: string }} parts names of the files
 * @returns {Promise<{ version: string, files: { pulumi: string, language: string } }[]>}
 */
export async function findOnPath(env, parts) {
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter(Boolean);
  /** @type {Map<string, { version: string, files: { pulumi: string, language: string } }>} */
  const found = new Map();
  for (const folder of folders) {
    const pulumi = program(folder, parts.pulumi);
    if (!pulumi || found.has(pulumi)) continue;
    const language = [dirname(pulumi), ...folders].map((beside) => program(beside, parts.language)).find(Boolean);
    if (!language) continue;
    const answer = await run(pulumi, ["version"], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeoutMs: 15_000,
    });
    const version = answer.code === 0 && parseVersion(answer.stdout)?.join(".");
    if (version) found.set(pulumi, { version, files: { pulumi, language } });
  }
  return [...found.values()];
}

/** The program of that name in a folder; undefined when there is none, or only the launcher of npm. @param {string} folder @param {string} name */
function program(folder, name) {
  try {
    const file = realpathSync(join(folder, name));
    accessSync(file, constants.X_OK);
    return file.includes(`${sep}node_modules${sep}`) ? undefined : file;
  } catch {
    return undefined;
  }
}
