import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { initCommand } from "../../src/cli/init";
import { newFiles } from "../../src/cli/init/files";
import { validateCommand } from "../../src/cli/validate";
import { Project } from "./project";

const ROOT = join(__dirname, "../..");
const ofPackage = (path: string) => readFileSync(join(ROOT, path), "utf8");

let project: Project;
beforeEach(() => {
  project = new Project();
  project.delete("Pulumi.yaml");
});
afterEach(() => project.remove());

const text = (path: string) => readFileSync(join(project.root, path), "utf8");
const files = () =>
  readdirSync(project.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.root.length + 1))
    .sort();
const init = (...args: string[]) => project.run(initCommand, "init", ...args);

/** Stands for packages that a package manager put into such a folder. */
const installed = (folder: string, packages = ["cams-rollcall", "@pulumi/pulumi"]) =>
  project.write(Object.fromEntries(packages.map((name) => [`${folder}/${name}/package.json`, "{}"])));

const ALWAYS = [
  ".gitignore",
  ".vscode/extensions.json",
  ".vscode/settings.json",
  "Pulumi.yaml",
  "README.md",
  "local-cams.yaml",
  "package.json",
  "rollcall.cjs",
  "stacks/Pulumi.prod.yaml",
  "stacks/prod/jakarta/ops.yaml",
  "stacks/prod/people.yaml",
];
const RECIPE = ["ci/credentials.mjs", "ci/people.sh", "ci/rollcall.sh"];
const GITHUB = [
  ".github/CODEOWNERS",
  ".github/workflows/rollcall-apply.yml",
  ".github/workflows/rollcall-drift.yml",
  ".github/workflows/rollcall-import.yml",
  ".github/workflows/rollcall-pull-request.yml",
  "ci/github.mjs",
];
const GITLAB = [".gitlab-ci.yml", ".gitlab/CODEOWNERS"];

test.each([
  ["all", [...RECIPE, ...GITHUB, ...GITLAB]],
  ["github", [...RECIPE, ...GITHUB]],
  ["gitlab", [...RECIPE, ...GITLAB]],
  ["shell", RECIPE],
  ["none", []],
])("with the pipelines of %s, all that is written is told", async (host, some) => {
  const { code, out, err } = await init(...(host === "all" ? [] : ["--ci", host]));
  expect(code).toBe(0);
  const expected = [...ALWAYS, ...some].sort();
  expect(files()).toEqual(expected);
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => line.replace(/^written {2}/, ""))
      .sort(),
  ).toEqual(expected);
  expect(err).toMatch(
    /npm install --save-dev cams-rollcall[^]*stacks\/Pulumi\.prod\.yaml[^]*npx rollcall pulumi stack init prod/,
  );
});

test("what is written is valid, names the stack throughout, and its recipe can be run", async () => {
  await init("--stack", "live.eu");
  const { code, err } = await project.run(validateCommand, "validate");
  expect([code, err]).toEqual([0, "1 roster of live.eu: no problems\n"]);
  for (const file of files()) expect(`${file}: ${text(file)}`).not.toMatch(/STACK_NAME/);
  expect(text(".github/workflows/rollcall-apply.yml")).toContain('stack: ["live.eu"]');
  expect(statSync(join(project.root, "ci/rollcall.sh")).mode & 0o111).not.toBe(0);
});

test("Pulumi.yaml is the package's own, but for the program, which finds the package by its name", async () => {
  await init();
  const own = parse(ofPackage("Pulumi.yaml")) as Record<string, unknown>;
  expect(parse(text("Pulumi.yaml"))).toEqual({ ...own, main: "rollcall.cjs" });
  const { exports } = JSON.parse(ofPackage("package.json")) as { exports: Record<string, { default: string }> };
  expect(text("rollcall.cjs")).toMatch(/^module\.exports = require\("cams-rollcall\/program"\);$/m);
  expect(exports["./program"]?.default).toBe(`./${String(own.main)}`);
});

test("a second run writes nothing", async () => {
  await init();
  installed("node_modules");
  const before = files().map((path) => statSync(join(project.root, path)).mtimeMs);
  const { code, out, err } = await init();
  expect([code, out, err]).toEqual([0, "Nothing to write: all 22 files are there.\n", ""]);
  expect(files().map((path) => statSync(join(project.root, path)).mtimeMs)).toEqual(before);
});

test("what is there and differs is kept and named, with what it lacks", async () => {
  project.write({ ".gitignore": "dist/\nnode_modules/\n", "package.json": '{ "name": "ours" }', "README.md": "Ours" });
  const { code, out, err } = await init("--ci", "none");
  expect(code).toBe(0);
  expect(out.split("\n").filter((line) => line.startsWith("kept"))).toEqual([
    "kept     .gitignore (it is there, and differs)",
    "kept     README.md (it is there, and differs)",
    "kept     package.json (it is there, and differs)",
  ]);
  expect(err).toMatch(/npm install --save-dev cams-rollcall[^]*add to \.gitignore: rollcall-out\/ plan\.json\n/);
  expect([text(".gitignore"), text("README.md")]).toEqual(["dist/\nnode_modules/\n", "Ours"]);
});

test("a package.json that npm wrote at the package's installation is enough", async () => {
  const manifest = '{ "dependencies": { "cams-rollcall": "file:../cams-rollcall-0.1.0.tgz" } }';
  project.write({ "package.json": manifest });
  const { out } = await init();
  expect(out).not.toMatch(/package\.json/);
  expect(text("package.json")).toBe(manifest);
});

test("an example that somebody deleted does not come back", async () => {
  await init();
  for (const gone of ["stacks/prod/jakarta", "local-cams.yaml"]) rmSync(join(project.root, gone), { recursive: true });
  project.write({ "stacks/prod/singapore.yaml": 'group: EA1\nmembers:\n  - number: "+65 8123 4567"\n' });
  const { out } = await init();
  expect(out).toMatch(/^Nothing to write/);
  expect(existsSync(join(project.root, "stacks/prod/jakarta"))).toBe(false);
});

test("without --stack the stack that there is gets the pipelines, and no example", async () => {
  project.write({ "stacks/Pulumi.live.yaml": "config: {}\n", "stacks/live/ops.yaml": "group: EA1\nmembers: []\n" });
  await init();
  expect(text(".gitlab-ci.yml")).toContain('STACK: "live"\n');
  expect(files().filter((path) => path.startsWith("stacks/"))).toEqual([
    "stacks/Pulumi.live.yaml",
    "stacks/live/ops.yaml",
  ]);
});

test.each([
  ["another project's folder", ["."], /holds another Pulumi project, web/],
  ["a file", ["Pulumi.yaml"], /is no folder/],
  ["a stack's name that Pulumi does not take", ["rosters", "--stack", "../prod"], /can't be a stack's name/],
])("%s is refused, and nothing is written", async (_what, args, message) => {
  project.write({ "Pulumi.yaml": "name: web\nruntime: nodejs\n" });
  const { code, out, err } = await init(...args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(message);
  expect(files()).toEqual(["Pulumi.yaml"]);
});

test("a folder that is not there is made", async () => {
  const { code } = await init("some/where", "--ci", "none");
  expect(code).toBe(0);
  expect(files()).toContain("some/where/Pulumi.yaml");
  expect(JSON.parse(text("some/where/package.json"))).toMatchObject({ name: "where", private: true });
});

test("a file that can't be read is no reason to write over it", async () => {
  mkdirSync(join(project.root, "README.md"));
  await expect(init()).rejects.toThrow(/EISDIR/);
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

test("each template is written by one of the hosts", () => {
  const folders = ["templates", "pipelines"];
  const there = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
  );
  const read: string[] = [];
  newFiles(
    { stack: "s", host: "all", version: "1", sdk: "^3", place: "p", name: "n" },
    (path) => (read.push(path), ofPackage(path)),
  );
  expect([...new Set(read)].filter((path) => /^(templates|pipelines)\//.test(path)).sort()).toEqual(there.sort());
});
