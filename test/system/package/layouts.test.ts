import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeProgram } from "../conformance/program";
import { passed, run, type Run } from "../../runs";
import { newestSdk, pack } from "./installed";
import { command, packageManagers, type ManagerName } from "./managers";
import { ANA, BUDI, Repository } from "./repository";

jest.setTimeout(300_000);

/** What makes a folder a workspace of `teams/*`, and how it is installed. */
interface Layout {
  readonly manager: ManagerName;
  readonly files: Readonly<Record<string, string>>;
  readonly install: readonly string[];
  readonly exec: readonly string[];
}

const workspaces = JSON.stringify({ name: "company", private: true, workspaces: ["teams/*"] });
const YARN = "enableTelemetry: false\nenableImmutableInstalls: false\n";
const LAYOUTS: readonly Layout[] = [
  {
    manager: "npm",
    files: { "package.json": workspaces },
    install: ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"],
    exec: ["exec", "--no", "--"],
  },
  {
    manager: "pnpm",
    files: { "package.json": '{ "private": true }', "pnpm-workspace.yaml": "packages: [teams/*]\n" },
    install: ["install", "--prefer-offline", "--ignore-scripts"],
    exec: ["exec"],
  },
  {
    manager: "Yarn 1",
    files: { "package.json": workspaces },
    // A cache of its own: it takes every tarball of one name and version for the same.
    install: ["install", "--cache-folder", "../yarn-cache", "--ignore-scripts", "--non-interactive"],
    exec: ["--silent", "run"],
  },
  {
    manager: "Yarn",
    files: { "package.json": workspaces, "yarn.lock": "", ".yarnrc.yml": `${YARN}nodeLinker: node-modules\n` },
    install: ["install", "--mode=skip-build"],
    exec: ["run"],
  },
];

const write = (dir: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
};
const start = ([file, ...first]: readonly [string, ...string[]], args: readonly string[], cwd: string): Promise<Run> =>
  run(file, [...first, ...args], { cwd, env: { ...process.env, npm_config_update_notifier: "false" } });

/** Rosters in one folder of a larger repository, whose packages the package manager puts where it likes. */
describeProgram("the package in workspaces", packageManagers(), () => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-layouts-")));
  let manifest: string;
  beforeAll(() => {
    const devDependencies = { "cams-rollcall": `file:${pack(top)}`, "@pulumi/pulumi": newestSdk() };
    manifest = JSON.stringify({ name: "rosters", version: "1.0.0", private: true, devDependencies });
  });
  afterAll(() => rmSync(top, { recursive: true, force: true }));

  test.each(LAYOUTS)("of $manager: init, preview and up work, and paths are those of the folder", async (layout) => {
    const workspace = join(top, layout.manager.replace(" ", "-"));
    const dir = join(workspace, "teams/rosters");
    mkdirSync(dir, { recursive: true });
    write(workspace, layout.files);
    write(dir, { "package.json": manifest });
    const manager = command(layout.manager);
    passed(await start(manager, layout.install, workspace));
    const init = passed(await start(manager, [...layout.exec, "rollcall", "init", "--ci", "shell"], dir));
    expect(init.out).not.toMatch(/install/);

    const repository = await Repository.start(dir);
    try {
      const schema = /\$schema=(\S+)/.exec(repository.read("stacks/prod/jakarta/ops.yaml"))?.[1] ?? "no schema";
      expect(existsSync(join(dir, "stacks/prod/jakarta", schema))).toBe(true);
      const settings = repository.read("stacks/Pulumi.prod.yaml");
      repository.write(
        "stacks/Pulumi.prod.yaml",
        settings.replace(/^config:$/m, "config:\n  rollcall:auditLog: audit.jsonl"),
      );
      await repository.initStack();
      passed(await repository.rollcall("pulumi", "up", "--stack", "prod", "--yes", "--skip-preview"));
      repository.declare("ana");
      passed(await repository.run("git", ["init", "--quiet"], {}));
      await repository.commit("Drop Budi");
      passed(await repository.run("sh", ["ci/rollcall.sh", "preview", "prod"]));
      expect(repository.read("rollcall-out/prod/report.md")).toContain(BUDI);
      passed(await repository.run("sh", ["ci/rollcall.sh", "apply", "prod"]));
      expect(await repository.participants()).toEqual([ANA]);
      expect(repository.read("audit.jsonl")).toContain(BUDI);
    } finally {
      await repository.stop();
    }
  });

  test("of Yarn with Plug'n'Play: the command names the setting to use", async () => {
    const dir = join(top, "plug-and-play");
    mkdirSync(dir);
    write(dir, { "package.json": manifest, "yarn.lock": "", ".yarnrc.yml": YARN });
    passed(await start(command("Yarn"), ["install", "--mode=skip-build"], dir));
    const ran = await start(command("Yarn"), ["run", "rollcall", "init"], dir);
    expect([ran.code, ran.out]).toEqual([1, expect.stringMatching(/`nodeLinker: node-modules` into \.yarnrc\.yml/)]);
    expect(existsSync(join(dir, "Pulumi.yaml"))).toBe(false);
  });
});
