/** The stacks of a project, read from its folder. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FILES } from "../ambient";
import { findAnyStacks, findStacks, parseSettingsFile, STACKS, type Stack } from "./stacks";

/**
 * Every stack of the project.
 * @throws SettingsError when a file of settings can't be read
 */
export function stacksOf(root: string): Stack[] {
  return findStacks(...filesOf(root));
}

/** Like `stacksOf`, but a file of settings that can't be read stops nothing (`findAnyStacks`). */
export function anyStacksOf(root: string): Stack[] {
  return findAnyStacks(...filesOf(root));
}

function filesOf(root: string): Parameters<typeof findStacks> {
  const folder = join(root, STACKS);
  const names = readdir(folder).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  const project = PROJECT_FILES.map((name) => join(root, name)).find(existsSync);
  return [
    names,
    (name) => readFileSync(join(folder, name), "utf8"),
    project === undefined ? undefined : readFileSync(project, "utf8"),
  ];
}

function readdir(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The project's name, as Pulumi.yaml gives it; empty when it gives none. */
export function projectName(root: string): string {
  const file = PROJECT_FILES.map((name) => join(root, name)).find(existsSync);
  const { name } = file === undefined ? {} : parseSettingsFile("Pulumi.yaml", readFileSync(file, "utf8"));
  return typeof name === "string" ? name : "";
}
