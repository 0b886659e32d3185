#!/usr/bin/env node
import "./plug-and-play";
import { CommanderError } from "commander";
import { SettingsError } from "../run/stacks";
import { EXIT } from "./exit";
import { build } from "./program";

build()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    else {
      process.stderr.write(`rollcall: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = error instanceof SettingsError ? EXIT.usage : EXIT.failure;
    }
  });
