import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { hasSecrets, readLastRun, type LastRun } from "./last-run";

const run = promisify(execFile);

/** State of 10,000 groups is some 20 MB. */
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * Reads the stack's state by `pulumi stack export`, which takes no lock and so works within `pulumi up` too. Pulumi
 * puts its own CLI on the PATH of the programs that it runs.
 * @returns undefined when the state can't be read, for whatever reason: whoever asks then takes the stricter reading
 */
export async function exportLastRun(stack: string, root: string): Promise<LastRun | undefined> {
  try {
    const json = await exportStack(stack, root, []);
    return readLastRun(JSON.parse(hasSecrets(json) ? await exportStack(stack, root, ["--show-secrets"]) : json));
  } catch {
    return undefined;
  }
}

async function exportStack(stack: string, root: string, flags: readonly string[]): Promise<string> {
  const args = ["stack", "export", "--stack", stack, "--non-interactive", ...flags];
  const { stdout } = await run("pulumi", args, { cwd: root, maxBuffer: MOST_BYTES });
  return stdout;
}
