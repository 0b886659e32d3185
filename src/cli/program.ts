import { Command } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diffCommand } from "./diff";
import { doctorCommand } from "./doctor";
import { driftCommand } from "./drift";
import { dumpCommand } from "./dump";
import { emulatorCommand } from "./emulator";
import { importCommand } from "./import";
import { initCommand } from "./init";
import { numberCommand } from "./number";
import { planCommand } from "./plan";
import { pulumiCommand } from "./pulumi";
import { reportCommand } from "./report";
import { schemaCommand } from "./schema";
import { validateCommand } from "./validate";
import { whoCommand } from "./who";

const HELP = `
Run it in the project's folder, where Pulumi.yaml is, or below. None of these commands writes to a group; \`pulumi up\`
removes people, also as \`rollcall pulumi up\`, which a signal can stop.

Exit codes: 0 clean, 1 unexpected, API or credential failure, 2 wrong arguments or settings, 3 invalid rosters,
4 removals planned, 5 drift without removals, 6 refused by a guard, 7 partial failure.

Examples:
  $ npx rollcall validate                    before a commit
  $ npx rollcall diff --base origin/main     for a pull request, without credentials
  $ npx rollcall plan --stack prod           what \`pulumi up\` would do`;

/** The version of the package: its own package.json lies beside dist/. */
function version(): string {
  const file = join(__dirname, "..", "..", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The helper command with all its subcommands. Nothing is run yet. */
export function build(): Command {
  const program = new Command("rollcall")
    .description("Membership of WhatsApp groups on Alibaba Cloud CAMS, kept equal to rosters in git")
    .version(version(), "-v, --version", "prints the version")
    .addHelpText("after", HELP)
    .showHelpAfterError("(add --help for what is possible)")
    .enablePositionalOptions()
    .exitOverride();
  for (const register of [
    validateCommand,
    planCommand,
    diffCommand,
    driftCommand,
    whoCommand,
    dumpCommand,
    importCommand,
    numberCommand,
    reportCommand,
    doctorCommand,
    schemaCommand,
    initCommand,
    emulatorCommand,
    pulumiCommand,
  ])
    register(program);
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError("(add --help for what is possible)");
  return program;
}
