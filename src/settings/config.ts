/** Checks a whole configuration, with the keys of every namespace: gives the settings, or everything that is wrong. */
import { edits, nearest } from "../text/nearest";
import { NAMESPACE, ownSettings, parseSettings, type ParsedSettings } from "./parse";
import { settingsSchema } from "./schema";

/**
 * Checks the settings, and that no key is a misspelt setting.
 * @param config as Pulumi gives it to a program: keys with their namespaces
 * @param project the project's name
 */
export function parseConfig(config: Readonly<Record<string, unknown>>, project: string): ParsedSettings {
  const misspelt = misspeltKeys(Object.keys(config), project);
  const parsed = parseSettings(ownSettings(config));
  if (misspelt.length === 0) return parsed;
  return { kind: "invalid", problems: [...misspelt, ...(parsed.kind === "invalid" ? parsed.problems : [])] };
}

/** A namespace that differs from `rollcall` by at most so many letters counts as misspelt. */
const MOST_EDITS = 2;
const SETTINGS: readonly string[] = Object.keys(settingsSchema.shape);

/**
 * Keys whose namespace looks like `rollcall` misspelt, one line each. Pulumi accepts every namespace. So without this
 * check a limit would stay at its default, or a protected number would be removed, without any message. The project's
 * own namespace may look like `rollcall`, unless the key is the name of a setting.
 * @param keys a key without a namespace is in the project's own
 * @param project the project's name, if it is known
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
