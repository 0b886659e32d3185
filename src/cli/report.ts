import type { Command } from "commander";
import { readFileSync } from "node:fs";
import { readPulumiOutput } from "../report/pulumi-output";
import { countTold, toldJson, toldReport, type ToldSummary } from "../report/pulumi-report";
import { EXIT } from "./exit";
import { formatOption, live } from "./live";
import { print, type ReportFormat } from "./print";
import { tell } from "./project";

const HELP = `
FILE is what \`pulumi preview --json\` printed, or the file of \`--event-log\` of a preview or an up; - is stdin. No network,
no credentials, no project: the file says it all.

Exit codes: 0 nobody is removed, 1 the file is neither, or the run failed, 2 wrong arguments, 4 removals, 6 a guard
refused, 7 a group's update failed.

Examples:
  $ npx pulumi preview --stack prod --json > preview.json
  $ npx rollcall report preview.json --format markdown > comment.md`;

/** `rollcall report`: what Pulumi printed, as a pull request comment. */
export function reportCommand(program: Command): void {
  program
    .command("report")
    .description("renders the output of `pulumi preview --json`, or an event log, for a pull request comment")
    .argument("<file>", "the file; - for stdin")
    .addOption(formatOption("markdown"))
    .addHelpText("after", HELP)
    .action((file: string, { format }: { format: ReportFormat }, command: Command) =>
      live(command, (refuse) => {
        const text = read(file, refuse);
        const told = readPulumiOutput(text);
        if (told === undefined) {
          tell(`${file} is neither the output of \`pulumi preview --json\` nor an event log (--event-log)`);
          return Promise.resolve(EXIT.failure);
        }
        print(
          format,
          () => toldReport(told),
          () => toldJson(told),
        );
        return Promise.resolve(exitOf(countTold(told)));
      }),
    );
}

function read(file: string, refuse: (message: string) => never): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    return refuse(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function exitOf({ refusals, failed, errors, removals }: ToldSummary): number {
  if (refusals > 0) return EXIT.refused;
  if (failed > 0) return EXIT.partial;
  if (errors > 0) return EXIT.failure;
  return removals > 0 ? EXIT.removals : EXIT.clean;
}
