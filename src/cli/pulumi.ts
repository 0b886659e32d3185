import type { Command } from "commander";
import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";

const HELP = `
The npm package \`pulumi\` has a launcher that ends at once when it gets SIGINT or SIGTERM, and leaves the CLI running: a
pipeline that was cancelled goes on removing people. This command starts the same CLI, passes the signal on, and waits:
calls under way are finished, no more are sent, and the stack's lock is given back.

Exit codes: 0 when the CLI ends with 0, else the one that it ends with; 1 when there is no CLI.

Examples:
  $ npx rollcall pulumi preview --stack prod
  $ timeout 600 npx rollcall pulumi up --stack prod --yes`;

/** One key press or \`timeout\` reaches this process several times: from the terminal or the group, and by way of npx. */
const SAME_SIGNAL_MS = 1_000;

/** `rollcall pulumi`: the Pulumi CLI, so that it can be stopped. */
export function pulumiCommand(program: Command): void {
  program
    .command("pulumi")
    .description("the Pulumi CLI, started so that a signal stops it in an orderly way")
    .argument("[args...]", "what the CLI is given")
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText("after", HELP)
    .action(async (args: string[]) => {
      process.exitCode = await run(await findCli(), args);
    });
}

/**
 * Where the launcher has the CLI; it downloads it when it is not there yet. The project's own package `pulumi` is the one
 * that counts, as it does for `npx pulumi`; else it is that of this package.
 */
async function findCli(): Promise<string> {
  const file = require.resolve("pulumi/lib/resolve.js", { paths: [process.cwd(), __dirname] });
  const launcher = (await import(file)) as { resolve: () => Promise<string> };
  return launcher.resolve();
}

/**
 * Runs the CLI to its end. It is in a process group of its own, so that a signal to the whole group of this process (from
 * a terminal, or `timeout`) reaches it once: at a second one it would drop everything.
 * @returns its exit code
 */
function run(cli: string, args: readonly string[]): Promise<number> {
  const env = { ...process.env, PATH: `${dirname(cli)}${delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(cli, args, { stdio: "inherit", env, detached: process.platform !== "win32" });
  const done = passOn(child);
  return new Promise((ended, failed) => {
    child.once("error", failed);
    child.once("exit", (code, signal) => {
      done();
      ended(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Passes signals on to the CLI, and gives what ends that. A closed terminal (SIGHUP) would kill the CLI in the middle of a run. */
function passOn(child: ChildProcess): () => void {
  const signals = { SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGTERM" } as const;
  let last = Number.NEGATIVE_INFINITY;
  const listeners = Object.entries(signals).map(([signal, passed]) => {
    const listener = (): void => {
      const now = performance.now();
      if (now - last >= SAME_SIGNAL_MS) child.kill(passed);
      last = now;
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => listeners.forEach((off) => off());
}
