import { Option, type Command } from "commander";
import { PROJECT_FILES, projectRoot, today } from "../ambient";
import { maskNumber } from "../text/mask";
import {
  type ChangeFormat,
  type ChangeReport,
  compareRosters,
  countRemovals,
  describeProblems,
  examine,
  maskProblems,
  type Problem,
  renderChanges,
  type StackRules,
} from "../roster";
import { checkClearSettings } from "../run/clear-settings";
import { Git, GitError, type GitFile } from "../run/git";
import { neededOf, Revision } from "../run/revision";
import { chooseStacks, findStacks, SettingsError, STACKS, type Stack } from "../run/stacks";
import type { Settings } from "../settings";
import { EXIT } from "./exit";

interface Flags {
  base: string;
  head: string;
  stack?: string;
  format: ChangeFormat;
}

const HELP = `
From git alone: no network, no credentials, so it is safe for pull requests of forks. It compares with the commit where the
two parted, and can't tell who is in a group: \`rollcall plan\` does. A shallow clone may lack that commit; fetch with the
whole history (actions/checkout: fetch-depth: 0).

Exit codes: 0 nobody is removed, 2 wrong arguments or settings, or git can't tell, 3 invalid rosters, 4 removals.

Examples:
  $ npx rollcall diff --base origin/main
  $ npx rollcall diff --base HEAD~1 --stack prod --format markdown > comment.md`;

/** `rollcall diff`: who joins or leaves which group between two revisions, from git's objects. */
export function diffCommand(program: Command): void {
  program
    .command("diff")
    .description("who joins or leaves which group between two git revisions; no network, no credentials")
    .requiredOption("--base <ref>", "the revision to compare with, from where the two parted")
    .option("--head <ref>", "the revision that is compared", "HEAD")
    .option("--stack <stack>", "only this stack (default: all in stacks/)")
    .addOption(
      new Option("--format <format>", "form of the output").choices(["text", "json", "markdown"]).default("text"),
    )
    .addHelpText("after", HELP)
    .action((flags: Flags, command: Command) => run(flags, (message) => command.error(`error: ${message}`)));
}

async function run(flags: Flags, refuse: (message: string) => never): Promise<void> {
  const root = projectRoot(process.cwd());
  const git = new Git(root);
  const commits = await resolveCommits(git, flags).catch((error: unknown) => {
    if (error instanceof GitError) return refuse(error.message);
    throw error;
  });
  const prefix = await git.prefix();
  const revision = (commit: string) => new Revision(git, commit, prefix);
  const [before, after] = [revision(commits.base), revision(commits.head)];
  const chosen = chooseStacks(await stacksAt(after), flags.stack);
  if (chosen.kind === "none") return refuse(`${chosen.message} (at ${flags.head})`);

  const earlier = new Map((await stacksAt(before)).map((stack) => [stack.name, stack]));
  const report: { base: string; head: string; stacks: ChangeReport["stacks"][number][] } = { ...commits, stacks: [] };
  const problems: Problem[] = [];
  for (const stack of chosen.stacks) {
    const { settings, rules } = rulesOf(stack);
    const compared = await compare(before, after, { old: earlier.get(stack.name), stack, rules });
    const masked = settings.display === "masked";
    problems.push(...(masked ? maskProblems(compared.problems) : compared.problems));
    const show = masked ? maskNumber : (number: string) => number;
    report.stacks.push({ stack: stack.name, changes: compared.changes, show });
  }
  if (problems.length > 0) process.stderr.write(`${describeProblems(problems)}\n`);
  if (problems.some(({ severity }) => severity === "error")) {
    process.exitCode = EXIT.invalid;
    return;
  }
  process.stdout.write(renderChanges(report, flags.format));
  if (countRemovals(report) > 0) process.exitCode = EXIT.removals;
}

/** The base is where the two lines parted: what went on there since is not this change's doing. */
async function resolveCommits(git: Git, { base, head }: Flags): Promise<{ base: string; head: string }> {
  const [from, to] = [await git.commit(base), await git.commit(head)];
  const [parted, ...others] = await git.mergeBases(from, to);
  if (parted === undefined) {
    process.stderr.write(`No common ancestor of ${base} and ${head} in this clone: they are compared as they are.\n`);
  }
  if (others.length > 0) {
    const all = [parted, ...others].map((commit) => commit?.slice(0, 12)).join(", ");
    process.stderr.write(
      `${base} and ${head} parted at ${others.length + 1} commits (${all}), as after crosswise merges. The first is compared; ` +
        "merge once more to have one, or name another with --base.\n",
    );
  }
  return { base: parted ?? from, head: to };
}

function rulesOf(stack: Stack): { settings: Settings; rules: StackRules } {
  const checked = checkClearSettings(stack);
  if (checked.kind === "invalid") throw new SettingsError(checked.message);
  const { settings } = checked;
  return { settings, rules: { undeclared: settings.undeclared, protect: settings.protect } };
}

interface Pair {
  readonly old: Stack | undefined;
  readonly stack: Stack;
  readonly rules: StackRules;
}

/**
 * The later revision is examined whole, because its problems are reported; of the earlier one only what differs, unless people
 * or sets differ, which may change every group.
 */
async function compare(before: Revision, after: Revision, { old, stack, rules }: Pair) {
  const now = await after.folder(stack.folder);
  const then = old === undefined ? new Map<string, GitFile>() : await before.folder(old.folder);
  const { problems, rosters } = examine(await after.tree(now), { folder: stack.folder, today: today() });
  const differs = (path: string): boolean => now.get(path)?.id !== then.get(path)?.id;
  const { files } = neededOf(then, differs, ["people.yaml", "sets.yaml"]);
  const base = examine(await before.tree(files), { folder: stack.folder, today: today() });
  const unread = (name: string) => then.has(`${name}.yaml`) && !files.has(`${name}.yaml`);
  const readable = new Set(base.rosters.rosters.map(({ name }) => name));
  const read = [...files.keys()].map((path) => path.replace(/\.yaml$/, ""));
  const changes = compareRosters(
    {
      before: [...base.rosters.rosters, ...rosters.rosters.filter(({ name }) => unread(name))],
      after: rosters.rosters,
      unreadable: new Set(read.filter((name) => !readable.has(name))),
      formerly: rosters.formerly,
    },
    rules,
  );
  return { problems, changes };
}

async function stacksAt(revision: Revision): Promise<Stack[]> {
  const files = await revision.folder(STACKS);
  const names = new Map([...files.keys()].map((path) => [path.split("/")[0] ?? "", path.includes("/")]));
  const settings = [...files].filter(([path]) => /^Pulumi\.[^/]+\.yaml$/.test(path));
  const texts = new Map(
    await Promise.all(settings.map(async ([path, file]) => [path, await revision.text(file)] as const)),
  );
  return findStacks(
    [...names].map(([name, isFolder]) => ({ name, isFolder })),
    (name) => texts.get(name) ?? "",
    await revision.first(PROJECT_FILES),
  );
}
