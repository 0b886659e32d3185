/** Projects that are measured, each in a folder of its own, with the real CLI and a file backend. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { killTree } from "../local/processes.mjs";
import { Project } from "../local/project.mjs";
import { watchProcesses } from "./processes.mjs";
import { ACCOUNT, rosterText } from "./world.mjs";

/** @import { Group } from "./world.mjs" */

const here = fileURLToPath(new URL(".", import.meta.url));

/** A run that takes longer hangs. */
const LONGEST_MS = 1_200_000;

const PROJECT = `runtime: { name: nodejs, options: { typescript: false } }
main: index.cjs
stackConfigDir: stacks
`;

export class BenchProject extends Project {
  /** @param {string} folder @param {string} name of the Pulumi project */
  constructor(folder, name) {
    super(folder, "bench");
    this.name = name;
    this.layOut();
  }

  /** Rollcall, as users have it. @param {string} folder @param {string} [from] a project that has it */
  static rollcall(folder, from) {
    const project = new BenchProject(folder, "rollcall");
    project.install(from);
    return project;
  }

  /** A program to compare with, from this folder. @param {string} folder @param {"noop" | "serial"} program */
  static other(folder, program) {
    const project = new BenchProject(folder, program);
    project.write("Pulumi.yaml", `name: ${program}\n${PROJECT}`);
    for (const name of readdirSync(here).filter((file) => file.endsWith(".cjs"))) {
      cpSync(join(here, name), join(folder, name));
    }
    cpSync(join(here, `${program}.cjs`), join(folder, "index.cjs"));
    cpSync(join(here, "world.mjs"), join(folder, "world.mjs"));
    return project;
  }

  /** Writes the rosters of a stack. @param {readonly Group[]} groups @param {string} [folder] */
  declare(groups, folder = "stacks/bench") {
    for (const group of groups) this.write(`${folder}/${group.name}.yaml`, rosterText(group));
  }

  /** Writes the stack's settings. @param {Readonly<Record<string, unknown>>} settings */
  configure(settings) {
    const all = Object.entries(this.name === "rollcall" ? { ...ACCOUNT, ...settings } : settings);
    this.set(Object.fromEntries(all.map(([key, value]) => [`${this.name}:${key}`, value])));
  }

  /** Bytes of the state file. */
  stateBytes() {
    return statSync(join(this.folder, `state/.pulumi/stacks/${this.name}/bench.json`)).size;
  }

  /** Runs the CLI to its end; it has to end well. @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
  pulumi(args, env = {}) {
    return this.measured(args, [0], () => this.startPulumi(args, { timeoutMs: LONGEST_MS, env }));
  }

  /**
   * Runs the helper command.
   * @param {readonly string[]} args
   * @param {readonly number[]} [codes] exit codes that are as they should be
   */
  rollcall(args, codes = [0]) {
    const command = [join(this.folder, "dist/cli/main.js"), ...args];
    return this.measured(args, codes, () => this.start(command, { timeoutMs: LONGEST_MS }));
  }

  /** Commits all files. @param {string} message */
  commit(message) {
    /** @param {readonly string[]} args */
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

  /**
   * @param {readonly string[]} args @param {readonly number[]} codes
   * @param {() => import("../local/processes.mjs").Run} begin
   */
  async measured(args, codes, begin) {
    const began = Date.now();
    const run = begin();
    const stop = watchProcesses(run.pid);
    const { code, out, all, timedOut } = await run.ended;
    const peakBytes = stop();
    const seconds = (Date.now() - began) / 1_000;
    if (timedOut || !codes.includes(code)) {
      killTree(run.pid);
      throw new Error(`${args.join(" ")}: exit code ${code} after ${seconds.toFixed(0)} s\n${all.slice(-4_000)}`);
    }
    return { seconds, peakBytes, out };
  }
}
