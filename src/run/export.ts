import { hasSecrets, readLastRun, type LastRun, type StackName } from "./last-run";
import { runPulumi } from "./pulumi";

/**
 * Reads the stack's state by `pulumi stack export`, which takes no lock and so works within `pulumi up` too.
 * @param stack as the CLI knows it, with its organisation where that was given
 * @param own tells the stack's resources from those of another one
 * @returns undefined when the state can't be read, for whatever reason: nobody is removed then
 */
export async function exportLastRun(stack: string, own: StackName, root: string): Promise<LastRun | undefined> {
  const exportStack = (...flags: readonly string[]) => runPulumi(["stack", "export", "--stack", stack, ...flags], root);
  try {
    const json = await exportStack();
    return readLastRun(JSON.parse(hasSecrets(json) ? await exportStack("--show-secrets") : json), own);
  } catch {
    return undefined;
  }
}
