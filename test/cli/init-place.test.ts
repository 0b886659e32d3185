import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { initCommand } from "../../src/cli/init";
import { managerOf } from "../../src/cli/init/manager";
import { placeOf } from "../../src/cli/init/place";
import { Project } from "./project";

let project: Project;
beforeEach(() => {
  project = new Project();
  project.delete("Pulumi.yaml");
});
afterEach(() => project.remove());

const BOTH = ["cams-rollcall", "@pulumi/pulumi"];
const installed = (folder: string, packages = BOTH) =>
  project.write(Object.fromEntries(packages.map((name) => [`${folder}/${name}/package.json`, "{}"])));
const text = (path: string) => readFileSync(join(project.root, path), "utf8");
const init = (...args: string[]) => project.run(initCommand, "init", ...args);

describe("where the package lies", () => {
  const place = (folder = "") => placeOf(join(project.root, folder));

  test("in the folder itself, or as npm hoists it out of a workspace", () => {
    installed("node_modules");
    mkdirSync(join(project.root, "teams/rosters"), { recursive: true });
    expect(place()).toEqual({ kind: "installed", path: "node_modules/cams-rollcall", sdk: true });
    expect(place("teams/rosters").path).toBe("../../node_modules/cams-rollcall");
    // The nearest one counts, as for Node.js.
    installed("teams/rosters/node_modules", ["cams-rollcall"]);
    expect(place("teams/rosters")).toEqual({ kind: "installed", path: "node_modules/cams-rollcall", sdk: true });
  });

  test("behind the links of pnpm, whose targets have the version in their paths", () => {
    const store = "node_modules/.pnpm/cams-rollcall@1.0.0/node_modules";
    installed(store);
    symlinkSync(join(project.root, store, "cams-rollcall"), join(project.root, "node_modules/cams-rollcall"));
    expect(place()).toEqual({ kind: "installed", path: "node_modules/cams-rollcall", sdk: false });
  });

  test("nowhere, or where only Plug'n'Play finds it", () => {
    expect(place("not/there/yet")).toEqual({ kind: "missing", path: "node_modules/cams-rollcall", sdk: false });
    project.write({ ".pnp.cjs": "" });
    expect(place("not/there/yet").kind).toBe("plug-and-play");
    installed("node_modules");
    expect(place("not/there/yet").kind).toBe("installed");
  });
});

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

test("in a workspace, editors and links are told where the package is", async () => {
  installed("node_modules");
  await init("teams/rosters");
  const there = (path: string) => text(`teams/rosters/${path}`);
  const schema = /\$schema=(\S+)/.exec(there("stacks/prod/jakarta/ops.yaml"))?.[1] ?? "";
  const from = dirname(join(project.root, "teams/rosters/stacks/prod/jakarta/ops.yaml"));
  expect(join(from, schema)).toBe(join(project.root, "node_modules/cams-rollcall/schema/roster.schema.json"));
  expect(
    Object.keys((JSON.parse(there(".vscode/settings.json")) as Record<string, object>)["yaml.schemas"] ?? {}),
  ).toContain("./../../node_modules/cams-rollcall/schema/people.schema.json");
  expect(there("README.md")).toContain("](../../node_modules/cams-rollcall/README.md)");
  expect(there("Pulumi.yaml")).toMatch(/^main: rollcall\.cjs$/m);
});

test("what a folder lacks is told in the words of its package manager", async () => {
  project.write({ "pnpm-lock.yaml": "" });
  const { err } = await init();
  expect(err).toMatch(/pnpm add --save-dev cams-rollcall @pulumi\/pulumi/);
  expect(err).toMatch(/pnpm exec rollcall pulumi stack init prod[^]*pnpm-lock\.yaml too/);
  installed("node_modules", ["cams-rollcall"]);
  const again = await init();
  expect([again.out, again.err]).toEqual([
    expect.stringMatching(/^Nothing to write/),
    expect.stringMatching(/^Next:\n- install Pulumi's SDK here[^\n]*pnpm add --save-dev @pulumi\/pulumi\n$/),
  ]);
});

test("under Plug'n'Play the setting to use is named", async () => {
  project.write({ "yarn.lock": "", ".pnp.cjs": "" });
  const { code, err } = await init();
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(/`nodeLinker: node-modules` into \.yarnrc\.yml and run yarn install/),
  ]);
});
