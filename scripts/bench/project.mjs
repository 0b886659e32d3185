/** Projects that are measured, each in a folder of its own, with the real CLI and a file backend. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { killTree, start } from "../chaos/processes.mjs";
import { watchProcesses } from "./processes.mjs";
import { ACCOUNT, rosterText } from "./world.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const launcher = join(root, "node_modules/pulumi/run.js");
const STACK = ["--stack", "bench"];

/** A run that takes longer hangs. */
const LONGEST_MS = 1_200_000;

const PROJECT = `runtime: { name: nodejs, options: { typescript: false } }
main: index.cjs
stackConfigDir: stacks
`;

export class Project {
  /** @param {string} folder @param {string} name of the Pulumi project */
  constructor(folder, name) {
    this.folder = folder;
    this.name = name;
    mkdirSync(join(folder, "state"), { recursive: true });
    mkdirSync(join(folder, "stacks"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  }

  /** Rollcall, as users have it. */
  static rollcall(folder) {
    const project = new Project(folder, "rollcall");
    for (const name of ["Pulumi.yaml", "package.json", "dist"]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    return project;
  }

  /** A program to compare with, from this folder. */
  static other(folder, program) {
    const project = new Project(folder, program);
    project.write("Pulumi.yaml", `name: ${program}\n${PROJECT}`);
    for (const name of readdirSync(here).filter((file) => file.endsWith(".cjs"))) {
      cpSync(join(here, name), join(folder, name));
    }
    cpSync(join(here, `${program}.cjs`), join(folder, "index.cjs"));
    cpSync(join(here, "world.mjs"), join(folder, "world.mjs"));
    return project;
  }

  write(file, text) {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Writes the rosters of a stack. */
  declare(groups, folder = "stacks/bench") {
    for (const group of groups) this.write(`${folder}/${group.name}.yaml`, rosterText(group));
  }

  /** Writes the stack's settings; the salt of its passphrase has to stay. */
  configure(settings) {
    const file = "stacks/Pulumi.bench.yaml";
    const salt = /^encryptionsalt:.*$/m.exec(this.read(file))?.[0] ?? "";
    const all = this.name === "rollcall" ? { ...ACCOUNT, ...settings } : settings;
    const lines = Object.entries(all).map(([key, value]) => `  ${this.name}:${key}: ${JSON.stringify(value)}`);
    this.write(file, [salt, "config:", ...lines, ""].join("\n"));
  }

  read(file) {
    try {
      return readFileSync(join(this.folder, file), "utf8");
    } catch (error) {
      if (error.code === "ENOENT") return "";
      throw error;
    }
  }

  /** Bytes of the state file. */
  stateBytes() {
    return statSync(join(this.folder, `state/.pulumi/stacks/${this.name}/bench.json`)).size;
  }

  /** Runs the CLI to its end; it has to end well. */
  pulumi(args, env = {}) {
    return this.run([launcher, ...args, ...STACK, "--non-interactive"], { env });
  }

  /** Runs the helper command. @param {readonly number[]} [codes] exit codes that are as they should be */
  rollcall(args, codes = [0]) {
    return this.run([join(this.folder, "dist/cli/main.js"), ...args], { codes });
  }

  /** Commits all files. */
  commit(message) {
    const git = (...args) =>
      execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "gc.auto=0", ...args], {
        cwd: this.folder,
        stdio: ["ignore", "ignore", "inherit"],
      });
    if (!existsSync(join(this.folder, ".git"))) {
      this.write(".gitignore", "node_modules\nstate\ndist\nrosters\ngrown.json\n");
      git("init", "--quiet");
    }
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
  }

  /** @returns {Promise<{ seconds: number, processes: ReturnType<ReturnType<typeof watchProcesses>>, out: string, code: number }>} */
  async run(args, { codes = [0], env = {} }) {
    const { PATH, HOME, PULUMI_HOME } = process.env;
    const began = Date.now();
    const run = start(args, {
      cwd: this.folder,
      timeoutMs: LONGEST_MS,
      env: {
        PATH,
        HOME,
        ...(PULUMI_HOME === undefined ? {} : { PULUMI_HOME }),
        PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}?metadata=skip`,
        PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_SKIP_CHECKPOINTS: "true",
        NO_COLOR: "1",
        CI: "1",
        ALIBABA_CLOUD_ACCESS_KEY_ID: "rollcall-local",
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: "rollcall-local-secret",
        ...env,
      },
    });
    const stop = watchProcesses(run.pid);
    const { code, out, all, timedOut } = await run.ended;
    const processes = stop();
    const seconds = (Date.now() - began) / 1_000;
    if (timedOut || !codes.includes(code)) {
      killTree(run.pid);
      throw new Error(
        `${args.slice(1).join(" ")}: exit code ${code} after ${seconds.toFixed(0)} s\n${all.slice(-4_000)}`,
      );
    }
    return { seconds, processes, out, code };
  }
}
