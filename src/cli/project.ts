/** What the commands know of the project around them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FILES } from "../ambient";
import { findStacks, parseSettingsFile, STACKS, type Stack } from "./stacks";

/** Every stack of the project. */
export function stacksOf(root: string): Stack[] {
  const folder = join(root, STACKS);
  const names = readdir(folder).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  const project = PROJECT_FILES.map((name) => join(root, name)).find(existsSync);
  return findStacks(
    names,
    (name) => readFileSync(join(folder, name), "utf8"),
    project === undefined ? undefined : readFileSync(project, "utf8"),
  );
}

/** The project's name, as Pulumi.yaml says it; empty when it says none. */
export function projectName(root: string): string {
  const file = PROJECT_FILES.map((name) => join(root, name)).find(existsSync);
  const { name } = file === undefined ? {} : parseSettingsFile("Pulumi.yaml", readFileSync(file, "utf8"));
  return typeof name === "string" ? name : "";
}

function readdir(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Whether stdout is a place for colours (https://no-color.org). */
export const colours = (): boolean => process.stdout.isTTY && !process.env.NO_COLOR;

/** Messages and progress: never on stdout, which is the answer's alone. On a terminal over the line that progress left. */
export const tell = (message: string): void =>
  void process.stderr.write(`${process.stderr.isTTY ? "\r\u001b[2K" : ""}${message}\n`);
