/** A whole configuration, with the keys of every namespace → settings, or all that is wrong with it. */
import { edits, nearest } from "../text/nearest";
import { NAMESPACE, ownSettings, parseSettings, type ParsedSettings } from "./parse";
import { settingsSchema } from "./schema";

/**
 * Checks the settings, and that no key was meant to be one and isn't.
 * @param config as Pulumi hands it to a program: keys with their namespaces
 * @param project the project's name
 */
export function parseConfig(config: Readonly<Record<string, unknown>>, project: string): ParsedSettings {
  const misspelt = misspeltKeys(Object.keys(config), project);
  const parsed = parseSettings(ownSettings(config));
  if (misspelt.length === 0) return parsed;
  return { kind: "invalid", problems: [...misspelt, ...(parsed.kind === "invalid" ? parsed.problems : [])] };
}

/** A namespace that differs from `rollcall` by so many letters is taken for a slip. */
const MOST_EDITS = 2;
const SETTINGS: readonly string[] = Object.keys(settingsSchema.shape);

/**
 * Keys whose namespace looks like `rollcall` misspelt, one line each. Pulumi takes every namespace, so a limit would stay
 * at its default, or a protected number be removed, without a word. The project's own namespace may look as it likes,
 * unless the key is the name of a setting.
 * @param keys a key without a namespace is in the project's own
 * @param project the project's name, where it is known
 */
export function misspeltKeys(keys: Iterable<string>, project: string | undefined): string[] {
  return [...keys]
    .flatMap((key) => {
      const colon = key.indexOf(":");
      const namespace = colon < 0 ? (project ?? "") : key.slice(0, colon);
      const setting = key.slice(colon + 1).replace(/^config:/, "");
      const isOwn = namespace === project && !SETTINGS.includes(setting);
      return isOwn || !looksMisspelt(namespace) ? [] : [told(key, namespace, setting)];
    })
    .sort();
}

function looksMisspelt(namespace: string): boolean {
  if (namespace === NAMESPACE) return false;
  const letters = namespace.toLowerCase().replace(/[-_]/g, "");
  return Math.abs(letters.length - NAMESPACE.length) <= MOST_EDITS && edits(letters, NAMESPACE) <= MOST_EDITS;
}

function told(key: string, namespace: string, setting: string): string {
  const meant = `${NAMESPACE}:${nearest(setting, SETTINGS) ?? setting}`;
  return `${key} is no setting: its namespace "${namespace}" looks like "${NAMESPACE}" misspelt. Write ${meant}; if it is not meant for Rollcall, give the namespace another name`;
}
