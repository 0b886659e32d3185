import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { initCommand } from "../../../src/cli/init";
import { EditorServer, ROOT } from "./server";
import { Project } from "../../cli/project";

/** What VS Code's YAML extension makes of the settings that `rollcall init` writes. */
let project: Project;
let server: EditorServer;
beforeAll(async () => {
  project = new Project();
  project.delete("Pulumi.yaml");
  await project.run(initCommand, "init");
  mkdirSync(join(project.root, "node_modules"));
  symlinkSync(ROOT, join(project.root, "node_modules/cams-rollcall"));
  const settings = JSON.parse(readFileSync(join(project.root, ".vscode/settings.json"), "utf8")) as {
    "yaml.schemas": Record<string, unknown>;
  };
  server = new EditorServer(project.root, settings["yaml.schemas"]);
  await server.start();
});
afterAll(() => {
  server.stop();
  project.remove();
});

test.each([
  ["stacks/live/singapore.yaml", "memebers: []\n"],
  ["stacks/live/jakarta/sales.yaml", "memebers: []\n"],
  ["stacks/live/people.yaml", "poeple: {}\n"],
  ["stacks/live/sets.yaml", "stes: {}\n"],
  ["stacks/live/releases.yaml", "relaeses: []\n"],
])("a fault in %s is underlined, though the file names no schema", async (path, text) => {
  expect(await server.open(path, text)).not.toEqual([]);
});

test.each([
  ["stacks/prod/jakarta/ops.yaml", undefined],
  ["stacks/prod/people.yaml", undefined],
  ["stacks/Pulumi.prod.yaml", undefined],
  ["stacks/prod/sets.yaml", "sets: {}\n"],
  ["stacks/prod/jakarta/leads.yaml", "group: EA1\nmembers: []\n"],
])("nothing in %s is underlined when it is right", async (path, text) => {
  expect(await server.open(path, text ?? readFileSync(join(project.root, path), "utf8"))).toEqual([]);
});
