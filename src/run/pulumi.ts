import { execFile, type ExecFileException } from "node:child_process";
import { environment } from "../ambient";

/** State of 10,000 groups is some 20 MB. */
const MOST_BYTES = 1024 * 1024 * 1024;

export interface PulumiOptions {
  /** The CLI is stopped after this time. Without it, there is no limit. */
  readonly timeoutMs?: number;
}

/**
 * Runs the Pulumi CLI in the project's folder and returns its stdout. It uses the `pulumi` on the PATH, where Pulumi
 * puts its own CLI for the programs that it runs. If there is none, it uses the CLI that the npm package `pulumi`
 * brings: the project's package, or Rollcall's own.
 * @throws Error with what the CLI said
 */
export async function runPulumi(args: readonly string[], root: string, options: PulumiOptions = {}): Promise<string> {
  const all = [...args, "--non-interactive"];
  try {
    return await run("pulumi", all, root, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const launcher = require.resolve("pulumi/run.js", { paths: [root, __dirname] });
    return run(process.execPath, [launcher, ...all], root, options);
  }
}

function run(command: string, args: readonly string[], cwd: string, { timeoutMs }: PulumiOptions): Promise<string> {
  return new Promise((done, failed) => {
    const limits = { maxBuffer: MOST_BYTES, timeout: timeoutMs ?? 0 };
    const child = execFile(command, args, { cwd, env: environment(), ...limits }, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else failed(withWords(error, stderr));
    });
    child.stdin?.end();
  });
}

/** Replaces Node's message, which repeats the whole command, with the CLI's own. */
function withWords(error: ExecFileException, stderr: string): Error {
  return stderr.trim() === "" ? error : Object.assign(new Error(stderr.trim(), { cause: error }), { code: error.code });
}
