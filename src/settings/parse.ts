import { maskNumber } from "../text/mask";
import { settingsSchema, toList, type Settings } from "./schema";

/** Settings, or everything that is wrong with them: one line a fault, each naming its key. */
export type ParsedSettings =
  | { readonly kind: "ok"; readonly settings: Settings }
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

/**
 * Checks raw settings as Pulumi hands them over (texts; lists as JSON texts) or as a stack file holds them.
 * @param raw keys without the namespace
 */
export function parseSettings(raw: Readonly<Record<string, unknown>>): ParsedSettings {
  const result = settingsSchema.safeParse(raw);
  if (result.success) return { kind: "ok", settings: result.data };
  const problems = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map(
          (key) => `rollcall:${key} is no setting. Known are: ${Object.keys(settingsSchema.shape).join(", ")}`,
        )
      : [`rollcall:${issue.path.join(".")} is ${shown(raw, issue.path)}: ${issue.message}`],
  );
  return { kind: "invalid", problems: [...new Set(problems)].sort() };
}

/** What stands there, of a list the one entry. Unless numbers are surely shown in full they are masked. */
function shown(raw: Readonly<Record<string, unknown>>, [key, entry]: readonly PropertyKey[]): string {
  if (key === "maskKey") return "[secret]";
  const value = raw[String(key)];
  const list = entry === undefined ? undefined : toList(value);
  const text = JSON.stringify(Array.isArray(list) ? list[Number(entry)] : value);
  const full = raw.display === undefined || raw.display === "full";
  return full || !NUMBERS.includes(String(key)) ? text : maskNumber(text);
}

/** The settings whose values are numbers. */
const NUMBERS: readonly string[] = ["businessNumber", "protect"];

/** What the keys of all settings begin with, before a colon. */
export const NAMESPACE = "rollcall";

/** What a stack's whole configuration has in the namespace, by keys without it. */
export function ownSettings<T>(config: Readonly<Record<string, T>>): Record<string, T> {
  const prefix = `${NAMESPACE}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}
