import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startEmulator, type Emulator, type Seed } from "../../../src/emulator";
import { CREDENTIALS, GIT_IDENTITY } from "../../runs";
import { root } from "./markdown";

/** What documents name and a test must not touch: a port that may be taken, and the state in the user's home. */
const PORT_IN_DOCUMENTS = "8787";
const STATE_IN_DOCUMENTS = "file://~";
/** What a run may change, and a scene sets back. */
const CHANGED = ["stacks", "home", "plan.json", "audit", ".git", "groups"];

/** What one block said. */
export interface Said {
  readonly code: number;
  /** stdout and stderr in their order. */
  readonly out: string;
}

/** Three live groups. */
export const SEED: Seed = {
  businessNumbers: {
    "8613800000000": {
      custSpaceId: "cams-8c8e",
      groups: [
        {
          groupId: "EA93UU0042",
          subject: "Jakarta operations",
          participants: ["6281234567801", "6281234567802", "6281234567803", "6281234567804"],
        },
        {
          groupId: "EA93UU0043",
          subject: "Jakarta sales",
          participants: ["6281234567801", "6281234567802", "6281234567805"],
        },
        { groupId: "EA93UU0044", subject: "Singapore leads", participants: ["6281234567801"] },
      ],
    },
  },
};

/** What a reader of the documents has before them: a clone, the real tools, a local CAMS, and a shell in the clone. */
export class Playground {
  readonly dir = mkdtempSync(join(tmpdir(), "rollcall-docs-"));
  private readonly environment = join(this.dir, "environment.sh");
  private readonly clone = join(this.dir, "clone");
  private readonly servers: ChildProcess[] = [];
  /** Whether npx itself is run, which takes most of a second, or what it finds here. */
  wholeNpx = true;
  /** Where blocks are run and files are written, below the clone. */
  folder = ".";
  private cams: Emulator | undefined;

  private constructor(private readonly port: number) {
    const copied = [
      "Pulumi.yaml",
      "package.json",
      "dist",
      "page",
      "schema",
      "scripts/demo",
      "stacks",
      "templates",
      "pipelines",
    ];
    for (const name of copied) cpSync(join(root, name), join(this.clone, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.clone, "node_modules"));
    this.leaveOutPrepare();
    // Pulumi's own folder in a home of the test's, with the CLI that set-up provided.
    mkdirSync(join(this.clone, "home/.pulumi"), { recursive: true });
    const versions = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "versions");
    symlinkSync(versions, join(this.clone, "home/.pulumi/versions"));
  }

  /** npx runs the script `prepare` of a package of one's own, which builds; here all is built, and there are no sources. */
  private leaveOutPrepare(): void {
    const file = join(this.clone, "package.json");
    const { scripts, ...rest } = JSON.parse(readFileSync(file, "utf8")) as { scripts: Record<string, string> };
    const { prepare: _, ...others } = scripts;
    writeFileSync(file, JSON.stringify({ ...rest, scripts: others }));
  }

  static async open(): Promise<Playground> {
    return new Playground(await freePort());
  }

  /** Keeps the clone as it is now, under a name. */
  keep(name: string): void {
    for (const path of CHANGED) this.copy(join(this.clone, path), join(this.dir, name, path));
  }

  /** Sets the clone back to what was kept, with groups as at the beginning and a new shell. */
  async restore(name: string, seed: Seed = SEED): Promise<void> {
    for (const path of CHANGED) this.copy(join(this.dir, name, path), join(this.clone, path));
    rmSync(this.environment, { force: true });
    this.folder = ".";
    await this.stopServers();
    this.cams = await startEmulator({ seed, port: this.port });
  }

  private copy(from: string, to: string): void {
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }

  async close(): Promise<void> {
    await this.stopServers();
    this.endWhatIsLeft();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** A run that was killed leaves Pulumi's plugins behind, which are in process groups of their own. */
  private endWhatIsLeft(): void {
    const all = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8", maxBuffer: 2 ** 26 });
    for (const [, pid, command = ""] of all.matchAll(/^ *(\d+) (.*)$/gm)) {
      if (command.includes(this.dir)) process.kill(Number(pid), "SIGKILL");
    }
  }

  private async stopServers(): Promise<void> {
    await this.cams?.close();
    this.cams = undefined;
    for (const server of this.servers.splice(0)) {
      // A group of processes of its own: npx, the shell below it, and the server, which holds stdout to its end.
      const ended = new Promise((done) => server.once("close", done));
      if (server.exitCode === null && server.pid !== undefined) {
        process.kill(-server.pid, "SIGTERM");
        await ended;
      }
    }
  }

  write(file: string, text: string): void {
    const path = join(this.clone, this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  read(file: string): string {
    return readFileSync(join(this.clone, file), "utf8");
  }

  delete(file: string): void {
    rmSync(join(this.clone, file), { recursive: true });
  }

  /** A folder of the clone in which the package is installed, as npm leaves it. Blocks are run there from now on. */
  install(folder: string): void {
    const modules = join(this.clone, folder, "node_modules");
    mkdirSync(join(modules, ".bin"), { recursive: true });
    symlinkSync(this.clone, join(modules, "cams-rollcall"));
    symlinkSync(join(this.clone, "dist/cli/main.js"), join(modules, ".bin/rollcall"));
    this.write(`${folder}/package.json`, '{ "devDependencies": { "cams-rollcall": "file:cams-rollcall-0.1.0.tgz" } }');
    this.folder = folder;
  }

  /** Changes a file, which has to change by it. */
  edit(file: string, change: (text: string) => string): void {
    const [before, after] = [this.read(file), change(this.read(file))];
    if (after === before) throw new Error(`${file} should have changed`);
    this.write(file, after);
  }

  /** Asks the local CAMS for something that only it can do. */
  async control(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/_emulator/${path}`, {
      method: "POST",
      // The local CAMS of the scene before had the same port.
      headers: { connection: "close" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  /** Runs a block as a reader would: in the clone, in one shell; what it exports is there for the next. */
  run(script: string): Promise<Said> {
    const child = this.shell(script);
    let out = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (out += text));
    return new Promise((done, failed) => {
      child.once("error", failed);
      child.once("close", (code) => done({ code: code ?? 1, out }));
    });
  }

  /** Starts a block that is a server, instead of the local CAMS that was there, and waits for its first line. */
  async serve(script: string): Promise<void> {
    await this.stopServers();
    const child = this.shell(script);
    this.servers.push(child);
    let said = "";
    await new Promise<void>((listening, failed) => {
      child.stdout?.on("data", (text) => {
        said += String(text);
        if (said.includes("\n")) listening();
      });
      child.stderr?.on("data", (text) => (said += String(text)));
      child.once("exit", (code) => failed(new Error(`it ended with ${code}: ${said}`)));
    });
  }

  private shell(script: string): ChildProcess {
    const env = JSON.stringify(this.environment);
    const npx = this.wholeNpx ? "" : SHORT_NPX;
    const text = `${npx}[ ! -f ${env} ] || . ${env}\ntrap 'export -p > ${env}' EXIT\nset -euo pipefail\n${this.here(script)}`;
    const home = join(this.clone, "home");
    return spawn("bash", ["-c", text], {
      cwd: join(this.clone, this.folder),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: home,
        PULUMI_HOME: join(home, ".pulumi"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // The answer "yes", which a reader gives by hand.
        PULUMI_SKIP_CONFIRMATIONS: "true",
        ...CREDENTIALS,
        npm_config_update_notifier: "false",
        NO_COLOR: "1",
        ...GIT_IDENTITY,
      },
    });
  }

  /** A text of the documents as it has to be here. */
  here(text: string): string {
    return text
      .replaceAll(PORT_IN_DOCUMENTS, String(this.port))
      .replaceAll(STATE_IN_DOCUMENTS, `file://${join(this.clone, "home")}`);
  }
}

const SHORT_NPX = `npx() {
  case $1 in
    pulumi) shift; node node_modules/pulumi/run.js "$@" ;;
    rollcall) shift; node dist/cli/main.js "$@" ;;
    *) command npx "$@" ;;
  esac
}
`;

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) done(address.port);
        else failed(new Error("no port"));
      });
    });
  });
}
