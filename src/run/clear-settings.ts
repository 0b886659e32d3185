/** What a stack's files say of its settings by themselves: without secrets, and without asking anybody. */
import type { Digits } from "../membership/types";
import { parseSettings, type Settings } from "../settings";
import type { Stack } from "./stacks";

/** What the files hold in the clear. Pulumi hands every setting over as a text; lists and objects as JSON. */
export function clearSettings({ settings }: Stack): Record<string, string> {
  const text = (value: unknown) => (typeof value === "string" ? value : value === null ? "" : JSON.stringify(value));
  const clear = Object.entries(settings).filter(([, value]) => !hasSecret(value));
  return Object.fromEntries(clear.map(([key, value]) => [key, text(value)]));
}

const hasSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(hasSecret));

/** The settings that are in the clear, checked; or one text that tells all their faults. */
export function checkClearSettings(stack: Stack): Settings | string {
  const parsed = parseSettings(clearSettings(stack));
  if (parsed.kind === "ok" && stack.misspelt.length === 0) return parsed.settings;
  const problems = [...stack.misspelt, ...(parsed.kind === "invalid" ? parsed.problems : [])];
  return wrongSettings(stack.name, problems);
}

export const wrongSettings = (stack: string, problems: readonly string[]): string =>
  `wrong settings of stack ${stack}:\n  ${problems.join("\n  ")}`;

/**
 * Where the groups of an endpoint are: the same GroupId in two worlds means two groups. A local CAMS (`http://`, which
 * only loopback addresses may have) has groups of its own.
 */
export const worldOf = ({ protocol, host }: Settings["endpoint"]): string => (protocol === "http" ? host : "CAMS");

/** What tells a stack's groups from those of another; undefined: nobody knows. */
export interface Whereabouts {
  readonly world: string | undefined;
  readonly businessNumber: Digits | undefined;
}

/** The same for a stack whose other settings may be wrong, secret, or in an environment. */
export function whereaboutsOf(stack: Stack): Whereabouts {
  const clear = clearSettings(stack);
  const known = (key: "endpoint" | "businessNumber"): Settings | undefined => {
    const isElsewhere = stack.unread !== undefined || (stack.hasEnvironment && !stack.own.has(key));
    if (isElsewhere || (key in stack.settings && !(key in clear))) return undefined;
    const parsed = parseSettings(key in clear ? { [key]: clear[key] } : {});
    return parsed.kind === "ok" ? parsed.settings : undefined;
  };
  const endpoint = known("endpoint")?.endpoint;
  return { world: endpoint && worldOf(endpoint), businessNumber: known("businessNumber")?.businessNumber };
}
