/**
 * Which stacks a project has, where their rosters are, and what their files set. It is told from names and texts,
 * whatever their source.
 */

import { posix } from "node:path";
import { parse } from "yaml";
import { misspeltKeys, NAMESPACE, ownSettings } from "../settings";

/** Holds the settings of all stacks: `stackConfigDir` of Pulumi.yaml. */
export const STACKS = "stacks";

export interface Stack {
  readonly name: string;
  /** Folder of the rosters, relative to the project root, with forward slashes. */
  readonly folder: string;
  /** Settings of the namespace `rollcall`, without it; lists as lists. The stack's own replace those of Pulumi.yaml. */
  readonly settings: Bag;
  /** Keys that the stack's own file sets. */
  readonly own: ReadonlySet<string>;
  /** Whether the stack has an `environment:` of Pulumi. It may set something too, and no file tells what. */
  readonly hasEnvironment: boolean;
  /** Keys that were meant to be settings, with what to do (`misspeltKeys`). */
  readonly misspelt: readonly string[];
  /** Name of the project, when there is a Pulumi.yaml that tells it. */
  readonly project: string | undefined;
  /** Why the stack's own file or Pulumi.yaml can't be read. What that file sets is then not known. */
  readonly unread?: Error;
}

type Bag = Readonly<Record<string, unknown>>;

const SETTINGS = /^Pulumi\.(.+)\.yaml$/;

/** What is directly in `stacks/`. */
export type Names = readonly { readonly name: string; readonly isFolder: boolean }[];

/**
 * Every stack that has settings, and every folder of `stacks/` that belongs to no other stack. It is better to find a
 * stack too many than to leave rosters unchecked.
 * @param textOf reads one of those files
 * @param project the text of Pulumi.yaml, if there is one
 * @throws SettingsError when a file of settings can't be read: what it says about the rosters is then not known
 */
export function findStacks(names: Names, textOf: (name: string) => string, project: string | undefined): Stack[] {
  const stacks = findAnyStacks(names, textOf, project);
  for (const { unread } of stacks) if (unread !== undefined) throw unread;
  return stacks;
}

/**
 * Like `findStacks`, but a file that can't be read does not stop the others. What it would say is then missing, and
 * `unread` of the stacks that it concerns tells why.
 */
export function findAnyStacks(names: Names, textOf: (name: string) => string, project: string | undefined): Stack[] {
  const common = readProject(project);
  const stacks = new Map<string, Stack>();
  for (const { name, isFolder } of names) {
    const stack = isFolder ? undefined : SETTINGS.exec(name)?.[1];
    if (stack !== undefined)
      stacks.set(
        stack,
        readStack(stack, () => textOf(name), common),
      );
  }
  const taken = new Set([...stacks.values()].map(({ folder }) => folder));
  for (const { name, isFolder } of names) {
    if (!isFolder || name.startsWith(".") || stacks.has(name) || taken.has(`${STACKS}/${name}`)) continue;
    stacks.set(name, stackOf(name, common, {}));
  }
  return [...stacks.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What Pulumi.yaml sets for every stack. */
interface Common {
  readonly name: string | undefined;
  readonly settings: Bag;
  readonly misspelt: readonly string[];
  readonly unread?: Error;
}

function readProject(text: string | undefined): Common {
  let project: Bag;
  try {
    project = text === undefined ? {} : parseSettingsFile("Pulumi.yaml", text);
  } catch (error) {
    return { name: undefined, settings: {}, misspelt: [], unread: errorOf(error) };
  }
  const name = typeof project.name === "string" ? project.name : undefined;
  return { name, settings: projectSettings(project), misspelt: misspeltKeys(Object.keys(bagOf(project.config)), name) };
}

function readStack(name: string, textOf: () => string, common: Common): Stack {
  try {
    return stackOf(name, common, parseSettingsFile(`${STACKS}/Pulumi.${name}.yaml`, textOf()));
  } catch (error) {
    return { ...stackOf(name, common, {}), unread: errorOf(error) };
  }
}

const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

function stackOf(name: string, common: Common, file: Bag): Stack {
  const config = bagOf(file.config);
  const own = ownSettings(config);
  const settings: Bag = { ...common.settings, ...own };
  const { rosters } = settings;
  const folder = typeof rosters === "string" && rosters.trim() !== "" ? rosters.trim() : `${STACKS}/${name}`;
  return {
    name,
    folder: posix.normalize(folder.replaceAll("\\", "/")).replace(/\/$/, ""),
    settings,
    own: new Set(Object.keys(own)),
    hasEnvironment: file.environment !== undefined,
    misspelt: [...common.misspelt, ...misspeltKeys(Object.keys(config), common.name)],
    project: common.name,
    ...(common.unread && { unread: common.unread }),
  };
}

/** Settings that can't be read. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** @throws SettingsError when the text is not YAML */
export function parseSettingsFile(file: string, text: string): Bag {
  try {
    return bagOf(parse(text, { maxAliasCount: 100 }));
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new SettingsError(`the settings in ${file} are not YAML: ${said}`, { cause: error });
  }
}

/** The value as a mapping; an empty one for a value that is none. */
export const bagOf = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {});

/**
 * What Pulumi.yaml gives every stack: `value` or `default` of a declared key, or a plain value. A key without a
 * namespace is in the namespace of the project.
 */
function projectSettings(project: Bag): Bag {
  const own = Object.entries(bagOf(project.config)).flatMap(([key, given]): [string, unknown][] => {
    const colon = key.indexOf(":");
    const namespace = colon < 0 ? project.name : key.slice(0, colon);
    const declared = bagOf(given);
    const plain = Array.isArray(given) || Object.keys(declared).length === 0;
    const value = plain ? given : (declared.value ?? declared.default);
    return namespace === NAMESPACE && value !== undefined ? [[key.slice(colon + 1), value]] : [];
  });
  return Object.fromEntries(own);
}

export type ChosenStacks =
  /** At least one. */
  | { readonly kind: "ok"; readonly stacks: readonly Stack[] }
  /** A usage error. */
  | { readonly kind: "none"; readonly message: string };

/** The stacks to work on: the one that is named, or all. */
export function chooseStacks(stacks: readonly Stack[], name: string | undefined): ChosenStacks {
  const known = stacks.map((stack) => stack.name).join(", ");
  if (known === "")
    return { kind: "none", message: `there are no stacks in ${STACKS}/; create ${STACKS}/Pulumi.<stack>.yaml` };
  const chosen = name === undefined ? stacks : stacks.filter((stack) => stack.name === name.split("/").at(-1));
  if (chosen.length > 0) return { kind: "ok", stacks: chosen };
  return { kind: "none", message: `there is no stack ${name ?? ""} in ${STACKS}/; there are ${known}` };
}
