/** The settings of a stack as its files alone tell them: no secret is decrypted, and no other program is asked. */
import type { Digits } from "../membership/types";
import { parseSettings, type Settings } from "../settings";
import type { Stack } from "./stacks";

/** The settings that the files hold in the clear, as texts, like those from Pulumi; lists and objects are JSON. */
export function clearSettings({ settings }: Stack): Record<string, string> {
  const text = (value: unknown) => (typeof value === "string" ? value : value === null ? "" : JSON.stringify(value));
  const clear = Object.entries(settings).filter(([, value]) => !hasSecret(value));
  return Object.fromEntries(clear.map(([key, value]) => [key, text(value)]));
}

const hasSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(hasSecret));

export type CheckedSettings =
  | { readonly kind: "ok"; readonly settings: Settings }
  /** All faults in one text. */
  | { readonly kind: "invalid"; readonly message: string };

/** Checks the settings that are in the clear. */
export function checkClearSettings(stack: Stack): CheckedSettings {
  const parsed = parseSettings(clearSettings(stack));
  if (parsed.kind === "ok" && stack.misspelt.length === 0) return parsed;
  const problems = [...stack.misspelt, ...(parsed.kind === "invalid" ? parsed.problems : [])];
  return { kind: "invalid", message: wrongSettings(stack.name, problems) };
}

export const wrongSettings = (stack: string, problems: readonly string[]): string =>
  `wrong settings of stack ${stack}:\n  ${problems.join("\n  ")}`;

/**
 * The world in which the groups of an endpoint are: the same GroupId in two worlds means two groups. A local CAMS
 * (`http://`, which only loopback addresses may have) has groups of its own.
 */
export const worldOf = ({ protocol, host }: Settings["endpoint"]): string => (protocol === "http" ? host : "CAMS");

/** What tells a stack's groups from those of another stack. A field is undefined when its value is not known. */
export interface Whereabouts {
  readonly world: string | undefined;
  readonly businessNumber: Digits | undefined;
}

/** Whether the files tell the value of a setting. It may be secret, or in an environment of Pulumi. */
export function isTold(stack: Stack, key: keyof Settings): boolean {
  const isElsewhere = stack.unread !== undefined || (stack.hasEnvironment && !stack.own.has(key));
  return !isElsewhere && !hasSecret(stack.settings[key]);
}

/** The whereabouts of a stack. Its other settings may be wrong, secret, or in an environment of Pulumi. */
export function whereaboutsOf(stack: Stack): Whereabouts {
  const clear = clearSettings(stack);
  const known = (key: "endpoint" | "businessNumber"): Settings | undefined => {
    if (!isTold(stack, key)) return undefined;
    const parsed = parseSettings(key in clear ? { [key]: clear[key] } : {});
    return parsed.kind === "ok" ? parsed.settings : undefined;
  };
  const endpoint = known("endpoint")?.endpoint;
  return { world: endpoint && worldOf(endpoint), businessNumber: known("businessNumber")?.businessNumber };
}
