import { hasSecrets, isHidden, readLastRun, type LastRun, type StackName } from "./last-run";
import { runPulumi } from "./pulumi";

/**
 * Reads the stack's state with `pulumi stack export`. This takes no lock, so it also works within `pulumi up`.
 * @param stack as the CLI knows it, with its organisation where that was given
 * @param own tells the stack's resources from those of another stack
 * @returns undefined when the state can't be read, for whatever reason: nobody is removed then
 */
export async function exportLastRun(stack: string, own: StackName, root: string): Promise<LastRun | undefined> {
  const exportStack = (...flags: readonly string[]) => runPulumi(["stack", "export", "--stack", stack, ...flags], root);
  try {
    const json = await exportStack();
    const last = readLastRun(JSON.parse(json), own);
    // No decision needs a link, which is a secret. Decisions need the people of a masked stack, and who may hold a
    // link.
    const hidden = hasSecrets(json) && isHidden(last);
    return hidden ? readLastRun(JSON.parse(await exportStack("--show-secrets")), own) : last;
  } catch {
    return undefined;
  }
}
