import { existsSync } from "node:fs";
import { join } from "node:path";
import { foldersUp } from "../../ambient";

/** How one package manager is spoken to. */
export interface Manager {
  /** Adds packages to a folder. */
  readonly add: string;
  /** Runs a program of an installed package. */
  readonly exec: string;
  readonly lockFile: string;
}

const MANAGERS = {
  npm: { add: "npm install --save-dev", exec: "npx", lockFile: "package-lock.json" },
  pnpm: { add: "pnpm add --save-dev", exec: "pnpm exec", lockFile: "pnpm-lock.yaml" },
  yarn: { add: "yarn add --dev", exec: "yarn", lockFile: "yarn.lock" },
} as const satisfies Record<string, Manager>;

/**
 * The package manager of a folder: whose lock file lies there or in the nearest folder above, else the one that started
 * this program, else npm.
 * @param userAgent what package managers set for the programs that they start, such as `pnpm/10.4.1 npm/? node/v22.1.0`
 */
export function managerOf(root: string, userAgent = process.env.npm_config_user_agent): Manager {
  const all = Object.values(MANAGERS);
  for (const folder of foldersUp(root)) {
    const found = all.find(({ lockFile }) => existsSync(join(folder, lockFile)));
    if (found !== undefined) return found;
  }
  const name = userAgent?.split("/")[0] ?? "";
  return name === "pnpm" || name === "yarn" ? MANAGERS[name] : MANAGERS.npm;
}
