import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { constants, homedir, tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { stringify } from "yaml";
import { startEmulator, type CallEntry, type Emulator, type Seed } from "../../../src/emulator";
import { control, participantsOf } from "../../control";
import { bareEnvironment, CREDENTIALS, run, type Run } from "../../runs";

const root = resolve(__dirname, "../../..");

export const ACCOUNT = { businessNumber: "8613800000000", custSpaceId: "cams-8c8e" };

/** A project of its own, as users have it: the real CLI, a file backend, and the local CAMS over HTTP. */
export class World {
  readonly dir = mkdtempSync(join(tmpdir(), "rollcall-engine-"));
  private readonly env: NodeJS.ProcessEnv;

  private constructor(
    readonly cams: Emulator,
    private settings: Record<string, unknown>,
  ) {
    for (const name of ["Pulumi.yaml", "package.json", "dist"])
      cpSync(join(root, name), join(this.dir, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.dir, "node_modules"));
    mkdirSync(join(this.dir, "state"));
    const bare = bareEnvironment();
    this.env = {
      ...bare,
      // As the launcher does: the language host lies beside the CLI.
      PATH: [this.cliFolder, bare.PATH].join(delimiter),
      ...CREDENTIALS,
      PULUMI_BACKEND_URL: `file://${join(this.dir, "state")}`,
    };
  }

  /**
   * @param groups GroupId → who is in it
   * @param more of the business number's seed, such as its templates
   */
  static async start(
    groups: Readonly<Record<string, readonly string[]>>,
    settings: Record<string, unknown> = {},
    more: Partial<Seed["businessNumbers"][string]> = {},
  ): Promise<World> {
    const seed: Seed = {
      businessNumbers: {
        [ACCOUNT.businessNumber]: {
          custSpaceId: ACCOUNT.custSpaceId,
          ...more,
          groups: Object.entries(groups).map(([groupId, participants]) => ({
            groupId,
            subject: groupId,
            participants: [...participants],
          })),
        },
      },
    };
    const world = new World(await startEmulator({ seed }), {
      ...ACCOUNT,
      callsPerSecond: 200,
      confirmTimeoutMs: 2_000,
      ...settings,
    });
    world.configure({ endpoint: world.cams.url });
    await world.makeStack();
    return world;
  }

  /** The files of a new stack, which are the same for all. */
  private static newStack: ReadonlyMap<string, string> | undefined;

  /** `pulumi stack init`, once for all worlds of a suite. */
  private async makeStack(): Promise<void> {
    const settings = "stacks/Pulumi.test.yaml";
    if (World.newStack !== undefined) {
      const own = this.read(settings);
      for (const [file, text] of World.newStack) this.write(file, file === settings ? text + own : text);
      return;
    }
    await this.pulumi(["stack", "init", "test"]);
    const salt = /^encryptionsalt:.*\n/m.exec(this.read(settings))?.[0];
    if (salt === undefined) throw new Error("pulumi stack init wrote no salt");
    const files = readdirSync(join(this.dir, "state"), { recursive: true, encoding: "utf8" })
      .map((file) => join("state", file))
      .filter((file) => statSync(join(this.dir, file)).isFile());
    World.newStack = new Map([...files.map((file) => [file, this.read(file)] as const), [settings, salt]]);
  }

  /** Where the CLI is kept, for runs whose HOME is another one. */
  get pulumiHome(): string {
    return process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  }

  /** The CLI itself, as set-up provides it: in the version of the npm package `pulumi` that is installed. */
  get cli(): string {
    return join(this.cliFolder, "pulumi");
  }

  private get cliFolder(): string {
    const { version } = JSON.parse(readFileSync(join(root, "node_modules/pulumi/package.json"), "utf8")) as {
      version: string;
    };
    return join(this.pulumiHome, "versions", version, "bin");
  }

  /** The port of a web server that is not CAMS. */
  async somethingElse(): Promise<number> {
    const server = createServer((_request, response) => response.end("<html>It works!</html>"));
    this.servers.push(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return (server.address() as AddressInfo).port;
  }
  private readonly servers: Server[] = [];

  /** @throws Error when anybody asked CAMS to delete a group: Rollcall never does, whatever a test plays */
  async stop(): Promise<void> {
    const deleted = await this.calls("DeleteChatGroup");
    for (const server of this.servers) server.close();
    await this.cams.close();
    rmSync(this.dir, { recursive: true, force: true });
    if (deleted.length > 0) throw new Error(`${deleted.length} calls of DeleteChatGroup`);
  }

  /** Changes settings of the stack; `undefined` takes one out. */
  configure(settings: Record<string, unknown>): void {
    this.settings = { ...this.settings, ...settings };
    const config = Object.entries(this.settings).filter(([, value]) => value !== undefined);
    const text = stringify({ config: Object.fromEntries(config.map(([key, value]) => [`rollcall:${key}`, value])) });
    // The salt of the stack's passphrase, as `pulumi stack init` writes it, has to stay.
    const file = "stacks/Pulumi.test.yaml";
    const salt = existsSync(join(this.dir, file)) ? /^encryptionsalt:.*\n/m.exec(this.read(file))?.[0] : undefined;
    this.write(file, (salt ?? "") + text);
  }

  write(file: string, text: string): void {
    const path = join(this.dir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Writes a roster: number → name, and whatever else it says. */
  roster(
    name: string,
    group: string,
    members: Readonly<Record<string, string>>,
    rest: Record<string, unknown> = {},
  ): void {
    const list = Object.entries(members).map(([number, called]) => ({ number: `+${number}`, name: called }));
    this.write(
      `stacks/test/${name}.yaml`,
      stringify({ group, ...rest, members: list }, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }),
    );
  }

  read(file: string): string {
    return readFileSync(join(this.dir, file), "utf8");
  }

  delete(file: string): void {
    rmSync(join(this.dir, file));
  }

  /** Runs the real CLI itself: its launcher takes half a second more. */
  pulumi(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.run(this.cli, [...args, "--non-interactive"], env);
  }

  /** Starts the helper command or another program in the project's folder; it is the leader of a process group. */
  start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
    const options = { cwd: this.dir, env: { ...this.env, ...env }, detached: true };
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (out += text.toString()));
    const ended = new Promise<Run>((done) => {
      child.once("close", (code, signal) => {
        appendFileSync(join(this.dir, "transcript"), `$ ${command} ${args.join(" ")}\n${out}\n`);
        done({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), stdout: "", out });
      });
    });
    return { pid: child.pid ?? 0, ended };
  }

  /** Starts the real CLI; `kill` ends it and all that it has started at once, as a machine that goes down would. */
  begin(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): { readonly kill: () => void; readonly ended: Promise<void> } {
    const options = { cwd: this.dir, env: { ...this.env, ...env }, stdio: "ignore" as const };
    const child = spawn(this.cli, [...args, "--non-interactive"], options);
    const { pid } = child;
    return {
      kill: () => {
        for (const one of pid === undefined ? [] : familyOf(pid)) killOne(one);
      },
      ended: new Promise((done) => child.once("close", () => done())),
    };
  }

  preview(...args: string[]): Promise<Run> {
    return this.pulumi(["preview", "--stack", "test", ...args]);
  }

  up(...args: string[]): Promise<Run> {
    return this.pulumi(["up", "--stack", "test", "--yes", "--skip-preview", ...args]);
  }

  /** Runs the helper command. */
  rollcall(...args: string[]): Promise<Run> {
    return this.run(process.execPath, [join(this.dir, "dist/cli/main.js"), ...args], {});
  }

  private async run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
    const ended = await run(command, args, { cwd: this.dir, env: { ...this.env, ...env } });
    appendFileSync(join(this.dir, "transcript"), `$ ${args.join(" ")}\n${ended.out}\n`);
    return ended;
  }

  async state(): Promise<{ resources: readonly StateResource[]; text: string }> {
    const { stdout } = await this.pulumi(["stack", "export", "--stack", "test"]);
    const parsed = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
    const resources = (parsed.deployment.resources ?? []).filter(({ type }) => type.includes("ChatGroupParticipants"));
    return { resources, text: stdout };
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.pulumi(["stack", "output", "--stack", "test", "--json"]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** Who is in a group now. */
  participants(group: string): Promise<readonly string[]> {
    return participantsOf(this.cams, group);
  }

  async calls(action?: string): Promise<readonly CallEntry[]> {
    const calls = (await control(this.cams, "GET", "calls")) as CallEntry[];
    return action === undefined ? calls : calls.filter((call) => call.action === action);
  }

  /** Numbers that any call has asked to remove. */
  async askedFor(): Promise<readonly string[]> {
    return (await this.calls("DeleteChatGroupParticipants")).flatMap(({ numbers }) => numbers).sort();
  }

  forgetCalls(): Promise<unknown> {
    return control(this.cams, "DELETE", "calls");
  }

  join(group: string, number: string): Promise<unknown> {
    return control(this.cams, "POST", `groups/${group}/join`, { number });
  }

  leave(group: string, number: string): Promise<unknown> {
    return control(this.cams, "POST", `groups/${group}/leave`, { number });
  }

  /** Somebody changes their number in WhatsApp: the membership moves. */
  changeNumber(group: string, from: string, to: string): Promise<unknown> {
    return control(this.cams, "POST", `groups/${group}/change-number`, { from, to });
  }

  noFaults(): Promise<unknown> {
    return control(this.cams, "DELETE", "faults");
  }

  fault(fault: Record<string, unknown>): Promise<unknown> {
    return control(this.cams, "POST", "faults", fault);
  }
}

/** A program that runs. */
export interface Started {
  readonly pid: number;
  readonly ended: Promise<Run>;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/** A process, and all that descend from it: Pulumi's plugins are in process groups of their own. */
export function familyOf(pid: number): readonly number[] {
  const all = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8", maxBuffer: 2 ** 26 });
  const parents = [...all.matchAll(/(\d+) +(\d+)/g)].map(
    ([, child, parent]) => [Number(child), Number(parent)] as const,
  );
  const family = [pid];
  for (const one of family) family.push(...parents.filter(([, parent]) => parent === one).map(([child]) => child));
  return family;
}

/** Whoever is gone already, with its parent, is no error. */
export function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A module that breaks `pulumi stack export`, and nothing else, in every Node.js process that is started with it. */
export const NO_EXPORT = `
const child = require("node:child_process");
const { execFile } = child;
child.execFile = (file, args, ...rest) =>
  args[0] === "stack" && args[1] === "export" ? execFile(process.execPath, ["-e", "process.exit(1)"], ...rest) : execFile(file, args, ...rest);
`;
