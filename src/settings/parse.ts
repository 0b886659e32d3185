import { maskNumber } from "../text/mask";
import { fromJson, settingsSchema, type Settings } from "./schema";

/** Settings, or everything that is wrong with them: one line for each fault, which names its key. */
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

/**
 * The value of a setting, or one entry of its list or object. Numbers are masked unless it is sure that they are shown in full.
 */
function shown(raw: Readonly<Record<string, unknown>>, [key, entry]: readonly PropertyKey[]): string {
  if (key === "maskKey") return "[secret]";
  const value = raw[String(key)];
  const whole = entry === undefined ? undefined : fromJson(value);
  const text = JSON.stringify(
    typeof whole === "object" && whole !== null
      ? (whole as Readonly<Record<PropertyKey, unknown>>)[entry ?? ""]
      : value,
  );
  const full = raw.display === undefined || raw.display === "full";
  return full || !NUMBERS.includes(String(key)) ? text : maskNumber(text);
}

/** The settings whose values are numbers. */
const NUMBERS: readonly string[] = ["businessNumber", "protect"];

/** The namespace of all settings: their keys begin with it and a colon. */
export const NAMESPACE = "rollcall";

/** The settings in a stack's whole configuration, by their keys without the namespace. */
export function ownSettings<T>(config: Readonly<Record<string, T>>): Record<string, T> {
  const prefix = `${NAMESPACE}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}
