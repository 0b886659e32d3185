import { Argument, type Command } from "commander";
import { jsonSchemaText, KINDS, type Kind } from "../roster";

/** `rollcall schema`: the JSON Schema of one kind of file, for editors. */
export function schemaCommand(program: Command): void {
  program
    .command("schema")
    .description("prints the JSON Schema of rosters, people.yaml, sets.yaml or releases.yaml")
    .addArgument(new Argument("[kind]", "which kind of file").choices(KINDS).default("roster"))
    .action((kind: Kind) => void process.stdout.write(jsonSchemaText(kind)));
}
