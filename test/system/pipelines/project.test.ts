import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { describeProgram } from "../conformance/program";
import type { Workflow } from "./actions";
import { actionlint, checkJsonSchema, lint } from "./linters";

/** The workflows and forms of this repository itself, held like those that `rollcall init` writes. */
const ROOT = join(__dirname, "../../..");
const GITHUB = join(ROOT, ".github");
const text = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");
const inside = (folder: string) => readdirSync(folder).map((name) => join(folder, name));
const workflows = inside(join(GITHUB, "workflows"));
const forms = inside(join(GITHUB, "ISSUE_TEMPLATE")).filter((file) => basename(file) !== "config.yml");
const workflow = (file: string) => parse(readFileSync(file, "utf8")) as Workflow;
const manifest = JSON.parse(text("package.json")) as { scripts: Record<string, string>; engines: { node: string } };

describeProgram("actionlint of the project's workflows", actionlint(), (command) => {
  test("finds nothing", () => {
    expect(lint(command, workflows)).toEqual({ code: 0, out: "" });
  });
});

describeProgram("schemas of the project's files", checkJsonSchema(), (command) => {
  test.each([
    ["vendor.github-workflows", workflows],
    ["vendor.github-issue-forms", forms],
    ["vendor.github-issue-config", [join(GITHUB, "ISSUE_TEMPLATE/config.yml")]],
    ["vendor.renovate", [join(GITHUB, "renovate.json")]],
  ])("%s holds", (schema, files) => {
    expect(files.length).toBeGreaterThan(0);
    expect(lint([...command, "--builtin-schema", schema], files)).toMatchObject({ code: 0 });
  });
});

describe.each(workflows.map((file) => [basename(file), file]))("%s", (_name, file) => {
  const jobs = Object.values(workflow(file).jobs);

  test("actions are pinned as in the templates", () => {
    const pinned = readdirSync(join(ROOT, "pipelines/github"))
      .filter((name) => name.endsWith(".yml"))
      .flatMap((name) => text("pipelines/github", name).match(/(?<=uses: ).*/g) ?? []);
    const used = readFileSync(file, "utf8").match(/(?<=uses: ).*/g) ?? [];
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((one) => !pinned.includes(one))).toEqual([]);
  });

  test("each job tells its rights, and one that may write runs no code of the repository or its packages", () => {
    expect(workflow(file).permissions).toEqual({});
    for (const job of jobs) {
      expect(job.permissions).toEqual(expect.any(Object));
      if (!Object.values(job.permissions ?? {}).includes("write")) continue;
      const steps = job.steps.map(({ uses = "", run = "" }) => `${uses} ${run}`).join("\n");
      expect(steps).not.toMatch(/checkout|npm (ci|install|run|test)|node |\.ci\/run/);
    }
  });

  test("no text from outside gets into a script; secrets are for jobs with an environment", () => {
    expect(readFileSync(file, "utf8")).not.toMatch(/pull_request_target|workflow_run:/);
    for (const job of jobs) {
      for (const { run } of job.steps) expect(run ?? "").not.toContain("${{");
      if (job.environment === undefined) expect(JSON.stringify(job)).not.toMatch(/secrets\./);
      for (const { uses, with: given } of job.steps)
        if (uses?.includes("checkout")) expect(given).toMatchObject({ "persist-credentials": false });
    }
  });

  test("packages' own scripts are not run, and scripts that are run exist", () => {
    for (const line of readFileSync(file, "utf8").match(/npm (?:ci|install|publish).*/g) ?? [])
      expect(line).toContain("--ignore-scripts");
    for (const [, script = ""] of readFileSync(file, "utf8").matchAll(/npm run ([\w:]+)/g))
      expect(manifest.scripts).toHaveProperty(script);
  });
});

test("CI tries every Node.js that is supported, from the oldest on; .node-version is one of them", () => {
  const { suite } = workflow(join(GITHUB, "workflows/ci.yml")).jobs;
  const { node } = suite?.strategy?.matrix as unknown as { node: number[] };
  expect(node).toEqual([20, 22, 24]);
  expect(manifest.engines.node).toMatch(new RegExp(`^>=${node[0]}\\.`));
  expect(node.map(String)).toContain(text(".node-version").trim());
});

test("a release is refused before anything is published, and its notes are written last", () => {
  const { build, publish, notes } = workflow(join(GITHUB, "workflows/release.yml")).jobs;
  const runs = build?.steps.flatMap(({ run = [] }) => run) ?? [];
  const check = runs.findIndex((run) => run.includes("scripts/release.mjs"));
  expect(check).toBeGreaterThan(-1);
  expect(runs.findIndex((run) => run.startsWith("npm pack"))).toBeGreaterThan(runs.indexOf(".ci/run"));
  expect(publish).toMatchObject({ needs: "build", environment: "npm", permissions: { "id-token": "write" } });
  expect(publish?.steps.some(({ run }) => run?.startsWith("npm publish") && run.includes("--provenance"))).toBe(true);
  expect(notes).toMatchObject({ needs: "publish", permissions: { contents: "write" } });
});

test("CODEOWNERS names paths that are there", () => {
  const paths = text(".github/CODEOWNERS").match(/^\/\S+/gm) ?? [];
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("tasks and the container of editors run scripts that exist, with the same extensions", () => {
  const { tasks } = JSON.parse(text(".vscode/tasks.json")) as { tasks: { script: string }[] };
  for (const { script } of tasks) expect(manifest.scripts).toHaveProperty(script);
  const { recommendations } = JSON.parse(text(".vscode/extensions.json")) as { recommendations: string[] };
  const container = JSON.parse(text(".devcontainer/devcontainer.json")) as {
    image: string;
    postCreateCommand: string;
    customizations: { vscode: { extensions: string[] } };
  };
  expect(container.customizations.vscode.extensions).toEqual(recommendations);
  expect(container.image).toMatch(new RegExp(`:${text(".node-version").trim()}$`));
  expect(manifest.scripts).toHaveProperty(/^npm run (\S+)$/.exec(container.postCreateCommand)?.[1] ?? "");
});
