import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { folder, prepared, type Program } from "../conformance/program";

/** The linters of `tools/pipeline-lint`, set up in `.rollcall/` once for each state of their pins. */
const place = join(__dirname, "../../../tools/pipeline-lint");

/** actionlint: what GitHub would say to a workflow, types of expressions included. */
export function actionlint(): Program {
  if (!there("go", "version")) return { missing: "there is no go on PATH" };
  const files = readdirSync(place).map((name) => join(place, name));
  const built = folder(
    "pipelines-go",
    files.filter((name) => /\/go\.(mod|sum)$/.test(name)),
  );
  const program = join(built, "actionlint");
  const build = ["go", "build", "-C", place, "-o", program, "github.com/rhysd/actionlint/cmd/actionlint"];
  return prepared(built, [program, "-shellcheck=", "-pyflakes=", "-no-color"], [build]);
}

/** check-jsonschema, which brings SchemaStore's schemas of workflows and of GitLab's pipelines. */
export function checkJsonSchema(): Program {
  if (!there("python3", "--version")) return { missing: "there is no python3 on PATH" };
  const requirements = join(place, "requirements.txt");
  const built = folder("pipelines-python", [requirements]);
  const inside = (name: string): string => join(built, process.platform === "win32" ? "Scripts" : "bin", name);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
  return prepared(
    built,
    [inside("check-jsonschema")],
    [
      ["python3", "-m", "venv", built],
      [inside("python"), ...install],
    ],
  );
}

export function lint([file = "", ...args]: readonly string[], files: readonly string[]): { code: number; out: string } {
  const { status, stdout, stderr } = spawnSync(file, [...args, ...files], { encoding: "utf8" });
  return { code: status ?? 1, out: stdout + stderr };
}

const there = (name: string, flag: string): boolean => spawnSync(name, [flag]).status === 0;
