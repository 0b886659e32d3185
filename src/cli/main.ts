#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { diffCommand } from "./diff";
import { doctorCommand } from "./doctor";
import { driftCommand } from "./drift";
import { dumpCommand } from "./dump";
import { emulatorCommand } from "./emulator";
import { EXIT } from "./exit";
import { planCommand } from "./plan";
import { reportCommand } from "./report";
import { schemaCommand } from "./schema";
import { SettingsError } from "./stacks";
import { validateCommand } from "./validate";

function build(): Command {
  const program = new Command("rollcall")
    .description("Membership of WhatsApp groups on Alibaba Cloud CAMS, kept equal to rosters in git")
    .showHelpAfterError("(add --help for what is possible)")
    .exitOverride();
  for (const register of [
    validateCommand,
    planCommand,
    diffCommand,
    driftCommand,
    dumpCommand,
    reportCommand,
    doctorCommand,
    schemaCommand,
    emulatorCommand,
  ])
    register(program);
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError("(add --help for what is possible)");
  return program;
}

build()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    else {
      process.stderr.write(`rollcall: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = error instanceof SettingsError ? EXIT.usage : EXIT.failure;
    }
  });
