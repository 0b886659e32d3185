import { hasSecrets, readLastRun, type LastRun } from "./last-run";
import { runPulumi } from "./pulumi";

/**
 * Reads the stack's state by `pulumi stack export`, which takes no lock and so works within `pulumi up` too.
 * @returns undefined when the state can't be read, for whatever reason: whoever asks then takes the stricter reading
 */
export async function exportLastRun(stack: string, root: string): Promise<LastRun | undefined> {
  const exportStack = (...flags: readonly string[]) => runPulumi(["stack", "export", "--stack", stack, ...flags], root);
  try {
    const json = await exportStack();
    return readLastRun(JSON.parse(hasSecrets(json) ? await exportStack("--show-secrets") : json));
  } catch {
    return undefined;
  }
}
