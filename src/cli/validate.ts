import { Option, type Command } from "commander";
import { relative, resolve, sep } from "node:path";
import { projectRoot, today } from "../ambient";
import {
  countProblems,
  loadRosters,
  maskProblems,
  problemsAcross,
  problemsWithSettings,
  renderProblems,
  type Format,
  type Problem,
  type Roster,
  type StackRosters,
} from "../roster";
import { checkClearSettings, isTold, worldOf } from "../run/clear-settings";
import { stacksOf } from "../run/stack-files";
import { chooseStacks, type Stack } from "../run/stacks";
import { settingsDoubts } from "../settings";
import { EXIT } from "./exit";
import { colours } from "./project";

interface Flags {
  stack?: string;
  format: Format;
}

const HELP = `
Exit codes: 0 valid (there may be warnings), 2 wrong arguments or settings, 3 invalid rosters.

Examples:
  $ npx rollcall validate --stack prod
  $ npx rollcall validate --format github                         as annotations of a pull request
  $ npx rollcall validate --format json | jq '.problems[].code'   for other programs`;

/** `rollcall validate`: checks the rosters of one stack or of all. No network, no credentials. */
export function validateCommand(program: Command): void {
  program
    .command("validate")
    .description("checks the rosters and settings of one stack or of all; no network, no credentials")
    .option("--stack <stack>", "only this stack (default: all in stacks/)")
    .addOption(
      new Option("--format <format>", "form of the problems").choices(["text", "json", "github"]).default("text"),
    )
    .addHelpText("after", HELP)
    .action((flags: Flags, command: Command) => run(flags, (message) => command.error(`error: ${message}`)));
}

async function run({ stack, format }: Flags, refuse: (message: string) => never): Promise<void> {
  const root = projectRoot(process.cwd());
  const chosen = chooseStacks(stacksOf(root), stack);
  if (chosen.kind === "none") return refuse(chosen.message);
  const { stacks } = chosen;
  const { problems, rosters } = await check(root, stacks);
  process.stdout.write(
    renderProblems(format === "github" ? forGitHub(problems, root) : problems, format, { colour: colours() }),
  );
  const invalid = problems.some(({ severity }) => severity === "error");
  const found = problems.length === 0 ? "no problems" : countProblems(problems);
  const looked = `${rosters} roster${rosters === 1 ? "" : "s"} of ${stacks.map(({ name }) => name).join(", ")}`;
  process.stderr.write(invalid ? `${found}\n` : `${looked}: ${found}\n`);
  const wrong = stacks.map(checkClearSettings).flatMap((one) => (one.kind === "invalid" ? [one.message] : []));
  for (const text of [...wrong, ...stacks.flatMap(doubtsOf)]) process.stderr.write(`${text}\n`);
  if (invalid) process.exitCode = EXIT.invalid;
  else if (wrong.length > 0) process.exitCode = EXIT.usage;
}

/** What is doubtful in the settings of a stack, one line each. */
function doubtsOf(stack: Stack): readonly string[] {
  const checked = checkClearSettings(stack);
  if (checked.kind === "invalid") return [];
  const hidden = isTold(stack, "invitationTemplate") ? {} : { invitationTemplate: "not told" };
  const doubts = settingsDoubts({ ...checked.settings, ...hidden });
  return doubts.map((doubt) => `warning: settings of stack ${stack.name}: ${doubt}`);
}

/**
 * Folders that several stacks share are checked once; masked when one of these stacks wants it. Then rosters are compared
 * with the settings of their stack, and the stacks with each other, as far as their rosters and settings are in order.
 */
async function check(root: string, stacks: readonly Stack[]): Promise<{ problems: Problem[]; rosters: number }> {
  const problems: Problem[] = [];
  const loadedFrom = new Map<string, readonly Roster[]>();
  for (const folder of [...new Set(stacks.map((stack) => stack.folder))].sort()) {
    const loaded = await loadRosters(folder, { root, today: today() });
    const masked = stacks.some((stack) => stack.folder === folder && stack.settings.display === "masked");
    problems.push(...(masked ? maskProblems(loaded.problems) : loaded.problems));
    if (loaded.kind === "ok") loadedFrom.set(folder, loaded.rosters.rosters);
  }
  for (const stack of stacks) problems.push(...withSettings(stack, loadedFrom.get(stack.folder), root));
  problems.push(
    ...problemsAcross(
      stacks.flatMap((stack) => comparable(stack, loadedFrom.get(stack.folder))),
      root,
    ),
  );
  const rosters = [...loadedFrom.values()].reduce((sum, { length }) => sum + length, 0);
  return { problems, rosters };
}

/** What the rosters of a stack say that does nothing with its settings, as far as these are known. */
function withSettings(stack: Stack, rosters: readonly Roster[] | undefined, root: string): Problem[] {
  const checked = checkClearSettings(stack);
  if (rosters === undefined || checked.kind === "invalid") return [];
  const { inviteLink, invitationTemplate, display } = checked.settings;
  const problems = problemsWithSettings(
    rosters,
    {
      stack: stack.name,
      inviteLink: isTold(stack, "inviteLink") ? inviteLink : undefined,
      hasTemplate: isTold(stack, "invitationTemplate") ? invitationTemplate !== undefined : undefined,
    },
    root,
  );
  return display === "masked" ? maskProblems(problems) : problems;
}

/** Of a stack whose settings are wrong nobody knows where its groups are. */
function comparable(stack: Stack, rosters: readonly Roster[] | undefined): StackRosters[] {
  const checked = checkClearSettings(stack);
  if (rosters === undefined || checked.kind === "invalid") return [];
  const { endpoint, businessNumber } = checked.settings;
  return [{ stack: stack.name, world: worldOf(endpoint), businessNumber, rosters }];
}

/** Annotations name files from the top of the repository, which may be above the project. */
function forGitHub(problems: readonly Problem[], root: string): Problem[] {
  const top = process.env.GITHUB_WORKSPACE;
  const prefix = top === undefined || top === "" ? "" : relative(resolve(top), root).split(sep).join("/");
  if (prefix === "" || prefix.startsWith("..")) return [...problems];
  return problems.map((problem) => ({ ...problem, file: `${prefix}/${problem.file}` }));
}
