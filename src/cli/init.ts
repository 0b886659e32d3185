import { Option, type Command } from "commander";
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse } from "yaml";
import { PROJECT_FILES } from "../ambient";
import { stacksOf } from "../run/stack-files";
import { HOSTS, newFiles, type Host } from "./init/files";
import { managerOf } from "./init/manager";
import { placeOf, SDK, type Place } from "./init/place";
import { writeNew, type Written } from "./init/write";
import { WITHOUT_PLUG_AND_PLAY } from "./plug-and-play";
import { tell } from "./project";

interface Flags {
  stack?: string;
  ci: Host;
}

const HELP = `
Writes Pulumi.yaml, package.json, .gitignore, editor settings, stacks/ with an example, and pipelines. What is already
there is never changed: a file that differs is kept and named. A second run writes nothing.

Exit codes: 0 done, 1 a file could not be written, 2 wrong arguments, or the folder is another Pulumi project's.

Examples:
  $ npx rollcall init                             in an empty repository, for the stack prod
  $ npx rollcall init rosters --stack live        in the folder rosters
  $ npx rollcall init --ci github                 with the pipelines of one host only`;

/** The package: its templates lie beside dist/. */
const PACKAGE = join(__dirname, "..", "..");
const NAME = "rollcall";

/** `rollcall init`: a repository of rosters that uses the package. */
export function initCommand(program: Command): void {
  program
    .command("init")
    .description("writes a rosters repository that uses the package; never changes what is there")
    .argument("[dir]", "the repository's folder", ".")
    .option("--stack <stack>", "the stack to write (default: the one that there is, else prod)")
    .addOption(new Option("--ci <host>", "whose pipelines").choices(HOSTS).default("all"))
    .addHelpText("after", HELP)
    .action((dir: string, flags: Flags, command: Command) =>
      run(resolve(dir), flags, (message) => command.error(`error: ${message}`)),
    );
}

function run(root: string, { stack: named, ci }: Flags, refuse: (message: string) => never): void {
  if (existsSync(root) && !statSync(root).isDirectory()) refuse(`${root} is no folder`);
  const other = projectIn(root);
  if (other !== undefined && other !== NAME)
    refuse(`${root} holds another Pulumi project, ${other}; choose a folder of its own`);
  const stack = named ?? stacksOf(root)[0]?.name ?? "prod";
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(stack))
    refuse(`${stack} can't be a stack's name; letters, digits, dots, dashes and underscores can, up to 100 of them`);
  const ofPackage = (path: string) => readFileSync(join(PACKAGE, path), "utf8");
  const own = JSON.parse(ofPackage("package.json")) as {
    version: string;
    peerDependencies: Record<typeof SDK, string>;
  };
  const [version, sdk] = [own.version, own.peerDependencies[SDK]];
  const place = placeOf(root);
  const wanted = { stack, host: ci, version, sdk, place: place.path, name: packageName(root) };
  const files = newFiles(wanted, ofPackage);
  const result = writeNew(root, files, stack);
  process.stdout.write(listText(result));
  const next = nextSteps(root, stack, place, result);
  if (next.length > 0) tell(`Next:\n${next.map((step) => `- ${step}`).join("\n")}`);
}

/** Name of the Pulumi project that is there. */
function projectIn(root: string): string | undefined {
  const file = PROJECT_FILES.map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const project = parse(readFileSync(file, "utf8")) as { name?: unknown } | null;
  return typeof project?.name === "string" ? project.name : "without a name";
}

/** The folder's name, as far as npm takes it. */
function packageName(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "");
  return name === "" ? "rosters" : name;
}

function listText({ written, kept, same }: Written): string {
  if (written.length + kept.length === 0) return `Nothing to write: all ${same.length} files are there.\n`;
  return [
    ...written.map((path) => `written  ${path}\n`),
    ...kept.map((path) => `kept     ${path} (it is there, and differs)\n`),
  ].join("");
}

function nextSteps(root: string, stack: string, place: Place, { written, kept }: Written): string[] {
  const { add, exec, lockFile } = managerOf(root);
  const steps = [];
  if (place.kind === "plug-and-play") steps.push(WITHOUT_PLUG_AND_PLAY);
  else if (place.kind === "missing" || kept.includes("package.json"))
    steps.push(
      `install the package here: ${add} cams-rollcall ${SDK}, with the tarball's path for cams-rollcall if you have one`,
    );
  else if (!place.sdk) steps.push(`install Pulumi's SDK here, where Pulumi looks for it: ${add} ${SDK}`);
  if (kept.includes(".gitignore")) {
    const has = new Set(readFileSync(join(root, ".gitignore"), "utf8").split(/\r?\n/));
    const lacks = ["node_modules/", "rollcall-out/", "plan.json"].filter((line) => !has.has(line));
    if (lacks.length > 0) steps.push(`add to .gitignore: ${lacks.join(" ")}`);
  }
  if (written.length > 0) {
    const rollcall = `${exec} rollcall`;
    steps.push(`put your account into stacks/Pulumi.${stack}.yaml and your groups into stacks/${stack}/`);
    steps.push(`${rollcall} validate`);
    steps.push(
      `${rollcall} pulumi login, ${rollcall} pulumi stack init ${stack}, then ${rollcall} pulumi preview --stack ${stack}`,
    );
    steps.push(`commit it all, ${lockFile} too; README.md tells the way, and how to try it without an account`);
  }
  return steps;
}
