/** A project in a folder of its own, as users have it: settings, a file backend, the real CLI. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeOf } from "../lib/failure.mjs";
import { start } from "./processes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const launcher = join(root, "node_modules/pulumi/run.js");

/**
 * How a program is started. One that takes longer than `timeoutMs` hangs, and is killed.
 * @typedef {{ timeoutMs: number, env?: NodeJS.ProcessEnv, under?: readonly string[] }} StartOptions
 */

export class Project {
  /** @param {string} folder @param {string} stack */
  constructor(folder, stack) {
    this.folder = folder;
    this.stack = stack;
  }

  /** Makes the folder, with the libraries of this one. */
  layOut() {
    mkdirSync(join(this.folder, "state"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"), "junction");
  }

  /** Copies Rollcall into it, from this folder or from a project that has it. */
  install(from = root) {
    for (const name of ["Pulumi.yaml", "package.json", "dist"]) {
      cpSync(join(from, name), join(this.folder, name), { recursive: true });
    }
  }

  /** Writes a file. @param {string} file @param {string} text @returns its path */
  write(file, text) {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** What a file holds; nothing when it is not there. @param {string} file */
  read(file) {
    try {
      return readFileSync(join(this.folder, file), "utf8");
    } catch (error) {
      if (codeOf(error) === "ENOENT") return "";
      throw error;
    }
  }

  /** Writes the stack's settings, each with its namespace; the salt of the stack's passphrase has to stay. @param {Readonly<Record<string, unknown>>} settings */
  set(settings) {
    const file = `stacks/Pulumi.${this.stack}.yaml`;
    const salt = /^encryptionsalt:.*$/m.exec(this.read(file))?.[0] ?? "";
    const lines = Object.entries(settings).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
    this.write(file, [salt, "config:", ...lines, ""].join("\n"));
  }

  /** Starts the CLI. @param {readonly string[]} args @param {StartOptions} options */
  startPulumi(args, options) {
    return this.start([launcher, ...args, "--stack", this.stack, "--non-interactive"], options);
  }

  /**
   * Starts Node.js in it, with the keys of the local CAMS, and of this process's environment only what the CLI needs.
   * @param {readonly string[]} args of Node.js
   * @param {StartOptions} options
   */
  start(args, { timeoutMs, env = {}, under = [] }) {
    const { PATH, HOME, PULUMI_HOME } = process.env;
    return start(args, {
      cwd: this.folder,
      timeoutMs,
      under,
      env: {
        PATH,
        HOME,
        ...(PULUMI_HOME === undefined ? {} : { PULUMI_HOME }),
        PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}?metadata=skip`,
        PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        NO_COLOR: "1",
        ALIBABA_CLOUD_ACCESS_KEY_ID: "rollcall-local",
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: "rollcall-local-secret",
        ...env,
      },
    });
  }
}
