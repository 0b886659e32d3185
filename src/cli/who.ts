import { Argument, type Command } from "commander";
import { join } from "node:path";
import { whoCsv } from "../report/who/csv";
import { whoPage } from "../report/who/page";
import { whoJson } from "../report/who/json";
import { namelessText } from "../report/who/headline";
import { whoReport, whoTable } from "../report/who/report";
import type { WhoReport } from "../report/who/types";
import { listAccounts } from "../run/list-accounts";
import type { Before, PreparedRun } from "../run/prepare";
import { EXIT } from "./exit";
import { chooseStack, formatOption, live, lookAt, stackOption, Unanswered, type Chosen, type Refuse } from "./live";
import { print, type ReportFormat } from "./print";
import { tell } from "./project";
import { knownFrom } from "./who/known";
import { fitsNothing, meant, namesIn, type Candidate, type Meant } from "./who/meant";
import { pagePartsIn, sha256 } from "./who/page-parts";
import { isAnywhere, numbersIn, whoOf } from "./who/report-of";
import { unclear } from "./who/unclear";

/** Where the package lies: src/ and dist/ are in it. */
const PACKAGE = join(__dirname, "..", "..");

const FORMATS = ["csv", "html"] as const;
type Format = ReportFormat | (typeof FORMATS)[number];

interface Flags {
  stack?: string;
  format: Format;
}

const HELP = `
Everybody in the groups of the stack's rosters: who is declared and there (present), who is there and not declared, who is
awaited and how it stands with their invitation, who left, and how many rows have no plain number. Reads only.

One word chooses groups: a person (their name, or their key in people.yaml) or a number in any spelling gives the groups in
which they are declared or present; a group's resource name, GroupId or subject gives that group, and looks only at it.

Names and numbers are text in every format. In CSV a text that a spreadsheet would take for a formula has an apostrophe before
it. The page of \`--format html\` is one file that needs no network. No format shows invite links. Numbers are masked where the
stack's \`display\` is; a full number still finds its groups.

Exit codes: 0 all groups are known, 1 CAMS or its credentials failed, also where the word may be a subject that CAMS did not
tell, or some groups could not be listed (they are named as not known), 2 wrong arguments or settings, or a word that fits nothing or several, 3 invalid rosters.

Examples:
  $ npx rollcall who                                    everybody in all groups of the selected stack
  $ npx rollcall who Budi --stack prod                  the groups of one person
  $ npx rollcall who "+62 812 3456 7802"                the groups of one number
  $ npx rollcall who jakarta/ops --format markdown      one group
  $ npx rollcall who --format csv > who.csv             for a spreadsheet
  $ npx rollcall who --format html > who.html           a page to search in, for a browser`;

/** `rollcall who`: who is in which group. */
export function whoCommand(program: Command): void {
  program
    .command("who")
    .description("who is in which group, everybody; live, read-only")
    .addArgument(new Argument("[who]", "a person, a number or a group; without it, all groups"))
    .addOption(stackOption())
    .addOption(formatOption("text", FORMATS))
    .addHelpText("after", HELP)
    .action((word: string | undefined, flags: Flags, command: Command) =>
      live(command, async (refuse) => {
        const chosen = await chooseStack(flags.stack, refuse);
        const report = await whoIn(chosen, word, refuse);
        write(flags.format, report);
        return report.groups.every(({ seen }) => seen.kind === "known") ? EXIT.clean : EXIT.failure;
      }),
    );
}

/** Finds out what the word means before any group is looked at, then looks. */
async function whoIn(chosen: Chosen, word: string | undefined, refuse: Refuse): Promise<WhoReport> {
  let asked: Asked = { meant: undefined, names: [] };
  const prepared = await lookAt(chosen, {
    choose: async (before) => {
      if (word === undefined) return undefined;
      asked = await whatIsMeant(word, before, refuse);
      const { meant } = asked;
      return meant?.kind === "group" ? new Set([meant.group.group].filter((id) => id !== "")) : undefined;
    },
  });
  const { plan, reader, show } = prepared;
  const accounts = await listAccounts(reader, plan.groups);
  for (const one of accounts.values())
    if (one.kind === "not listed") tell(`warning: the subjects of some groups can't be shown. ${one.why}`);
  const report = whoOf(chosen.stack.name, prepared, accounts, asked.meant);
  const isThere = asked.meant?.kind !== "person" || asked.meant.isKnown || isAnywhere(report, asked.meant.about.is);
  const allKnown = report.groups.every(({ seen }) => seen.kind === "known");
  if (word !== undefined && !isThere && allKnown)
    refuse(`${fitsNothing(word, [...asked.names, ...seenNames(prepared)], show)}${namelessText(report.nameless)}`);
  return report;

  function seenNames({ plan: seen }: PreparedRun) {
    return numbersIn(seen).map((number) => [number, show(number)] as const);
  }
}

interface Asked {
  readonly meant: Exclude<Meant, { kind: "unclear" }> | undefined;
  /** All that could have been meant. */
  readonly names: readonly Candidate[];
}

async function whatIsMeant(
  word: string,
  { rosters, declared, reader, show, last }: Before,
  refuse: Refuse,
): Promise<Asked> {
  const accounts = await listAccounts(reader, declared);
  const known = knownFrom(rosters, declared, accounts, last);
  const found = meant(word, known, show);
  if (found.kind !== "unclear") return { meant: found, names: namesIn(known, show) };
  const { isFailure, message } = unclear(found, accounts);
  if (isFailure) throw new Unanswered(message);
  return refuse(message);
}

function write(format: Format, report: WhoReport): void {
  switch (format) {
    case "csv":
      process.stdout.write(whoCsv(report));
      return;
    case "html":
      process.stdout.write(whoPage(report, pagePartsIn(PACKAGE), sha256));
      return;
    default:
      print(
        format,
        () => (format === "markdown" ? whoTable(report) : whoReport(report)),
        () => whoJson(report),
      );
  }
}
