/** The settings of a stack as `pulumi up` hands them to the program. */
import { checkClearSettings, clearSettings, wrongSettings } from "../run/clear-settings";
import { runPulumi } from "../run/pulumi";
import { bagOf, SettingsError, type Stack } from "../run/stacks";
import { misspeltKeys, ownSettings } from "../settings";

/**
 * Takes the settings from the project's files. The Pulumi CLI is asked only for what the files don't hold in the clear:
 * a `secure:` value, or the settings of an `environment:`.
 * @param pulumiStack the stack as the CLI knows it, with its organisation where that was given
 * @throws SettingsError when a key was meant to be a setting and isn't, or the CLI can't be asked
 */
export async function readSettings(root: string, stack: Stack, pulumiStack: string): Promise<Record<string, string>> {
  const checked = stack.misspelt.length > 0 ? checkClearSettings(stack) : undefined;
  if (checked?.kind === "invalid") throw new SettingsError(checked.message);
  const clear = clearSettings(stack);
  const unread = Object.keys(stack.settings).filter((key) => !(key in clear));
  if (unread.length === 0 && !stack.hasEnvironment) return clear;
  const why = unread.length > 0 ? `rollcall:${unread.join(", rollcall:")} is a secret` : "the stack has an environment";
  const config = await askPulumi(root, pulumiStack, why);
  const misspelt = misspeltKeys(Object.keys(config), stack.project);
  if (misspelt.length > 0) throw new SettingsError(wrongSettings(stack.name, misspelt));
  return { ...clear, ...ownSettings(config) };
}

/** The stack's whole configuration, with the keys of all namespaces. */
async function askPulumi(root: string, stack: string, why: string): Promise<Record<string, string>> {
  try {
    const json: unknown = JSON.parse(await runPulumi(["config", "--show-secrets", "--json", "--stack", stack], root));
    const all = Object.entries(bagOf(json)).map(([key, entry]) => ({ key, value: bagOf(entry).value }));
    return Object.fromEntries(all.flatMap(({ key, value }) => (typeof value === "string" ? [[key, value]] : [])));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`${why}, and \`pulumi config --show-secrets\` could not be asked: ${said}`, {
      cause: error,
    });
  }
}
