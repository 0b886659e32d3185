import { Argument, type Command } from "commander";
import { isKind, jsonSchemaText, KINDS, type Kind } from "../roster";
import { OUTPUTS, outputSchemaText, type Output } from "./outputs";

const HELP = `
Of files: roster, people, sets, releases. Of what commands print with --format json: plan, drift, who, diff,
report, validate. The package has them all in schema/.

Exit codes: 0 printed, 2 wrong arguments.

Examples:
  $ npx rollcall schema > roster.schema.json
  $ npx rollcall schema plan`;

/** `rollcall schema`: the JSON Schema of one kind of file, for editors, or of one command's JSON, for programs. */
export function schemaCommand(program: Command): void {
  program
    .command("schema")
    .description("prints the JSON Schema of a kind of file, or of a command's JSON")
    .addArgument(
      new Argument("[kind]", "which kind of file, or which command")
        .choices([...KINDS, ...Object.keys(OUTPUTS)])
        .default("roster"),
    )
    .addHelpText("after", HELP)
    .action((kind: Kind | Output) => {
      process.stdout.write(isKind(kind) ? jsonSchemaText(kind) : outputSchemaText(kind));
    });
}
