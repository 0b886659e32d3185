/** Which stacks a project has, and where their rosters are: from names and texts, wherever they came from. */

import { posix } from "node:path";
import { parse } from "yaml";

/** Holds the settings of all stacks: `stackConfigDir` of Pulumi.yaml. */
export const STACKS = "stacks";

export interface Stack {
  readonly name: string;
  /** Folder of the rosters, relative to the project root, with forward slashes. */
  readonly folder: string;
  /** Settings of the namespace `rollcall`, without it; lists as lists. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const SETTINGS = /^Pulumi\.(.+)\.yaml$/;

/**
 * Every stack that has settings, and every folder of `stacks/` that is no other stack's: rosters that nobody checks
 * are worse than a stack too many.
 * @param names what is directly in `stacks/`
 * @param textOf reads one of those files
 */
export function findStacks(
  names: readonly { readonly name: string; readonly isFolder: boolean }[],
  textOf: (name: string) => string,
): Stack[] {
  const stacks = new Map<string, Stack>();
  for (const { name, isFolder } of names) {
    const stack = isFolder ? undefined : SETTINGS.exec(name)?.[1];
    if (stack !== undefined) stacks.set(stack, stackOf(stack, settingsIn(name, textOf(name))));
  }
  const taken = new Set([...stacks.values()].map(({ folder }) => folder));
  for (const { name, isFolder } of names) {
    if (!isFolder || name.startsWith(".") || stacks.has(name) || taken.has(`${STACKS}/${name}`)) continue;
    stacks.set(name, stackOf(name, {}));
  }
  return [...stacks.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stackOf(name: string, settings: Readonly<Record<string, unknown>>): Stack {
  const { rosters } = settings;
  const folder = typeof rosters === "string" && rosters.trim() !== "" ? rosters.trim() : `${STACKS}/${name}`;
  return { name, folder: posix.normalize(folder.replaceAll("\\", "/")).replace(/\/$/, ""), settings };
}

const PREFIX = "rollcall:";

/** Settings that can't be read. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** @throws SettingsError when the file cannot be read: what it says about the stack's rosters is then not known */
function settingsIn(name: string, text: string): Record<string, unknown> {
  const config = configIn(name, text);
  const own = Object.entries(config ?? {}).filter(([key]) => key.startsWith(PREFIX));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(PREFIX.length), value]));
}

function configIn(name: string, text: string): Record<string, unknown> | null | undefined {
  try {
    return (parse(text, { maxAliasCount: 100 }) as { config?: Record<string, unknown> } | null)?.config;
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new SettingsError(`the settings in ${STACKS}/${name} are not YAML: ${said}`, { cause: error });
  }
}

/**
 * The stacks that are meant: the one named, or all.
 * @returns a text instead, for a usage error
 */
export function chooseStacks(stacks: readonly Stack[], name: string | undefined): readonly Stack[] | string {
  if (stacks.length === 0) return `there are no stacks in ${STACKS}/; create ${STACKS}/Pulumi.<stack>.yaml`;
  if (name === undefined) return stacks;
  const chosen = stacks.filter((stack) => stack.name === name.split("/").at(-1));
  const known = stacks.map((stack) => stack.name).join(", ");
  return chosen.length > 0 ? chosen : `there is no stack ${name} in ${STACKS}/; there are ${known}`;
}
