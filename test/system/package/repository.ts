import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { startEmulator, type CallEntry, type Emulator, type Seed } from "../../../src/emulator";
import { control, participantsOf } from "../../control";
import { bareEnvironment, CREDENTIALS, GIT_IDENTITY, passed, run, type Run } from "../../runs";

export const ROOT = resolve(__dirname, "../../..");

/** Of the example that `rollcall init` writes. */
export const GROUP = "EA93UU0042";
export const ANA = "6281234567801";
export const BUDI = "6281234567802";
export const STRANGER = "6591112233";

/** Puts the built package where npm would: a copy, with the dependencies of this repository. */
export function linkPackage(dir: string): void {
  const place = join(dir, "node_modules/cams-rollcall");
  mkdirSync(join(dir, "node_modules/.bin"), { recursive: true });
  copyPackage(place);
  symlinkSync(join(ROOT, "node_modules"), join(place, "node_modules"));
  symlinkSync(join(ROOT, "node_modules/@pulumi"), join(dir, "node_modules/@pulumi"));
  symlinkSync(join(place, "dist/cli/main.js"), join(dir, "node_modules/.bin/rollcall"));
  symlinkSync(join(ROOT, "node_modules/pulumi/run.js"), join(dir, "node_modules/.bin/pulumi"));
}

/** Copies the files that are in the package, as npm itself names them. */
export function copyPackage(to: string): void {
  const args = ["pack", "--dry-run", "--ignore-scripts", "--json"];
  const [packed] = JSON.parse(execFileSync("npm", args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" })) as {
    files: { path: string }[];
  }[];
  for (const { path } of packed?.files ?? []) cpSync(join(ROOT, path), join(to, path));
}

/** A repository of its own, the local CAMS that `rollcall init` seeds, and a file backend. */
export class Repository {
  readonly dir: string;
  /** Beside the repository, as it is no part of it. */
  readonly state = realpathSync(mkdtempSync(join(tmpdir(), "rollcall-state-")));

  private constructor(
    readonly cams: Emulator,
    private readonly given: string | undefined,
  ) {
    this.dir = realpathSync(given ?? mkdtempSync(join(tmpdir(), "rollcall-repository-")));
  }

  /** @param dir a folder that is there, and stays; default: a new one */
  static async start(dir?: string): Promise<Repository> {
    const seed = parse(readFileSync(join(ROOT, "templates/local-cams.yaml"), "utf8")) as Seed;
    return new Repository(await startEmulator({ seed }), dir);
  }

  /** Another one that begins where this one is now, with a local CAMS of its own, as it was seeded. */
  async copy(): Promise<Repository> {
    const copy = await Repository.start();
    const verbatim = { recursive: true, verbatimSymlinks: true };
    cpSync(this.dir, copy.dir, verbatim);
    cpSync(this.state, copy.state, verbatim);
    const file = "stacks/Pulumi.prod.yaml";
    copy.write(file, copy.read(file).replace(this.cams.url, copy.cams.url));
    return copy;
  }

  async stop(): Promise<void> {
    await this.cams.close();
    for (const folder of [this.given === undefined ? [this.dir] : [], this.state].flat())
      rmSync(folder, { recursive: true, force: true });
  }

  /** What a person's shell or a runner has, without any credentials. */
  get bare(): NodeJS.ProcessEnv {
    const above = [this.dir, dirname(this.dir), dirname(dirname(this.dir))];
    const bins = above.map((dir) => join(dir, "node_modules/.bin"));
    return {
      ...bareEnvironment(),
      PATH: [...bins, process.env.PATH].join(delimiter),
      npm_config_update_notifier: "false",
      ...GIT_IDENTITY,
    };
  }

  get credentials(): NodeJS.ProcessEnv {
    return { ...CREDENTIALS, PULUMI_BACKEND_URL: `file://${this.state}?metadata=skip` };
  }

  run(command: string, args: readonly string[], env = this.credentials, cwd = this.dir): Promise<Run> {
    return run(command, args, { cwd, env: { ...this.bare, ...env } });
  }

  npx(...args: string[]): Promise<Run> {
    return this.run("npx", ["--no", "--", ...args]);
  }

  pulumi(...args: string[]): Promise<Run> {
    return this.run("pulumi", [...args, "--non-interactive"]);
  }

  rollcall(...args: string[]): Promise<Run> {
    return this.run("rollcall", args);
  }

  async git(...args: string[]): Promise<string> {
    return passed(await this.run("git", args, {})).stdout.trim();
  }

  /** Commits all that is there. @returns the commit */
  async commit(message: string): Promise<string> {
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), "utf8");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), text);
  }

  /** Declares these people of people.yaml in the example's group. */
  declare(...people: readonly string[]): void {
    const members = people.map((person) => `  - person: ${person}\n`).join("");
    this.write("stacks/prod/jakarta/ops.yaml", `group: ${GROUP}\nmembers:\n${members}`);
  }

  /** Points the stack at the local CAMS, as fast as it goes, and creates it. */
  async initStack(stack = "prod"): Promise<void> {
    const file = `stacks/Pulumi.${stack}.yaml`;
    const settings = { endpoint: this.cams.url, callsPerSecond: 200, confirmTimeoutMs: 2_000 };
    const lines = Object.entries(settings).map(([key, value]) => `  rollcall:${key}: ${value}\n`);
    this.write(file, this.read(file).replace(/^config:\n/m, `config:\n${lines.join("")}`));
    passed(await this.rollcall("pulumi", "stack", "init", stack, "--non-interactive"));
  }

  participants(group = GROUP): Promise<readonly string[]> {
    return participantsOf(this.cams, group);
  }

  /** Numbers that any call has asked to remove. */
  async askedFor(): Promise<readonly string[]> {
    const calls = (await control(this.cams, "GET", "calls")) as CallEntry[];
    return calls.filter(({ action }) => action === "DeleteChatGroupParticipants").flatMap(({ numbers }) => numbers);
  }

  join(number: string): Promise<unknown> {
    return control(this.cams, "POST", `groups/${GROUP}/join`, { number });
  }

  leave(number: string): Promise<unknown> {
    return control(this.cams, "POST", `groups/${GROUP}/leave`, { number });
  }
}
