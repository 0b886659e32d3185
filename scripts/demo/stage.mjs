import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { startCams } from "./cams.mjs";
import { colour, Terminal } from "./terminal.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const COPIED = ["Pulumi.yaml", "package.json", "dist", "stacks/Pulumi.demo.yaml", "stacks/demo"];

/** Where the demo plays: a copy of the project, a state of its own, and a local CAMS. */
export class Stage extends Terminal {
  root = root;
  #commands = 0;
  #started = performance.now();
  #dir;
  #cams;
  #env;

  /** @param {string} dir @param {Awaited<ReturnType<typeof startCams>>} cams */
  constructor(dir, cams) {
    super();
    this.#dir = dir;
    this.#cams = cams;
    this.#env = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_STACK: "",
      ALIBABA_CLOUD_ACCESS_KEY_ID: "rollcall-local",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "rollcall-local-secret",
    };
  }

  /** @param {string} place its folder in `.rollcall`, so that the demo and its pictures can be made at once */
  static async open(place = "demo") {
    const dir = join(root, ".rollcall", place);
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(join(dir, "state"), { recursive: true });
    for (const name of COPIED) cpSync(join(root, name), join(dir, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(dir, "node_modules"), "junction");
    const cams = await startCams(join(dir, "dist/cli/main.js"), join(root, "scripts/demo/cams.yaml"));
    return new Stage(dir, cams);
  }

  /** Makes the stack. */
  async setUp() {
    await this.#quietly(["stack", "init", "demo"]);
    await this.#quietly(["config", "set", "rollcall:endpoint", this.#cams.url, "--stack", "demo"]);
  }

  async close() {
    await this.#cams.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Shows a file without the comment at its head. @param {string} file */
  show(file) {
    const text = this.#read(file).replace(/^#.*\n/, "");
    this.say(text.replace(/^/gm, "    ").trimEnd());
  }

  /** Edits a roster, and shows which lines went and came. @param {string} file @param {(text: string) => string} change */
  edit(file, change) {
    const before = this.#read(file);
    const after = change(before);
    if (after === before) throw new Error(`${file} should have changed`);
    writeFileSync(join(this.#dir, file), after);
    this.edited(file, before, after);
  }

  /**
   * Runs `pulumi`, shows it and what it says, and checks that it says what it has to.
   * @param {readonly string[]} args
   * @param {{ finds: RegExp, fails?: boolean }} expected
   */
  async run(args, { finds, fails = false }) {
    this.#commands += 1;
    const shown = `pulumi ${args.join(" ")}`;
    this.command(shown);
    const { code, out } = await this.#pulumi([...args, "--suppress-progress", "--stack", "demo"], (line) =>
      this.output(line),
    );
    if ((code !== 0) !== fails) throw new Error(`${shown} ended with exit code ${code}`);
    if (!finds.test(out)) throw new Error(`${shown} did not say ${String(finds)}`);
  }

  /** Somebody joins by the invite link. @param {string} group @param {string} number */
  async joins(group, number) {
    const { status } = await this.#cams.ask("POST", `groups/${group}/join`, { number });
    if (status >= 300) throw new Error(`${number} could not join: HTTP ${status}`);
    this.say(`${number} joins ${group} by its invite link.`);
  }

  /** Somebody who was removed tries to join. @param {string} group @param {string} number */
  async isBarred(group, number) {
    const { status, json } = await this.#cams.ask("POST", `groups/${group}/join`, { number });
    if (status !== 409) throw new Error(`${number} should have been barred, but got HTTP ${status}`);
    this.say(`${number} tries to join ${group} by its invite link: HTTP 409, ${JSON.stringify(json)}`);
  }

  /** Checks who is in a group. @param {string} group @param {readonly string[]} numbers */
  async hasOnly(group, numbers) {
    const there = (await this.#cams.groups()).get(group)?.participants ?? [];
    if ([...there].sort().join() !== [...numbers].sort().join()) throw new Error(`${group} has ${there.join(", ")}`);
    this.say(`In ${group} are now ${there.join(", ")}.`);
  }

  /** What a pipeline posts as a comment: `rollcall report` of `pulumi preview --json`. */
  async report() {
    const { stdout } = await this.#pulumi(["preview", "--json", "--stack", "demo"]);
    writeFileSync(join(this.#dir, "preview.json"), stdout);
    const args = [join(this.#dir, "dist/cli/main.js"), "report", "preview.json"];
    return spawnSync(process.execPath, args, { cwd: this.#dir, encoding: "utf8" }).stdout;
  }

  /** Tells what the whole demo took. */
  async summary() {
    const calls = await this.#cams.calls();
    /** @param {string} action */
    const count = (action) => calls.filter((call) => call.action === action).length;
    const took = ((performance.now() - this.#started) / 1000).toFixed(0);
    const [lists, deletes] = [count("ListChatGroupParticipants"), count("DeleteChatGroupParticipants")];
    const named = calls.flatMap(({ numbers }) => numbers).join(" and ");
    this.title("What happened");
    this.say(`${this.#commands} runs of the real Pulumi CLI in ${took} s.`);
    this.say(`${lists} listings and ${deletes} removal call at the local CAMS, which named ${named}.`);
    this.say("Nothing is left running. Next: README.md, and stacks/example for rosters of your own.");
  }

  /** @param {string} file */
  #read(file) {
    return readFileSync(join(this.#dir, file), "utf8");
  }

  /** @param {readonly string[]} args */
  async #quietly(args) {
    const { code, out } = await this.#pulumi(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")}:\n${out}`);
  }

  /**
   * Runs the Pulumi CLI, but not by npm's launcher, which would leave it running when the demo is interrupted.
   * @param {readonly string[]} args
   * @param {(line: string) => void} [onLine]
   * @returns {Promise<{ code: number, out: string, stdout: string }>} `out` is stdout and stderr, without colours
   */
  #pulumi(args, onLine) {
    const rollcall = join(root, "dist/cli/main.js");
    const manner = ["--non-interactive", "--color", colour ? "always" : "never"];
    const child = spawn(process.execPath, [rollcall, "pulumi", ...args, ...manner], {
      cwd: this.#dir,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, stdout] = ["", ""];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        out += text;
        if (stream === child.stdout) stdout += text;
      });
      if (onLine !== undefined) createInterface({ input: stream }).on("line", onLine);
    }
    return new Promise((done, failed) => {
      child.once("error", failed);
      child.once("close", (code) => done({ code: code ?? -1, out: stripVTControlCharacters(out), stdout }));
    });
  }
}
