import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { bareEnvironment } from "../../runs";
import { ROOT } from "./repository";

/** What pre-commit does with .pre-commit-hooks.yaml: it installs the package from git, and runs the entry in the repository. */
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly types: readonly string[];
  readonly pass_filenames: boolean;
}
const hooks = parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8")) as readonly Hook[];
const hook = hooks.find(({ id }) => id === "rollcall-validate")!;
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  bin: Record<string, string>;
  scripts: Record<string, string>;
};

const GOOD = 'group: EA1\nmembers:\n  - number: "+62 812-3456-7890"\n    name: Citra\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-hook-"));
  const files = {
    "Pulumi.yaml": "name: rosters\nruntime: nodejs\n",
    "stacks/Pulumi.prod.yaml": "config: {}\n",
    "stacks/prod/jakarta/ops.yaml": GOOD,
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The entry, with the program of the package in the place of its name. */
function runHook() {
  const [name = "", ...args] = hook.entry.split(" ");
  const program = join(ROOT, manifest.bin[name] ?? "");
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8", env: bareEnvironment() });
}

test("the hook looks at all stacks, whichever YAML file changed, and is a program of this package", () => {
  expect(hook).toMatchObject({ language: "node", types: ["yaml"], pass_filenames: false });
  expect(manifest.bin).toHaveProperty(hook.entry.split(" ")[0] ?? "");
});

test("good rosters may be committed", () => {
  const { status, stdout, stderr } = runHook();
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "1 roster of prod: no problems\n" });
});

test("a bad roster may not, and is told by file and line", () => {
  write("stacks/prod/jakarta/ops.yaml", GOOD.replace("name:", "nam:"));
  const { status, stdout } = runHook();
  expect(status).not.toBe(0);
  expect(stdout).toContain("stacks/prod/jakarta/ops.yaml:4:5 error unknown-key");
});

test("nor may wrong settings", () => {
  write("stacks/Pulumi.prod.yaml", "config:\n  rollcall:maxRemovalsPerRun: lots\n");
  expect(runHook().status).not.toBe(0);
});

test("installed from git, the package is built by its script prepare; npm pack tells the tarball's name only", () => {
  expect(manifest.scripts.prepare).toBe(manifest.scripts.build);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const said = execFileSync(npm, ["pack", "--dry-run"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(said).toMatch(/^cams-rollcall-\d+\.\d+\.\d+\.tgz\n$/);
});
