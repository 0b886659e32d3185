import { join } from "node:path";
import { managerOf } from "../../../src/cli/init/manager";
import { Project } from "../project";

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

test.each([
  ["package-lock.json", "npm install --save-dev"],
  ["pnpm-lock.yaml", "pnpm add --save-dev"],
  ["yarn.lock", "yarn add --dev"],
])("%s, there or above, tells the package manager", (lockFile, add) => {
  project.write({ [lockFile]: "" });
  expect(managerOf(project.root, "other/1").add).toBe(add);
  expect(managerOf(join(project.root, "teams/rosters"), "other/1").add).toBe(add);
});

test.each([
  ["pnpm/10.4.1 npm/? node/v22.1.0 linux x64", "pnpm exec"],
  ["yarn/4.6.0 npm/? node/v22.1.0 linux x64", "yarn"],
  ["npm/11.0.0 node/v22.1.0 linux x64 workspaces/false", "npx"],
  [undefined, "npx"],
])("without a lock file %s is asked", (userAgent, exec) => {
  expect(managerOf(project.root, userAgent).exec).toBe(exec);
});
