import { InvalidArgumentError, Option, type Command } from "commander";
import { readFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { today } from "../ambient";
import { isCallingCode } from "../numbers";
import {
  type ColumnNames,
  faultText,
  FORMATS,
  type Imported,
  importSource,
  LAST_IMPORT_FILE,
  parseColumns,
  readTable,
  summaryText,
  type TableFault,
  type TableFormat,
} from "../people";
import { describeProblems, maskProblems, type Problem } from "../roster";
import { maskNumber, maskNumbers } from "../text/mask";
import { EXIT } from "./exit";
import { isMasked, openPeople, PEOPLE, type StackPeople } from "./people/stack-people";
import { whyNotWritten, writeImported } from "./import/write";
import { chooseStack, live, stackOption, type Refuse } from "./live";
import { tell } from "./project";

interface Flags {
  stack?: string;
  format?: TableFormat;
  columns: ColumnNames;
  country?: string;
  dryRun?: true;
  maxLeavers?: number;
  maxChanges?: number;
}

const HELP = `
FILE is an HR system's export, - is stdin. It is merged into the people.yaml of the stack by id: new people are added,
names and numbers that changed in the table are changed, and whoever left or is missing gets \`offboarded\`. Entries
without id, comments, and what was changed by hand stay. No network, no credentials. docs/people.md has all of it.

The table has the columns id, name and number, and may have left (the day from which on they are declared nowhere) and
consent (the day on which they agreed to be written to). Days are written as 2026-12-01.

Exit codes: 0 written, or nothing to do; 1 a file can not be written, also with --dry-run; 2 wrong arguments or settings; 3 the table or the
rosters are not in order, and nothing is written.

Examples:
  $ npx rollcall import people.csv --dry-run
  $ npx rollcall import people.csv --columns id=EmpNo,name=Name,number=Mobile,left=LastDay --country 62
  $ curl -s https://hr.example.com/people | jq -c '.[]' | npx rollcall import - --format jsonl --stack prod`;

/** `rollcall import`: an HR system's export into people.yaml. */
export function importCommand(program: Command): void {
  program
    .command("import")
    .description("merges a table of people, such as an HR system's export, into people.yaml")
    .argument("<file>", "the table; - for stdin")
    .addOption(stackOption())
    .addOption(
      new Option("--format <format>", "form of the table (default: by its name or beginning)").choices(FORMATS),
    )
    .addOption(
      new Option("--columns <names>", "names of its columns, such as id=EmpNo,name=Name,number=Mobile")
        .argParser(columnNames)
        .default({}, "id, name, number, left, consent"),
    )
    .addOption(
      new Option("--country <code>", "calling code of numbers without a plus, such as 62").argParser(callingCode),
    )
    .addOption(
      new Option(
        "--max-leavers <n>",
        "most people whom one import offboards (default: 5, or a tenth if that is more, and less than half)",
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option(
        "--max-changes <n>",
        "most people to whom one import gives another number (default: 5, or a tenth if that is more)",
      ).argParser(wholeNumber),
    )
    .option("--dry-run", "writes nothing, and shows what would change")
    .addHelpText("after", HELP)
    .action((file: string, flags: Flags, command: Command) => live(command, (refuse) => run(file, flags, refuse)));
}

async function run(table: string, flags: Flags, refuse: Refuse): Promise<number> {
  const { root, stack } = await chooseStack(flags.stack, refuse);
  const masked = isMasked(stack);
  const shown = masked ? maskNumber : (number: string) => number;
  const refusal = (faults: readonly TableFault[], problems: readonly Problem[]) =>
    tellRefusal(table === "-" ? "stdin" : table, faults, problems, masked);
  const { columns, country, maxLeavers, maxChanges, dryRun = false } = flags;
  const day = today();
  const format = flags.format ?? formatOf(table);
  const source = readTable(readBytes(table, refuse), { format, columns, country, today: day, shown });
  const opened = await openPeople(root, stack);
  if (source.kind === "refused") return refusal(source.faults, opened.problems);
  if (opened.problems.length > 0) return refusal([], opened.problems);

  const imported = importSource(source.value, opened, { today: day, maxLeavers, maxChanges });
  if (imported.kind === "refused") return refusal(imported.faults, []);
  const { people } = imported.value;
  const problems = opened.problemsWith(new Map(people === undefined ? [] : [[PEOPLE, people]]));
  if (problems.length > 0) return refusal([], problems);
  const reason = whyNotWritten(opened, imported.value);
  if (reason !== undefined) {
    tell(reason);
    return EXIT.failure;
  }
  const summary = summaryText(imported.value, (number) => number);
  // As a whole, since names and ids may be numbers too.
  process.stdout.write(masked ? maskNumbers(summary) : summary);
  if (!dryRun) writeImported(opened, imported.value);
  const changed = changedFile(opened, imported.value);
  if (changed === undefined) tell(`${opened.shown}: nothing to change`);
  else tell(dryRun ? `${changed} would change; nothing is written (--dry-run)` : `${changed} is written`);
  return EXIT.clean;
}

/** people.yaml; or what the import saw, where only that changes. */
function changedFile(before: StackPeople, { people, last }: Imported): string | undefined {
  if (people !== before.people) return before.shown;
  return last === before.last ? undefined : `${dirname(before.shown)}/${LAST_IMPORT_FILE}`;
}

function tellRefusal(
  table: string,
  faults: readonly TableFault[],
  problems: readonly Problem[],
  masked: boolean,
): number {
  for (const fault of faults) tell(masked ? maskNumbers(faultText(table, fault)) : faultText(table, fault));
  if (problems.length > 0) {
    tell("The rosters are not valid, or would not be after this import:");
    tell(describeProblems(masked ? maskProblems(problems) : problems).trimEnd());
  }
  tell("Nothing is written.");
  return EXIT.invalid;
}

function readBytes(table: string, refuse: Refuse): Uint8Array {
  try {
    return readFileSync(table === "-" ? 0 : table);
  } catch (error) {
    return refuse(`${table} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const BY_ENDING: Readonly<Record<string, TableFormat>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
};

const formatOf = (table: string): TableFormat | undefined => BY_ENDING[extname(table).toLowerCase()];

/** @param given by an option before this one */
function columnNames(text: string, given: ColumnNames): ColumnNames {
  const names = parseColumns(text, given);
  if (typeof names === "string") throw new InvalidArgumentError(`${names}.`);
  return names;
}

function callingCode(text: string): string {
  const code = text.replace(/^\+/, "");
  if (!isCallingCode(code)) throw new InvalidArgumentError("Give a calling code, such as 62.");
  return code;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("Give a whole number, such as 12.");
  return Number(text);
}
