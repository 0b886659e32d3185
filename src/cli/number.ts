import type { Command } from "commander";
import { join } from "node:path";
import { readNumber } from "../numbers";
import { changeNumber, type NumberChange } from "../people";
import { describeProblems, maskProblems, type Problem } from "../roster";
import { clean, quote } from "../text/clean";
import { maskNumber, maskNumbers } from "../text/mask";
import { plural } from "../text/plural";
import { EXIT } from "./exit";
import { chooseStack, live, stackOption, type Refuse } from "./live";
import { readOnlyError, replaceFile, textIn } from "./people/replace-file";
import { isMasked, MARK, openPeople, PEOPLE } from "./people/stack-people";
import { tell } from "./project";

interface Flags {
  stack?: string;
  dryRun?: boolean;
}

const HELP = `
PERSON is a key of people.yaml, a number, or a whole name. The entry in people.yaml gets the new number and keeps the old
one under \`formerly\`; rosters that have the old one, among members or under protect, get the new one. Comments and
everything else stay. No network, no credentials.

The next \`pulumi up\` removes the old number, if it is still in a group, with the reason "changed number".

Exit codes: 0 written, or nothing to do; 1 a file could not be written; 2 wrong arguments or settings; 3 the rosters are
not in order, or would not be, and nothing is written.

Examples:
  $ npx rollcall number ana "+62 857 1111 2222"
  $ npx rollcall number "+62 812 3456 7801" "+62 857 1111 2222" --stack prod --dry-run`;

/** `rollcall number`: somebody's new number, in people.yaml and in all rosters of the stack. */
export function numberCommand(program: Command): void {
  program
    .command("number")
    .description("writes somebody's new number into people.yaml and the rosters")
    .argument("<person>", "key of people.yaml, number or name")
    .argument("<number>", "the new number, in international form")
    .addOption(stackOption())
    .option("--dry-run", "writes nothing, and shows which files would change")
    .addHelpText("after", HELP)
    .action((person: string, number: string, flags: Flags, command: Command) =>
      live(command, (refuse) => run(person, number, flags, refuse)),
    );
}

async function run(word: string, number: string, { stack: named, dryRun = false }: Flags, refuse: Refuse) {
  const { root, stack } = await chooseStack(named, refuse);
  const masked = isMasked(stack);
  const digits = readNumber(number);
  if (digits === undefined)
    return refuse(
      `${quote(masked ? maskNumbers(number) : number)} is not a number in international form, such as "+62 812-3456-7890"`,
    );
  const opened = await openPeople(root, stack);
  const before = opened.problemsWith(new Map());
  if (before.length > 0) return tellProblems("The rosters are not valid:", before, masked);
  const { people } = opened;
  if (people === undefined)
    return refuse(`${opened.shown} is not there: only people in it can keep their former numbers`);
  const files = { people, rosters: opened.rosters() };
  const change = changeNumber(files, word, {
    digits,
    text: number.trim().startsWith("+") ? number.trim() : `+${digits}`,
  });
  if (change.kind === "refused") return refuse(masked ? maskNumbers(clean(change.message)) : clean(change.message));
  if (change.kind === "same") {
    tell(`${clean(change.name)} (${change.key}) has this number already: nothing to do`);
    return EXIT.clean;
  }
  // Rosters first: a run that is killed in between can be repeated, for people.yaml still tells the old number.
  const withMark = (text: string): string => `${opened.hasMark ? MARK : ""}${text}`;
  const texts = new Map([...change.rosters, [PEOPLE, withMark(change.people)]]);
  const problems = opened.problemsWith(texts);
  if (problems.length > 0) return tellProblems("The rosters would not be valid after this:", problems, masked);
  const folder = join(root, stack.folder);
  const old = new Map([...files.rosters, [PEOPLE, withMark(people)]]);
  const reason = [...texts.keys()].map((path) => whyNot(join(folder, path), old.get(path))).find(Boolean);
  if (reason !== undefined) {
    tell(reason);
    return EXIT.failure;
  }
  if (!dryRun) for (const [path, text] of texts) replaceFile(join(folder, path), text);
  const shown = masked ? maskNumber : (one: string) => one;
  process.stdout.write(summary(change, shown(change.from), shown(number.trim()), stack.folder));
  tell(dryRun ? "nothing is written (--dry-run)" : `${plural(texts.size, "file")} written`);
  return EXIT.clean;
}

/** Why a file can't be written as planned, if it can't. */
function whyNot(file: string, before: string | undefined): string | undefined {
  if (textIn(file) !== before) return `${file} was changed meanwhile. Nothing is written: run it again`;
  return readOnlyError(file);
}

type Changed = Extract<NumberChange, { kind: "changed" }>;

function summary({ key, name, rosters }: Changed, from: string, to: string, folder: string): string {
  const files = [PEOPLE, ...[...rosters.keys()].sort()].map((path) => `  ${folder}/${clean(path)}\n`);
  return `${clean(name)} (${key}): ${from} → ${to}\n${files.join("")}`;
}

function tellProblems(what: string, problems: readonly Problem[], masked: boolean): number {
  tell(what);
  tell(describeProblems(masked ? maskProblems(problems) : problems).trimEnd());
  tell("Nothing is written.");
  return EXIT.invalid;
}
