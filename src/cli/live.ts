/** What the live commands share: which stack, its settings, one look, and what a failure ends with. */
import { Option, type Command } from "commander";
import { clock, defaultCredential, now, projectRoot, sharedSecret, today } from "../ambient";
import { CamsError } from "../cams";
import { exportLastRun } from "../run/export";
import { InputError } from "../run/input-error";
import { prepareRun, type PreparedRun, type PrepareOptions } from "../run/prepare";
import { runPulumi } from "../run/pulumi";
import { projectName, stacksOf } from "../run/stack-files";
import { chooseStacks, SettingsError, STACKS, type Stack } from "../run/stacks";
import { EXIT } from "./exit";
import type { ReportFormat } from "./print";
import { showProgress } from "./progress";
import { tell } from "./project";
import { readSettings } from "./settings";

/** Refuses the arguments: a usage error. */
export type Refuse = (message: string) => never;

/** CAMS did not tell what the answer needs. The message is for people. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** The stack that a live command is about. */
export interface Chosen {
  readonly root: string;
  readonly stack: Stack;
  /** As the Pulumi CLI knows it, with its organisation where that was given. */
  readonly pulumiStack: string;
}

export const stackOption = (): Option =>
  new Option("--stack <stack>", `the stack (default: the selected one, else the only one in ${STACKS}/)`);

/** @param more forms that only this command has */
export const formatOption = (standard: ReportFormat = "text", more: readonly string[] = []): Option =>
  new Option("--format <format>", "form of the output")
    .choices(["text", "json", "markdown", ...more])
    .default(standard);

/** Longest wait for the CLI to say which stack is selected. */
const SELECTED_MS = 5_000;

/** The stack named, else the one that is selected, else the only one. */
export async function chooseStack(named: string | undefined, refuse: Refuse): Promise<Chosen> {
  const root = projectRoot(process.cwd());
  const chosen = chooseStacks(stacksOf(root), named);
  if (chosen.kind === "none") return refuse(chosen.message);
  const { stacks } = chosen;
  const [first, ...others] = stacks;
  const selected = others.length > 0 ? await selectedStack(root) : undefined;
  const stack = others.length > 0 ? stacks.find(({ name }) => name === selected) : first;
  if (stack !== undefined) return { root, stack, pulumiStack: named ?? stack.name };
  const known = stacks.map(({ name }) => name).join(", ");
  return refuse(`no stack is selected, and there are several in ${STACKS}/: ${known}; name one with --stack`);
}

async function selectedStack(root: string): Promise<string | undefined> {
  try {
    const name = await runPulumi(["stack", "--show-name"], root, { timeoutMs: SELECTED_MS });
    return name.trim().split("/").at(-1);
  } catch {
    return undefined;
  }
}

/**
 * Prepares a run of a stack with the same function as `pulumi up`.
 * @param some which groups, where not all
 */
export async function lookAt(
  { root, stack, pulumiStack }: Chosen,
  some: Pick<PrepareOptions, "changedSince" | "choose"> = {},
): Promise<PreparedRun> {
  const own = { project: projectName(root), stack: stack.name };
  return prepareRun({
    root,
    ...own,
    raw: await readSettings(root, stack, pulumiStack),
    today: today(),
    now: Date.parse(now()),
    clock,
    credential: defaultCredential,
    sharedSecret: () => sharedSecret(root),
    lastRun: () => exportLastRun(pulumiStack, own, root),
    warn: (message) => tell(`warning: ${message}`),
    ...some,
    onProgress: showProgress(),
  });
}

/** Runs a live command; an error that ends it is printed on stderr, and the exit code says what kind it is. */
export async function live(command: Command, run: (refuse: Refuse) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run((message) => command.error(`error: ${message}`));
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    tell((error as Error).message);
    process.exitCode = code;
  }
}

function codeOf(error: unknown): number | undefined {
  if (error instanceof InputError) return error.kind === "rosters" ? EXIT.invalid : EXIT.usage;
  if (error instanceof SettingsError) return EXIT.usage;
  return error instanceof CamsError || error instanceof Unanswered ? EXIT.failure : undefined;
}
