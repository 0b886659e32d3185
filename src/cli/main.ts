#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { diffCommand } from "./diff";
import { emulatorCommand } from "./emulator";
import { schemaCommand } from "./schema";
import { validateCommand } from "./validate";

/** Usage errors end with 2, as the contract says. */
const USAGE = 2;

function build(): Command {
  const program = new Command("rollcall")
    .description("Membership of WhatsApp groups on Alibaba Cloud CAMS, kept equal to rosters in git")
    .showHelpAfterError("(add --help for what is possible)")
    .exitOverride();
  for (const register of [validateCommand, diffCommand, schemaCommand, emulatorCommand]) register(program);
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError("(add --help for what is possible)");
  return program;
}

build()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
    else {
      process.stderr.write(`rollcall: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  });
