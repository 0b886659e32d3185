import { InvalidArgumentError, Option, type Command } from "commander";
import { defaults, SeedError, startEmulator, throttleStatuses, type ThrottleStatus } from "../emulator";

interface Flags {
  port: number;
  seed?: string;
  accessKeyId: string;
  accessKeySecret: string;
  data?: string;
  latencyMs: number;
  qps?: number;
  throttleStatus: ThrottleStatus;
  throttleRetryAfter: boolean;
  removalReads: number;
  settlingReads: number;
  pageLimit: number;
  messageLagMs: number;
  deliveryMs: number;
}

const HELP = `
Runs until Ctrl-C. Its first line on stdout tells where it listens; docs/emulator.md tells what it can do.

Exit codes: 0 stopped, 1 it could not listen, 2 wrong arguments or seed file.

Examples:
  $ npx rollcall emulator --seed cams.yaml
  $ npx rollcall emulator --port 0 --seed cams.yaml --latency-ms 100 --qps 5`;

/** `rollcall emulator`: the local CAMS in the foreground, until SIGINT or SIGTERM. */
export function emulatorCommand(program: Command): void {
  program
    .command("emulator")
    .description("the local CAMS: an HTTP server on 127.0.0.1 that the official SDKs accept (docs/emulator.md)")
    .option("--port <port>", "port on 127.0.0.1; 0 picks a free one", wholeNumber(0, 65_535), 8787)
    .option("--seed <file>", "business numbers, groups and templates at the start (YAML)")
    .option("--data <file>", "keeps everything in this file over restarts; once it exists, --seed is not read")
    .option("--access-key-id <id>", "key pair that requests must be signed with", defaults.accessKeyId)
    .option("--access-key-secret <secret>", "its secret", defaults.accessKeySecret)
    .option("--latency-ms <ms>", "how long each answer takes at least", wholeNumber(0, 600_000), defaults.latencyMs)
    .option("--qps <n>", "calls a second beyond which calls are refused with Throttling.User", wholeNumber(1, 100_000))
    .addOption(
      new Option("--throttle-status <status>", "HTTP status of that refusal")
        .choices(throttleStatuses.map(String))
        .argParser((text) => oneOf(text, throttleStatuses))
        .default(defaults.throttleStatus),
    )
    .option("--throttle-retry-after", "send x-acs-retry-after with it", defaults.throttleRetryAfter)
    .option(
      "--removal-reads <n>",
      "listings for which a removed person stays listed",
      wholeNumber(0),
      defaults.removalReads,
    )
    .option(
      "--settling-reads <n>",
      "readings for which a group is CREATING or DELETING",
      wholeNumber(0),
      defaults.settlingReads,
    )
    .option("--page-limit <n>", "largest page that may be asked for", wholeNumber(1), defaults.pageLimit)
    .option("--message-lag-ms <ms>", "how long a message is not listed yet", wholeNumber(0), defaults.messageLagMs)
    .option("--delivery-ms <ms>", "how long a message is not delivered yet", wholeNumber(0), defaults.deliveryMs)
    .addHelpText("after", HELP)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const emulator = await startEmulator(flags).catch((error: unknown) => {
    process.stderr.write(`rollcall emulator: ${advice(error, flags)}\n`);
    process.exitCode = error instanceof SeedError ? 2 : 1;
  });
  if (emulator === undefined) return;
  const stop = (): void => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    void emulator.close();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  process.stdout.write(`rollcall emulator listening on ${emulator.url}\n`);
  if (flags.seed === undefined && flags.data === undefined) {
    process.stderr.write(
      "No --seed: there is no business number, so every signed call is answered Authentication.NoAuth.\n",
    );
  }
}

function advice(error: unknown, flags: Flags): string {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return `port ${flags.port} is taken; give another with --port, or --port 0 for a free one.`;
  if (code === "ENOENT" && path === flags.seed)
    return `the seed file ${flags.seed} does not exist; give another with --seed.`;
  if (code === "ENOENT")
    return `${path} can't be written; is there a folder of that name? Give another file with --data.`;
  return error instanceof Error ? error.message : String(error);
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function oneOf(text: string, choices: readonly ThrottleStatus[]): ThrottleStatus {
  const found = choices.find((choice) => String(choice) === text);
  if (found === undefined) throw new InvalidArgumentError(`It must be one of ${choices.join(", ")}.`);
  return found;
}
