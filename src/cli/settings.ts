/** The settings of a stack as `pulumi up` hands them to the program. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runPulumi } from "../run/pulumi";
import { bagOf, parseSettingsFile, SettingsError, STACKS, type Stack } from "../run/stacks";
import { ownSettings, parseSettings, type Settings } from "../settings";

/**
 * Takes the settings from the project's files. The Pulumi CLI is asked only for what the files don't hold in the clear:
 * a `secure:` value, or the settings of an `environment:`.
 * @param pulumiStack the stack as the CLI knows it, with its organisation where that was given
 */
export async function readSettings(root: string, stack: Stack, pulumiStack: string): Promise<Record<string, string>> {
  const clear = clearSettings(stack);
  const unread = Object.keys(stack.settings).filter((key) => !(key in clear));
  if (unread.length === 0 && !hasEnvironment(root, stack)) return clear;
  const why = unread.length > 0 ? `rollcall:${unread.join(", rollcall:")} is a secret` : "the stack has an environment";
  return { ...clear, ...(await askPulumi(root, pulumiStack, why)) };
}

/** What the files hold in the clear. Pulumi hands every setting over as a text; lists and objects as JSON. */
function clearSettings({ settings }: Stack): Record<string, string> {
  const text = (value: unknown) => (typeof value === "string" ? value : value === null ? "" : JSON.stringify(value));
  const clear = Object.entries(settings).filter(([, value]) => !hasSecret(value));
  return Object.fromEntries(clear.map(([key, value]) => [key, text(value)]));
}

/** The settings that are in the clear, checked, without asking anybody; or one text that tells all their faults. */
export function checkClearSettings(stack: Stack): Settings | string {
  const parsed = parseSettings(clearSettings(stack));
  if (parsed.kind === "ok") return parsed.settings;
  return `wrong settings of stack ${stack.name}:\n  ${parsed.problems.join("\n  ")}`;
}

function hasEnvironment(root: string, { name }: Stack): boolean {
  const file = `${STACKS}/Pulumi.${name}.yaml`;
  const path = join(root, file);
  return existsSync(path) && parseSettingsFile(file, readFileSync(path, "utf8")).environment !== undefined;
}

const hasSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(hasSecret));

async function askPulumi(root: string, stack: string, why: string): Promise<Record<string, string>> {
  try {
    const json: unknown = JSON.parse(await runPulumi(["config", "--show-secrets", "--json", "--stack", stack], root));
    const own = Object.entries(ownSettings(bagOf(json))).map(([key, entry]) => ({ key, value: bagOf(entry).value }));
    return Object.fromEntries(own.flatMap(({ key, value }) => (typeof value === "string" ? [[key, value]] : [])));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`${why}, and \`pulumi config --show-secrets\` could not be asked: ${said}`, {
      cause: error,
    });
  }
}
