import { join } from "node:path";
import { folder, prepared, type Program } from "../conformance/program";
import { ROOT } from "./repository";

const HOME = join(ROOT, "tools/package-managers");
const FILES = ["package.json", "package-lock.json"].map((name) => join(HOME, name));
const PLACE = folder("package-managers", FILES);

/** pnpm and Yarn as `tools/package-managers` pins them, set up once. */
export function packageManagers(): Program {
  return prepared(
    PLACE,
    [PLACE],
    [
      ["cp", ...FILES, PLACE],
      ["npm", "ci", "--prefix", PLACE, "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"],
    ],
  );
}

const MANAGERS = {
  npm: undefined,
  pnpm: "pnpm/bin/pnpm.cjs",
  "Yarn 1": "yarn-classic/bin/yarn.js",
  Yarn: "@yarnpkg/cli-dist/bin/yarn.js",
} as const;

export type ManagerName = keyof typeof MANAGERS;

/** The command that starts a package manager. */
export function command(name: ManagerName): readonly [string, ...string[]] {
  const file = MANAGERS[name];
  return file === undefined ? ["npm"] : [process.execPath, join(PLACE, "node_modules", file)];
}
